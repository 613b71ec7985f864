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

pub mod conformance;
mod error;
pub mod formats;
pub mod forms;
mod pdf;
pub mod plain;
mod qr;
pub mod sample;
pub mod scan;
mod templates;
pub mod text;
mod world;

use sha2::{Digest as _, Sha256};

pub use error::RenderError;
pub use forms::{
    Align, Apology, Applicant, Article, Block, Column, Component, ComponentKind, ControlSlip,
    Depth, DocumentNumber, DueExplained, Fee, Form, HandOver, LedgerProof, Letterhead,
    OfficialLetter, Orientation, Outcome, Payment, PostalHandOver, PostalItem, Procedure,
    RatingSlip, Receipt, ReceiptCopy, Refusal, Register, RegisterClosing, RegisterEntry,
    RegisterLine, RegisterTotals, ResultDraft, ResultLetter, ReturnChannel, RuleProfile, Signatory,
    SigningState, StepResult, StopCause, StopNotice, SupplementItem, SupplementRequest, Table,
    Tracking,
};
pub use templates::{LOGO_FILES, Rejected, TemplateName, Templates};
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

/// What a render rests on, as 64 hexadecimal digits: the same form, templates and release give the
/// same value, and the same bytes. For caches.
pub fn fingerprint(form: &Form, templates: &Templates) -> Result<String, RenderError> {
    let letterhead = form.letterhead();
    let mut hasher = Sha256::new();
    hasher.update(concat!("motcua paper ", env!("CARGO_PKG_VERSION"), "\n"));
    hasher.update(templates.digest());
    hasher.update(form.template().file_name());
    hasher.update(format!("\n{}\n{:?}\n", letterhead.issued_at, letterhead.rules));
    hasher.update(serde_json::to_vec(form)?);
    hasher.update(serde_json::to_vec(&form.proof())?);
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
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
