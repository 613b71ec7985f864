//! The base layout of official papers that no circular prescribes a form for: letters, notices,
//! decisions, minutes, reports (Decree 30/2020/NĐ-CP).

use serde::Serialize;

use super::{Letterhead, Signatory, SigningState, Tracking};

/// An official paper on A4: who fills it gives the texts, the layout is that of the decree.
///
/// Empty lists and `None` print nothing and leave no gap. See `sample::inspection_minutes` for one
/// with everything on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OfficialLetter {
    /// Header block; the rules in it are not printed.
    pub letterhead: Letterhead,
    /// Dossier code and tracking page, for a paper about one dossier; a QR code is printed.
    pub tracking: Option<Tracking>,
    /// How the sheet lies.
    pub orientation: Orientation,
    /// The kind of paper, such as `Biên bản` or `Quyết định`, in bold capitals. Without one the
    /// paper is a letter (công văn), and its subject stands under the number.
    pub title: Option<String>,
    /// What it is about, in one sentence without a full stop.
    pub subject: Option<String>,
    /// Who decides, such as `Chủ tịch Ủy ban nhân dân xã`; in bold capitals.
    pub authority: Option<String>,
    /// `Kính gửi`, one line each.
    pub addressees: Vec<String>,
    /// The legal grounds, one paragraph each; in italics.
    pub grounds: Vec<String>,
    /// The text.
    pub body: Vec<Block>,
    /// `Nơi nhận`, one line each, without punctuation.
    pub recipients: Vec<String>,
    /// Who signs: one at the right, or several beside each other as under minutes.
    pub signatories: Vec<Signatory>,
    /// Whether it is signed; an unsigned text is clearly marked as a draft.
    pub state: SigningState,
}

/// How the sheet lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// Upright, as letters are.
    Portrait,
    /// Across, for wide tables.
    Landscape,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// A heading, such as `I. KẾT QUẢ KIỂM TRA` (a section) or `1. Việc tiếp nhận` below it. The
    /// first one of a text is a section.
    Heading {
        /// How deep it stands.
        depth: Depth,
        /// The words, with their number.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Such as `Điều 1.` or `1.`; in bold before the text.
        heading: Option<String>,
        /// The words; a line break begins a new line.
        text: String,
    },
    /// A list with dashes.
    List {
        /// One line each.
        items: Vec<String>,
    },
    /// A table; its head is repeated on every page.
    Table(Table),
    /// An annex begins, on a page of its own, behind the signatures.
    Annex {
        /// Its heading, such as `Phụ lục 01: Hồ sơ được chọn`.
        title: String,
    },
}

/// How deep a heading stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Depth {
    /// The upper level.
    Section,
    /// Below a section.
    Subsection,
}

/// A table of texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it shows, above it.
    pub caption: Option<String>,
    /// The columns, with their heads.
    pub columns: Vec<Column>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<String>>,
    /// The sum below, in bold, with as many cells as there are columns.
    pub total: Option<Vec<String>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its head.
    pub title: String,
    /// Its share of the width that is left by the narrow columns; 0 for as narrow as its texts.
    pub share: u32,
    /// Where its texts stand.
    pub align: Align,
}

impl Column {
    /// A column as narrow as its texts, in the middle: for running numbers and dates.
    pub fn narrow(title: impl Into<String>) -> Self {
        Self { title: title.into(), share: 0, align: Align::Center }
    }

    /// A column of words, with its share of the width.
    pub fn words(title: impl Into<String>, share: u32) -> Self {
        Self { title: title.into(), share, align: Align::Left }
    }

    /// A column of figures, as narrow as they are.
    pub fn figures(title: impl Into<String>) -> Self {
        Self { title: title.into(), share: 0, align: Align::Right }
    }
}

/// Where the texts of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Align {
    Left,
    Center,
    Right,
}
