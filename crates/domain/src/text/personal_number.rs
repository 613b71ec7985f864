//! The personal number (số định danh cá nhân, CCCD): 12 digits `PPP G YY RRRRRR` without check
//! digit (`07-identifiers.md` §7.1). Its format is checked; what it says about a person is only
//! ever a warning.

use super::reads_as_text;

/// Twelve digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonalNumber(String);
reads_as_text!(PersonalNumber);

/// What is wrong with a personal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PersonalNumberError {
    /// Something else than digits and spaces.
    #[error("the personal number contains {0:?}")]
    Character(char),
    /// Not twelve digits.
    #[error("the personal number has {found} digits instead of 12")]
    Length {
        /// Digits found.
        found: usize,
    },
}

/// Sex as the number encodes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Sex {
    Male,
    Female,
}

/// What looks odd; never a reason to refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plausibility {
    /// No province had this code.
    UnknownProvince,
    /// The declared sex is another.
    OtherSex,
    /// The declared year of birth is another.
    OtherBirthYear,
}

/// Codes of the 63 provinces before 2025; a person keeps the code for life.
const PROVINCES: [u16; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37,
    38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77,
    79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
];

impl PersonalNumber {
    /// Parses twelve digits, with or without spaces.
    ///
    /// # Errors
    /// When there is something else than digits and spaces, or not twelve digits.
    pub fn parse(text: &str) -> Result<PersonalNumber, PersonalNumberError> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if let Some(c) = digits.chars().find(|c| !c.is_ascii_digit()) {
            return Err(PersonalNumberError::Character(c));
        }
        match digits.len() {
            12 => Ok(PersonalNumber(digits)),
            found => Err(PersonalNumberError::Length { found }),
        }
    }

    /// Province of birth registration, old codes 001–096.
    #[must_use]
    pub fn province(&self) -> u16 {
        self.digits(0, 3)
    }

    /// Sex.
    #[must_use]
    pub fn sex(&self) -> Sex {
        if self.digits(3, 4).is_multiple_of(2) { Sex::Male } else { Sex::Female }
    }

    /// Year of birth: the century is encoded with the sex, 0 and 1 for 1900–1999.
    #[must_use]
    pub fn birth_year(&self) -> u16 {
        1900 + self.digits(3, 4) / 2 * 100 + self.digits(4, 6)
    }

    /// What looks odd about the number, given what the person declared.
    #[must_use]
    pub fn plausibility(&self, sex: Option<Sex>, birth_year: Option<u16>) -> Vec<Plausibility> {
        let mut odd = Vec::new();
        if !PROVINCES.contains(&self.province()) {
            odd.push(Plausibility::UnknownProvince);
        }
        if sex.is_some_and(|declared| declared != self.sex()) {
            odd.push(Plausibility::OtherSex);
        }
        if birth_year.is_some_and(|declared| declared != self.birth_year()) {
            odd.push(Plausibility::OtherBirthYear);
        }
        odd
    }

    fn digits(&self, from: usize, to: usize) -> u16 {
        self.0[from..to].bytes().fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_tells_province_sex_and_year() {
        for (text, province, sex, year) in [
            ("037153000257", 37, Sex::Female, 1953),
            ("001087123456", 1, Sex::Male, 1987),
            ("037098000123", 37, Sex::Male, 1998),
            ("002 305 000 001", 2, Sex::Female, 2005),
        ] {
            let number = PersonalNumber::parse(text).unwrap();
            assert_eq!(
                (number.province(), number.sex(), number.birth_year()),
                (province, sex, year)
            );
            assert_eq!(number.plausibility(Some(sex), Some(year)), vec![]);
        }
    }

    #[test]
    fn oddities_are_warnings_only() {
        let number = PersonalNumber::parse("099087123456").unwrap();
        let odd = number.plausibility(Some(Sex::Female), Some(1986));
        assert_eq!(
            odd,
            [Plausibility::UnknownProvince, Plausibility::OtherSex, Plausibility::OtherBirthYear]
        );
        assert_eq!(number.plausibility(None, None), [Plausibility::UnknownProvince]);
    }

    #[test]
    fn only_the_format_is_refused() {
        let error = |text| PersonalNumber::parse(text).unwrap_err();
        assert_eq!(error("03715300025"), PersonalNumberError::Length { found: 11 });
        assert_eq!(error(""), PersonalNumberError::Length { found: 0 });
        assert_eq!(error("03715300025a"), PersonalNumberError::Character('a'));
        assert_eq!(error("037153000257\u{0}"), PersonalNumberError::Character('\u{0}'));
    }
}
