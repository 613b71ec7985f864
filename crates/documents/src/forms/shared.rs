//! What all forms share: the header block, the applicant, the procedure.

use jiff::Timestamp;
use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::formats;

/// The rules a dossier was received under; they decide which circular prescribes the forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum RuleProfile {
    /// Decree 61/2018, from 2018-06-21.
    R2018,
    /// Decree 107/2021, from 2021-12-06: the forms of 2018.
    R2021,
    /// Decree 118/2025, from 2025-07-01.
    R2025,
    /// Decree 118/2025 as amended, from 2026-07-01: the forms of 2025.
    R2026,
}

impl RuleProfile {
    /// The circular that prescribes the forms.
    pub fn circular(self) -> &'static str {
        match self {
            Self::R2018 | Self::R2021 => "Thông tư số 01/2018/TT-VPCP",
            Self::R2025 | Self::R2026 => "Thông tư số 03/2025/TT-VPCP",
        }
    }

    /// All of them, oldest first.
    pub const ALL: [RuleProfile; 4] = [Self::R2018, Self::R2021, Self::R2025, Self::R2026];

    /// The year of the circular: which of the two generations of forms is printed.
    pub fn generation(self) -> &'static str {
        match self {
            Self::R2018 | Self::R2021 => "2018",
            Self::R2025 | Self::R2026 => "2025",
        }
    }

    /// The circular of 2025 has a form for stopping, that of 2018 has none.
    pub(crate) fn stop_notice_number(self) -> Option<&'static str> {
        match self {
            Self::R2018 | Self::R2021 => None,
            Self::R2025 | Self::R2026 => Some("05"),
        }
    }

    /// The register of dossiers moved on with the control slip.
    pub(crate) fn register_number(self) -> &'static str {
        match self {
            Self::R2018 | Self::R2021 => "06",
            Self::R2025 | Self::R2026 => "07",
        }
    }

    /// The circular of 2025 put a new form 05 before the control slip.
    pub(crate) fn control_slip_number(self) -> &'static str {
        match self {
            Self::R2018 | Self::R2021 => "05",
            Self::R2025 | Self::R2026 => "06",
        }
    }
}

/// The header block: who issues the form, under which number, where and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Letterhead {
    /// The body above, such as `UBND tỉnh Tuyên Quang`; printed in capitals.
    pub parent: Option<String>,
    /// The issuing office; printed in bold capitals.
    pub office: String,
    /// The number of the document.
    pub number: DocumentNumber,
    /// The place in the date line.
    pub place: String,
    /// The instant of issue: the date line, and the creation date of the file.
    pub issued_at: Timestamp,
    /// The rules that decide which circular is named.
    pub rules: RuleProfile,
}

impl Serialize for Letterhead {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let day = formats::in_viet_nam(self.issued_at).date();
        let mut map = to.serialize_struct("Letterhead", 6)?;
        map.serialize_field("parent", &self.parent)?;
        map.serialize_field("office", &self.office)?;
        map.serialize_field("number", &self.number)?;
        map.serialize_field("place", &self.place)?;
        map.serialize_field("date", &formats::date(day))?;
        map.serialize_field("open_date", &formats::open_date(day))?;
        map.end()
    }
}

/// A document's number, such as `07/TNHS`; without an ordinal the place for it stays open, and
/// without a suffix too the paper bears no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentNumber {
    /// The running number, once it is assigned.
    pub ordinal: Option<u32>,
    /// The suffix after the stroke, such as `TNHS`, `HDHS`, `TCHS`, `GPXD`.
    pub suffix: String,
}

impl DocumentNumber {
    /// For papers that bear no number.
    pub fn none() -> Self {
        Self { ordinal: None, suffix: String::new() }
    }
}

impl Serialize for DocumentNumber {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.ordinal {
            Some(ordinal) => to.collect_str(&format_args!("{ordinal:02}/{}", self.suffix)),
            None if self.suffix.is_empty() => to.serialize_none(),
            None => to.collect_str(&format_args!("……/{}", self.suffix)),
        }
    }
}

/// The dossier's code and the page where its progress is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tracking {
    /// The dossier's code.
    pub code: String,
    /// The address the QR code leads to.
    pub url: String,
}

/// Whose dossier it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Applicant {
    /// The person or organisation the result is for.
    pub name: String,
    /// Who brought the dossier, when that is someone else.
    pub filed_by: Option<String>,
    /// Personal identification number or tax code, masked or not as the caller decides.
    pub identity_number: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

/// The administrative procedure asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Procedure {
    /// Its full name.
    pub name: String,
    /// Its national code, such as `1.013225`.
    pub code: Option<String>,
}
