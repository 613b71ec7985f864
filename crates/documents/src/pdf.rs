//! From data to bytes: compile the template, write the pages as PDF/A-2a + PDF/UA-1.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use serde_json::{Value, json};
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Datetime, Smart};
use typst::{World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::world::FormWorld;
use crate::{Form, RenderError, Templates, formats, qr, text};

/// The program named in the file. Without the release, so that an upgrade does not change bytes.
const CREATOR: &str = "motcua";

/// After so many renders, typst's cache lets go of what was not used since the last time but one.
/// To look through the whole cache costs about as much as a page, so it is not done each time.
const RENDERS_BETWEEN_SWEEPS: usize = 32;

/// Tells the template that pages need numbers. A page that asks for its own number makes typst
/// lay everything out twice, which would double the time of the usual single page.
const SEVERAL_PAGES: &str = "several_pages";

static STANDARDS: LazyLock<PdfStandards> = LazyLock::new(|| {
    PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .expect("both standards build on PDF 1.7")
});

/// As [`STANDARDS`], with a file attached.
static STANDARDS_WITH_FILE: LazyLock<PdfStandards> = LazyLock::new(|| {
    PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
        .expect("both standards build on PDF 1.7")
});

fn standards(form: &Form) -> &'static PdfStandards {
    if form.proof().is_some() { &STANDARDS_WITH_FILE } else { &STANDARDS }
}

/// Renders data that [`text`] has already checked.
pub(crate) fn typeset(
    form: &Form,
    mut data: Value,
    templates: &Templates,
) -> Result<Vec<u8>, RenderError> {
    add_derived(form, templates, &mut data)?;
    let mut json = data.to_string();
    let mut document = compiled(form, &json, templates)?;
    if document.pages().len() > 1 && !form.seems_long() {
        data[SEVERAL_PAGES] = true.into();
        json = data.to_string();
        document = compiled(form, &json, templates)?;
    }
    let bytes = typst_pdf::pdf(&document, &options(form, &json))
        .map_err(|errors| RenderError::NotConformant(told(&world(form, json, templates), &errors)));
    forget_now_and_then();
    bytes
}

fn forget_now_and_then() {
    static RENDERS: AtomicUsize = AtomicUsize::new(1);
    if RENDERS.fetch_add(1, Ordering::Relaxed).is_multiple_of(RENDERS_BETWEEN_SWEEPS) {
        typst::comemo::evict(2);
    }
}

fn compiled(form: &Form, json: &str, templates: &Templates) -> Result<PagedDocument, RenderError> {
    let world = world(form, json.to_owned(), templates);
    let Warned { output, warnings: _ } = typst::compile::<PagedDocument>(&world);
    let mut document = output.map_err(|errors| RenderError::Template(told(&world, &errors)))?;
    // By this a file that comes back is known, whatever was done to it.
    let code = form.tracking().map(|tracking| tracking.code.as_str().into());
    document.info_mut().keywords = code.into_iter().collect();
    Ok(document)
}

fn world<'a>(form: &Form, json: String, templates: &'a Templates) -> FormWorld<'a> {
    FormWorld::new(templates, form.template(), json)
}

/// Renders a sample to see whether the templates are sound.
pub(crate) fn prove(form: &Form, templates: &Templates) -> Result<(), RenderError> {
    typeset(form, text::cleaned(form)?, templates).map(drop)
}

/// Adds what the template prints but the caller need not know: the QR code, the legal line, the
/// logo.
fn add_derived(form: &Form, templates: &Templates, data: &mut Value) -> Result<(), RenderError> {
    let qr = form.tracking().map(|tracking| qr::svg(&tracking.url)).transpose()?;
    data["qr_svg"] = qr.into();
    data["prescribed_by"] = form.prescribed_by().into();
    data["generation"] = form.letterhead().rules.generation().into();
    data["proof"] = json!(form.proof());
    data["logo"] = templates.logo_file().into();
    data[SEVERAL_PAGES] = form.seems_long().into();
    Ok(())
}

/// The identifier follows from the content, the creation date from the form's own instant.
fn options(form: &Form, json: &str) -> PdfOptions {
    PdfOptions {
        ident: Smart::Custom(format!("{} {json}", form.template().file_name())),
        creator: Smart::Custom(Some(CREATOR.to_owned())),
        timestamp: created_at(form.letterhead().issued_at),
        standards: standards(form).clone(),
        ..PdfOptions::default()
    }
}

/// The creation date in the file: Vietnamese time, whatever the machine's.
pub(crate) fn created_at(at: Timestamp) -> Option<typst_pdf::Timestamp> {
    let local = formats::in_viet_nam(at);
    let part = |n: i8| u8::try_from(n).ok();
    let datetime = Datetime::from_ymd_hms(
        local.year().into(),
        part(local.month())?,
        part(local.day())?,
        part(local.hour())?,
        part(local.minute())?,
        part(local.second())?,
    )?;
    typst_pdf::Timestamp::new_local(datetime, formats::OFFSET_MINUTES)
}

/// What typst says, one `file:line: message` after the other.
fn told(world: &FormWorld<'_>, diagnostics: &[SourceDiagnostic]) -> String {
    let tell = |diagnostic: &SourceDiagnostic| {
        let place = diagnostic.span.id().and_then(|id| {
            let range = world.range(diagnostic.span)?;
            let line = world.source(id).ok()?.lines().byte_to_line(range.start)?;
            Some(format!("{}:{}: ", id.vpath().get_without_slash(), line + 1))
        });
        format!("{}{}", place.unwrap_or_default(), diagnostic.message)
    };
    diagnostics.iter().map(tell).collect::<Vec<_>>().join("; ")
}
