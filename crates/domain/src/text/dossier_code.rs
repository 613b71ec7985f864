//! Dossier codes (mã hồ sơ): `{agency}-{YYMMDD}-{order in the day}` (TT 01/2018 Đ19), and the form
//! of the ministries since 2026, `{agency}-{YYYYMMDD}-{7 digits}` (`07-identifiers.md` §7.5).

use super::AgencyCode;
use jiff::civil::Date;
use std::fmt;

/// A dossier code: the text as written, and what it says. Opaque to everything else.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DossierCode {
    text: String,
    agency: String,
    date: Date,
    number: u32,
}

/// What is wrong with a dossier code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DossierCodeError {
    /// Not three parts joined by hyphens.
    #[error("a dossier code has three parts joined by hyphens")]
    Parts,
    /// The first part.
    #[error("the code does not begin with an agency identifier")]
    Agency,
    /// The second part.
    #[error("the code has no date of reception")]
    Date,
    /// The third part.
    #[error("the code has no order in the day")]
    Number,
}

impl DossierCode {
    /// The code of the `number`-th dossier an agency received on a day: four digits, five from
    /// 10000 on.
    #[must_use]
    pub fn compose(agency: &str, day: Date, number: u32) -> DossierCode {
        let text = format!("{agency}-{}-{number:04}", day.strftime("%y%m%d"));
        DossierCode { text, agency: agency.to_owned(), date: day, number }
    }

    /// Parses a code of any of the known forms. Lower-case letters and spaces around it are
    /// forgiven: codes are read out on the telephone.
    ///
    /// # Errors
    /// When it is none of them.
    pub fn parse(text: &str) -> Result<DossierCode, DossierCodeError> {
        let text = text.trim().to_ascii_uppercase();
        let [agency, day, number] = text.split('-').collect::<Vec<_>>()[..] else {
            return Err(DossierCodeError::Parts);
        };
        AgencyCode::parse(agency).map_err(|_| DossierCodeError::Agency)?;
        let (date, digits) = match day.len() {
            6 => (date(&format!("20{day}"))?, 4..=7),
            8 if !agency.starts_with(|c: char| c.is_ascii_digit()) => (date(day)?, 7..=7),
            _ => return Err(DossierCodeError::Date),
        };
        let in_form = digits.contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        let order = if in_form { number.parse().unwrap_or(0) } else { 0 };
        if order == 0 {
            return Err(DossierCodeError::Number);
        }
        let agency = agency.to_owned();
        Ok(DossierCode { agency, date, number: order, text })
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The receiving agency's identifier.
    #[must_use]
    pub fn agency(&self) -> &str {
        &self.agency
    }

    /// The date of reception.
    #[must_use]
    pub fn date(&self) -> Date {
        self.date
    }

    /// Order in the day at that agency, from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }
}

impl fmt::Display for DossierCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// `YYYYMMDD`.
fn date(text: &str) -> Result<Date, DossierCodeError> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(DossierCodeError::Date);
    }
    let part = |from, to| text[from..to].parse::<i16>().map_err(|_| DossierCodeError::Date);
    let small = |from, to| text[from..to].parse::<i8>().map_err(|_| DossierCodeError::Date);
    Date::new(part(0, 4)?, small(4, 6)?, small(6, 8)?).map_err(|_| DossierCodeError::Date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as ymd;
    use proptest::prelude::*;

    #[test]
    fn codes_of_all_forms_are_read() {
        for (text, agency, day, number) in [
            ("000.00.01.H22-181116-0001", "000.00.01.H22", ymd(2018, 11, 16), 1),
            ("H60.08-261124-0042", "H60.08", ymd(2026, 11, 24), 42),
            ("H60-261124-10000", "H60", ymd(2026, 11, 24), 10_000),
            ("G17.01-20261124-0000123", "G17.01", ymd(2026, 11, 24), 123),
        ] {
            let code = DossierCode::parse(text).unwrap();
            assert_eq!((code.agency(), code.date(), code.number()), (agency, day, number));
            assert_eq!(code.to_string(), text);
        }
        let spoken = DossierCode::parse(" h60.08-261124-0042 ").unwrap();
        assert_eq!(spoken.as_str(), "H60.08-261124-0042");
    }

    #[test]
    fn the_error_names_the_part() {
        use DossierCodeError::{Agency, Date, Number, Parts};
        for (text, error) in [
            ("", Parts),
            ("H60.08-261124", Parts),
            ("H60.08-261124-0001-2", Parts),
            ("X-261124-0001", Agency),
            ("H60.08-261324-0001", Date),
            ("H60.08-2611-0001", Date),
            ("000.00.01.H22-20181116-0000001", Date),
            ("H60.08-261124-001", Number),
            ("H60.08-261124-0000", Number),
            ("H60.08-261124-00a1", Number),
            ("H60.08-20261124-0001", Number),
        ] {
            assert_eq!(DossierCode::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn the_order_widens_past_9999() {
        let code = |number| DossierCode::compose("H60.08", ymd(2026, 11, 24), number).to_string();
        assert_eq!(code(1), "H60.08-261124-0001");
        assert_eq!(code(9_999), "H60.08-261124-9999");
        assert_eq!(code(10_000), "H60.08-261124-10000");
    }

    proptest! {
        #[test]
        fn composed_codes_parse_to_themselves(
            agency in prop::sample::select(vec!["000.00.01.H22", "H60", "H60.30.01"]),
            day in 0i64..29_000,
            number in 1u32..10_000_000,
        ) {
            let day = ymd(2018, 1, 1) + jiff::Span::new().days(day);
            let code = DossierCode::compose(agency, day, number);
            prop_assert_eq!(DossierCode::parse(code.as_str()), Ok(code));
        }
    }
}
