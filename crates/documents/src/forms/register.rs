//! Sổ theo dõi hồ sơ (Mẫu 06 of 2018, Mẫu 07 of 2025), A4 across.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::Letterhead;
use crate::formats;

/// The register of an agency's dossiers: one book a year, numbered from 1 without gaps (TT 01/2018
/// Đ10.2).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Register {
    /// Header block.
    pub letterhead: Letterhead,
    /// The year of the book.
    pub year: i16,
    /// First day of the extract.
    #[serde(serialize_with = "formats::as_short_date")]
    pub from: Date,
    /// Last day of the extract.
    #[serde(serialize_with = "formats::as_short_date")]
    pub until: Date,
    /// The lines, in the order of their numbers.
    pub lines: Vec<RegisterLine>,
    /// The sums of the lines.
    pub totals: RegisterTotals,
    /// The book is closed: the year is over, and no line can follow.
    pub closing: Option<RegisterClosing>,
    /// Who keeps the book.
    pub kept_by: String,
    /// Who is responsible for it: the position, and
    pub head: String,
    /// the name, where known.
    pub head_name: Option<String>,
}

/// One dossier in the register.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RegisterLine {
    /// The running number of the year.
    pub ordinal: u32,
    /// The dossier's code.
    pub code: String,
    /// The procedure's name.
    pub procedure: String,
    /// How many sets were handed in.
    pub sets: u32,
    /// Whose dossier it is.
    pub applicant: String,
    /// Address and telephone.
    pub address: String,
    /// The agency or division in charge.
    pub settled_by: String,
    /// When it was received.
    #[serde(serialize_with = "formats::as_short_instant")]
    pub received_at: Timestamp,
    /// When the result is due.
    #[serde(serialize_with = "formats::as_short_instant")]
    pub due_at: Timestamp,
    /// When it went to the agency in charge.
    #[serde(serialize_with = "formats::as_optional_short_instant")]
    pub transferred_at: Option<Timestamp>,
    /// When its result came back from there.
    #[serde(serialize_with = "formats::as_optional_short_instant")]
    pub settled_at: Option<Timestamp>,
    /// When the applicant got the result.
    #[serde(serialize_with = "formats::as_optional_short_instant")]
    pub returned_at: Option<Timestamp>,
    /// By which way.
    pub channel: Option<String>,
    /// Who took it.
    pub recipient: Option<String>,
    /// A remark: late, re-appointed, stopped, withdrawn.
    pub note: Option<String>,
}

/// The sums of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct RegisterTotals {
    /// Dossiers received.
    pub received: u32,
    /// Settled before or when they were due.
    pub in_time: u32,
    /// Settled after that.
    pub late: u32,
    /// Stopped or taken back.
    pub ended: u32,
    /// Still being worked on.
    pub running: u32,
}

/// The end of a year's book.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RegisterClosing {
    /// The last day of the year.
    #[serde(serialize_with = "formats::as_date")]
    pub on: Date,
    /// The last number given.
    pub last: u32,
}
