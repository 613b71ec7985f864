//! Codes of results (mã kết quả): `{agency}.{kind of paper}.{year}.{order in the book of results}`.
//! The parts are those of `06-integrations.md` (whose code, kind of paper, order), which is from
//! memory; the first is the agency that issued it, so that a code never shows a personal number.

use serde::Serialize;

/// What stands for the kind of a paper that the catalogue does not know.
const UNKNOWN_KIND: &str = "KQ";
/// Longest code that is looked for, in bytes.
const MOST: usize = 80;

/// The code of a result: unique in the installation, opaque to everything else.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ResultCode(String);

impl ResultCode {
    /// The code of the `number`-th result of a book `{year}/{agency}`.
    #[must_use]
    pub fn compose(book: &str, kind: Option<&str>, number: u32) -> ResultCode {
        let (year, agency) = book.split_once('/').unwrap_or(("", book));
        ResultCode(format!("{agency}.{}.{year}.{number:04}", kind.unwrap_or(UNKNOWN_KIND)))
    }

    /// A code as somebody typed it; `None` for what cannot be one. Lower-case letters and spaces
    /// around it are forgiven.
    #[must_use]
    pub fn parse(text: &str) -> Option<ResultCode> {
        let text = text.trim().to_ascii_uppercase();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.';
        let fits = (5..=MOST).contains(&text.len()) && text.bytes().all(plain);
        fits.then_some(ResultCode(text))
    }
}

super::reads_as_text!(ResultCode);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_names_agency_kind_year_and_order() {
        let code = ResultCode::compose("2026/H60.30", Some("GPXD"), 7);
        assert_eq!(code.as_str(), "H60.30.GPXD.2026.0007");
        assert_eq!(ResultCode::parse(" h60.30.gpxd.2026.0007 "), Some(code));
        let old = ResultCode::compose("2019/000.00.30.H22", None, 12_345);
        assert_eq!(old.as_str(), "000.00.30.H22.KQ.2019.12345");
        for wrong in ["", "A.B", "H60.30/GPXD", "H60.30.GPXD.2026.0007\0", &"A".repeat(81)] {
            assert_eq!(ResultCode::parse(wrong), None, "{wrong}");
        }
    }
}
