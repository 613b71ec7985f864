//! Biên bản bàn giao for the public postal service.

use jiff::Timestamp;
use serde::Serialize;

use super::Letterhead;
use crate::formats;

/// What the one-stop hands to the postal service at once (QĐ 45/2016/QĐ-TTg; the circulars
/// prescribe no form for it).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PostalHandOver {
    /// Header block.
    pub letterhead: Letterhead,
    /// When.
    #[serde(serialize_with = "formats::as_moment")]
    pub at: Timestamp,
    /// The unit that hands over, and
    pub from_unit: String,
    /// who does it there.
    pub from_person: String,
    /// The post office that takes over; a blank to fill in by hand where it is not known.
    pub to_unit: Option<String>,
    /// What goes along.
    pub items: Vec<PostalItem>,
}

/// One piece of post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PostalItem {
    /// The dossier's code.
    pub code: String,
    /// To whom it goes.
    pub recipient: String,
    /// Address.
    pub address: String,
    /// Telephone number.
    pub phone: Option<String>,
    /// What it is, such as the result with its number.
    pub content: String,
    /// How many sheets or copies.
    pub copies: u32,
}
