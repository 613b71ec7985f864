//! The letter that tells the applicant that the result is there.

use jiff::Timestamp;
use serde::Serialize;

use super::{Letterhead, Procedure, ReturnChannel, Signatory, Tracking};
use crate::formats;

/// A letter in the layout of Decree 30/2020/NĐ-CP on A4; the circulars prescribe no form for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResultLetter {
    /// Header block.
    pub letterhead: Letterhead,
    /// Dossier code and tracking page.
    pub tracking: Tracking,
    /// To whom it goes, and
    pub recipient: String,
    /// where they live. More of a person does not belong on a letter.
    pub address: Option<String>,
    /// What was asked for.
    pub procedure: Procedure,
    /// The agency that decided.
    pub agency: String,
    /// When the dossier was received.
    #[serde(serialize_with = "formats::as_moment")]
    pub received_at: Timestamp,
    /// Granted or refused.
    pub outcome: Outcome,
    /// The result's name, and
    pub result: String,
    /// its number.
    pub result_number: Option<String>,
    /// When it was issued.
    #[serde(serialize_with = "formats::as_moment")]
    pub decided_at: Timestamp,
    /// Where the applicant gets it.
    pub return_channel: ReturnChannel,
    /// `Nơi nhận`, one line each, without punctuation.
    pub recipients: Vec<String>,
    /// Who signs.
    pub signatory: Signatory,
}

/// Granted or refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Outcome {
    Granted,
    Refused,
}
