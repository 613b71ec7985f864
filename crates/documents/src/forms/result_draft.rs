//! The result of a dossier, as a draft to be signed or as the signed text.

use serde::{Serialize, Serializer};

use super::{Letterhead, Tracking};

/// A result document in the layout of Decree 30/2020/NĐ-CP on A4.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResultDraft {
    /// Header block; the rules in it are not printed.
    pub letterhead: Letterhead,
    /// Dossier code and tracking page; a QR code is printed where given.
    pub tracking: Option<Tracking>,
    /// The kind of document, such as `Giấy phép xây dựng`; printed in bold capitals.
    pub title: String,
    /// What it is about, in one line under the title.
    pub subject: Option<String>,
    /// Who decides, such as `Chủ tịch Ủy ban nhân dân xã`; printed in bold capitals.
    pub authority: Option<String>,
    /// The legal grounds, one paragraph each; printed in italics.
    pub grounds: Vec<String>,
    /// The text.
    pub body: Vec<Article>,
    /// `Nơi nhận`, one line each.
    pub recipients: Vec<String>,
    /// Who signs.
    pub signatory: Signatory,
    /// Whether it is signed; an unsigned text is clearly marked as a draft.
    pub state: SigningState,
}

/// A paragraph of a result, with or without a heading of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Article {
    /// Such as `Điều 1.`; printed in bold before the text.
    pub heading: Option<String>,
    /// The text.
    pub text: String,
}

/// Who signs a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signatory {
    /// On whose behalf, such as `TM. Ủy ban nhân dân`; printed in bold capitals.
    pub on_behalf: Option<String>,
    /// The position, such as `Chủ tịch`; printed in bold capitals.
    pub position: String,
    /// The name.
    pub name: String,
}

/// Whether a document is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SigningState {
    /// Not signed: marked `DỰ THẢO`, the day left open.
    Draft,
    /// Ready to carry its signature: no mark, the day printed.
    Final,
}

impl Serialize for SigningState {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(match self {
            Self::Draft => "draft",
            Self::Final => "final",
        })
    }
}
