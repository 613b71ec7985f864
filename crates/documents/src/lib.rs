//! Paper: data in, PDF/A bytes out.
//!
//! Every form the one-stop shop hands to a citizen, sends to another unit or lays before a
//! signatory is one struct here (`forms/*.rs`) and one template (`templates/*.typ`). [`render`]
//! turns the struct into JSON, the JSON and the template into pages, and the pages into a file
//! that conforms to PDF/A-2a (archiving) and PDF/UA-1 (screen readers) at once.
//!
//! The room is pure: no clock, no chance, no input or output at run time. The instant that is
//! printed and written into the file comes in the [`Letterhead`]; the same form with the same
//! templates gives the same bytes on every machine. Fonts are embedded at build time.
//!
//! To add a form: a struct in `forms/`, a variant of [`Form`], a template and its
//! [`TemplateName`], a sample in [`sample`]. The tests render every sample of every form.

mod error;
pub mod formats;
pub mod forms;
mod pdf;
pub mod plain;
mod qr;
pub mod sample;
mod templates;
pub mod text;
mod world;

pub use error::RenderError;
pub use forms::{
    Align, Applicant, Article, Block, Column, Component, ComponentKind, ControlSlip, Depth,
    DocumentNumber, DueExplained, Fee, Form, HandOver, Letterhead, OfficialLetter, Orientation,
    Payment, Procedure, Receipt, ReceiptCopy, Refusal, RegisterEntry, ResultDraft, ReturnChannel,
    RuleProfile, Signatory, SigningState, StepResult, SupplementItem, SupplementRequest, Table,
    Tracking,
};
pub use templates::{TemplateName, Templates};
pub use text::Unprintable;

/// Renders a form as PDF/A-2a + PDF/UA-1.
///
/// Nothing is lost silently: a character the print fonts cannot show is an error that names it
/// and its field. Doors should ask [`text::unprintable`] while the text is still being typed;
/// where paper must come out regardless, use [`render_with_placeholders`].
pub fn render(form: &Form, templates: &Templates) -> Result<Vec<u8>, RenderError> {
    let data = text::cleaned(form)?;
    let missing = text::missing_glyphs(&data);
    if !missing.is_empty() {
        return Err(RenderError::Unprintable(missing));
    }
    pdf::typeset(form, data, templates)
}

/// That the log of the house holds the fact a paper tells of.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LedgerProof {
    /// The fact's index in the log, counting from 0; printed.
    pub index: u64,
    /// Its leaf hash, hexadecimal; printed.
    pub leaf: String,
    /// The proof as C2SP tlog-proof; attached to the file.
    pub text: String,
}

/// [`render_with_placeholders`] with the proof printed and attached. PDF/A-2 takes no such file
/// along, so the paper is PDF/A-3a + PDF/UA-1.
///
/// # Errors
/// As [`render`].
pub fn render_proven(
    form: &Form,
    proof: &LedgerProof,
    templates: &Templates,
) -> Result<(Vec<u8>, Vec<Unprintable>), RenderError> {
    let mut data = text::cleaned(form)?;
    let missing = text::missing_glyphs(&data);
    text::put_placeholders(&mut data);
    Ok((pdf::typeset_proven(form, data, proof, templates)?, missing))
}

/// The upright face that papers are set in, as a TrueType file: for what is drawn on a paper later.
#[must_use]
pub fn print_font() -> &'static [u8] {
    world::upright()
}

/// Renders a form although some characters cannot be printed: each becomes a visible `□`, and
/// the caller is told which, so that it can warn the officer and record it.
pub fn render_with_placeholders(
    form: &Form,
    templates: &Templates,
) -> Result<(Vec<u8>, Vec<Unprintable>), RenderError> {
    let mut data = text::cleaned(form)?;
    let missing = text::missing_glyphs(&data);
    text::put_placeholders(&mut data);
    Ok((pdf::typeset(form, data, templates)?, missing))
}
