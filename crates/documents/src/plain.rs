//! Papers of the house that no law prescribes: a table with its title, and pictures as pages. Like
//! the forms they are PDF/A-2a and PDF/UA-1, and the same content gives the same bytes.

use std::sync::LazyLock;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use typst::diag::{FileError, FileResult, Warned};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::pdf::created_at;
use crate::templates::file_id;
use crate::{RenderError, text, world};

/// The page that a picture is fitted into, in points: A4.
const PAGE: (f64, f64) = (595.28, 841.89);
/// The program named in the file.
const CREATOR: &str = "motcua";

/// A paper and what it says.
#[derive(Debug, Clone)]
pub struct Plain {
    /// Its title, also the file's.
    pub title: String,
    /// Who made it.
    pub author: String,
    /// The instant written into the file.
    pub at: Timestamp,
    /// What is on its pages.
    pub content: Content,
}

/// What is on the pages.
#[derive(Debug, Clone)]
pub enum Content {
    /// A table.
    Table(Table),
    /// Pictures, one on each page.
    Pictures(Vec<Picture>),
}

/// A table and what stands above and below it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Table {
    /// Names and texts above it.
    pub facts: Vec<(String, String)>,
    /// How wide each column is, in parts.
    pub widths: Vec<u8>,
    /// The head of each column.
    pub head: Vec<String>,
    /// The rows, as many cells as columns.
    pub rows: Vec<Vec<String>>,
    /// A sentence below it.
    pub note: String,
}

/// A picture as it lies in its file.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// Of which type it is.
    pub format: PictureFormat,
    /// Width and height in the file, before turning.
    pub pixels: (u32, u32),
    /// How it is turned upright.
    pub turn: Turn,
    /// What a reader who does not see it is told.
    pub alt: String,
}

/// The types of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum PictureFormat {
    Jpeg,
    Png,
}

/// How a picture is turned upright: first mirrored left to right, then turned clockwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turn {
    /// Mirrored.
    pub mirrored: bool,
    /// Quarter turns, 0 to 3.
    pub quarters: u8,
}

/// Renders a paper; characters without a glyph become a visible `□`.
///
/// # Errors
/// [`RenderError::Template`] for a picture that cannot be read, [`RenderError::NotConformant`] for
/// one that an archive may not hold.
pub fn render_plain(paper: Plain) -> Result<Vec<u8>, RenderError> {
    let Plain { title, author, at, content } = paper;
    let (table, pictures) = match content {
        Content::Table(table) => (table, Vec::new()),
        Content::Pictures(pictures) => (Table::default(), pictures),
    };
    let mut data = serde_json::to_value(&table)?;
    data["title"] = title.into();
    data["author"] = author.into();
    data["pictures"] = pictures.iter().enumerate().map(laid_out).collect();
    text::put_placeholders(&mut data);
    let json = data.to_string();
    let files = pictures.into_iter().map(|picture| Bytes::new(picture.bytes)).collect();
    let world = PlainWorld { data: Bytes::from_string(json.clone()), files };
    let Warned { output, warnings: _ } = typst::compile::<PagedDocument>(&world);
    let document = output.map_err(|errors| RenderError::Template(told(&errors)))?;
    let options = PdfOptions {
        ident: Smart::Custom(json),
        creator: Smart::Custom(Some(CREATOR.to_owned())),
        timestamp: created_at(at),
        standards: STANDARDS.clone(),
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options)
        .map_err(|errors| RenderError::NotConformant(told(&errors)));
    typst::comemo::evict(0);
    bytes
}

static STANDARDS: LazyLock<PdfStandards> = LazyLock::new(|| {
    PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .expect("both standards build on PDF 1.7")
});

/// Where a picture lies on its page, for the template.
fn laid_out((n, picture): (usize, &Picture)) -> Value {
    let sideways = picture.turn.quarters % 2 == 1;
    let (across, down) = match sideways {
        true => (f64::from(picture.pixels.1), f64::from(picture.pixels.0)),
        false => (f64::from(picture.pixels.0), f64::from(picture.pixels.1)),
    };
    let (most_across, most_down) = if across > down { (PAGE.1, PAGE.0) } else { PAGE };
    let scale = (most_across / across).min(most_down / down);
    json!({
        "file": file_name(n),
        "alt": picture.alt,
        "width": across * scale,
        "height": down * scale,
        "sideways": sideways,
        "mirrored": picture.turn.mirrored,
        "degrees": 90 * u32::from(picture.turn.quarters % 4),
    })
}

fn file_name(n: usize) -> String {
    format!("picture-{n}")
}

fn told(errors: &[typst::diag::SourceDiagnostic]) -> String {
    errors.iter().map(|error| error.message.to_string()).collect::<Vec<_>>().join("; ")
}

/// The one template, its data and its pictures; nothing else to read.
struct PlainWorld {
    data: Bytes,
    files: Vec<Bytes>,
}

struct Ground {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    template: Source,
    data_file: FileId,
}

static GROUND: LazyLock<Ground> = LazyLock::new(|| {
    let text = include_str!("../templates/plain.typ");
    Ground {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(world::fonts())),
        template: Source::new(file_id("plain.typ"), text.to_owned()),
        data_file: file_id("data.json"),
    }
});

impl World for PlainWorld {
    fn library(&self) -> &LazyHash<Library> {
        &GROUND.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &GROUND.book
    }

    fn main(&self) -> FileId {
        GROUND.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        (id == GROUND.template.id()).then(|| GROUND.template.clone()).ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == GROUND.data_file {
            return Ok(self.data.clone());
        }
        let nth = (0..self.files.len()).find(|n| file_id(&file_name(*n)) == id);
        nth.map(|n| self.files[n].clone()).ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        world::fonts().get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
