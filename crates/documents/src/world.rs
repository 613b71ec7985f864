//! The closed world the templates live in: our templates, one data file, four font faces.
//!
//! There is nothing else to read, no package and no clock, so a template can only depend on the
//! data it is given.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::templates::{TemplateName, Templates, file_id};

/// Where templates find the form's data.
const DATA_FILE: &str = "data.json";

macro_rules! face {
    ($face:literal) => {
        include_bytes!(concat!(env!("MOTCUA_PRINT_FONTS"), "/Tinos-", $face, ".ttf")).as_slice()
    };
}

static FONT_FILES: [&[u8]; 4] =
    [face!("Regular"), face!("Bold"), face!("Italic"), face!("BoldItalic")];

/// What never changes: parsed once per process.
struct Ground {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    data_file: FileId,
}

static GROUND: LazyLock<Ground> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONT_FILES
        .iter()
        .map(|file| Font::new(Bytes::new(*file), 0).expect("the embedded fonts parse"))
        .collect();
    Ground {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        data_file: file_id(DATA_FILE),
    }
});

/// The file of the upright face.
pub(crate) fn upright() -> &'static [u8] {
    FONT_FILES[0]
}

/// The four faces.
pub(crate) fn fonts() -> &'static [Font] {
    &GROUND.fonts
}

/// One form's world.
pub(crate) struct FormWorld<'a> {
    templates: &'a Templates,
    main: FileId,
    data: Bytes,
}

impl<'a> FormWorld<'a> {
    pub(crate) fn new(templates: &'a Templates, main: TemplateName, json: String) -> Self {
        Self { templates, main: templates.source(main).id(), data: Bytes::from_string(json) }
    }
}

impl World for FormWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &GROUND.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &GROUND.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.templates.find(id).cloned().ok_or_else(|| not_here(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == GROUND.data_file {
            return Ok(self.data.clone());
        }
        if let Some(logo) = self.templates.logo(id) {
            return Ok(logo);
        }
        self.source(id).map(|source| Bytes::from_string(source.text().to_owned()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        GROUND.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_here(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
