//! Telephone numbers (`07-identifiers.md` §7.3).

use super::reads_as_text;

/// A telephone number as E.164: `+84912345678`; numbers of other countries keep their code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhoneNumber(String);
reads_as_text!(PhoneNumber);

/// What is wrong with a telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Something else than digits, `+`, spaces, dots, hyphens and brackets.
    #[error("the number contains {0:?}")]
    Character(char),
    /// Neither `0…` nor `+…`.
    #[error("the number begins neither with 0 nor with +")]
    Start,
    /// Too short or too long.
    #[error("the number has {found} digits")]
    Length {
        /// Digits found.
        found: usize,
    },
    /// No network has this prefix.
    #[error("no network has this prefix")]
    Prefix,
}

impl PhoneNumber {
    /// Parses a Vietnamese number (`0` + 9 digits, land lines `02…` 10–11 digits, or `+84…`) or
    /// one of another country (`+…`).
    ///
    /// # Errors
    /// When it is none of these.
    pub fn parse(text: &str) -> Result<PhoneNumber, PhoneError> {
        let is_mark = |c: &char| c.is_whitespace() || matches!(c, '.' | '-' | '(' | ')');
        let text: String = text.trim().chars().filter(|c| !is_mark(c)).collect();
        let (plus, digits) = match text.strip_prefix('+') {
            Some(digits) => (true, digits),
            None => (false, text.as_str()),
        };
        if let Some(c) = digits.chars().find(|c| !c.is_ascii_digit()) {
            return Err(PhoneError::Character(c));
        }
        let found = digits.len();
        match (plus, digits.strip_prefix("84"), digits.strip_prefix('0')) {
            (true, Some(national), _) => vietnamese(national.trim_start_matches('0'), found),
            (false, _, Some(national)) => vietnamese(national, found),
            (true, None, None) if (8..=15).contains(&found) => Ok(PhoneNumber(text)),
            (true, ..) => Err(PhoneError::Length { found }),
            (false, ..) if digits.is_empty() => Err(PhoneError::Length { found }),
            (false, ..) => Err(PhoneError::Start),
        }
    }

    /// As people in Viet Nam dial it: `0912345678`.
    #[must_use]
    pub fn national(&self) -> String {
        match self.0.strip_prefix("+84") {
            Some(national) => format!("0{national}"),
            None => self.0.clone(),
        }
    }
}

/// `national` is the number without the trunk prefix 0.
fn vietnamese(national: &str, found: usize) -> Result<PhoneNumber, PhoneError> {
    let lengths = match national.bytes().next() {
        Some(b'3' | b'5' | b'7' | b'8' | b'9') => 9..=9,
        Some(b'2') => 9..=10,
        Some(_) => return Err(PhoneError::Prefix),
        None => return Err(PhoneError::Length { found }),
    };
    match lengths.contains(&national.len()) {
        true => Ok(PhoneNumber(format!("+84{national}"))),
        false => Err(PhoneError::Length { found }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_stored_in_one_form() {
        for (text, stored, dialled) in [
            ("0912345678", "+84912345678", "0912345678"),
            ("+84912345678", "+84912345678", "0912345678"),
            ("+84 (0)912 345 678", "+84912345678", "0912345678"),
            ("0912.345-678", "+84912345678", "0912345678"),
            ("0219 3866 123", "+842193866123", "02193866123"),
            ("+81 3 1234 5678", "+81312345678", "+81312345678"),
        ] {
            let number = PhoneNumber::parse(text).unwrap();
            assert_eq!((number.as_str(), number.national().as_str()), (stored, dialled));
        }
    }

    #[test]
    fn the_error_says_what_is_wrong() {
        use PhoneError::{Character, Length, Prefix, Start};
        for (text, error) in [
            ("", Length { found: 0 }),
            ("091234567", Length { found: 9 }),
            ("09123456789", Length { found: 11 }),
            ("0412345678", Prefix),
            ("912345678", Start),
            ("84912345678", Start),
            ("0912 345 67a", Character('a')),
            ("+1234", Length { found: 4 }),
        ] {
            assert_eq!(PhoneNumber::parse(text), Err(error), "{text}");
        }
    }
}
