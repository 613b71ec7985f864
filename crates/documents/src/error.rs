//! Why a form could not be rendered.

use crate::text::Unprintable;

/// Why a form could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The form holds characters the print fonts have no glyph for.
    #[error("cannot print {}", list(.0))]
    Unprintable(Vec<Unprintable>),
    /// The tracking address does not fit into a QR code.
    #[error("the tracking address is too long for a QR code ({bytes} bytes)")]
    AddressTooLong {
        /// How long the address is.
        bytes: usize,
    },
    /// A template (most likely an overridden one) is wrong; the message names file and line.
    #[error("template: {0}")]
    Template(String),
    /// The pages could not be written as PDF/A-2a + PDF/UA-1.
    #[error("not conformant: {0}")]
    NotConformant(String),
    /// The form could not be turned into the template's data.
    #[error("form data: {0}")]
    Data(#[from] serde_json::Error),
}

fn list(missing: &[Unprintable]) -> String {
    missing.iter().map(Unprintable::to_string).collect::<Vec<_>>().join(", ")
}
