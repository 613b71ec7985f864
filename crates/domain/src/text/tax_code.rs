//! Tax codes (mã số thuế), which are enterprise codes too (`07-identifiers.md` §7.2).

use super::reads_as_text;

/// `0123456789`, `0123456789-001`, or since 01/07/2025 a person's 12-digit number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaxCode(String);
reads_as_text!(TaxCode);

/// What is wrong with a tax code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TaxCodeError {
    /// Something else than digits, spaces and the hyphen before a branch.
    #[error("the tax code contains {0:?}")]
    Character(char),
    /// Neither 10, nor 10 + 3, nor 12 digits.
    #[error("the tax code has {found} digits instead of 10, 13 or 12")]
    Length {
        /// Digits found.
        found: usize,
    },
    /// No code begins with 00, and none has the sequence 0000000.
    #[error("no such tax code was ever given")]
    Impossible,
    /// The tenth digit does not fit: a digit was mistyped.
    #[error("the check digit is wrong")]
    CheckDigit,
    /// Branches are numbered 001 to 999.
    #[error("the branch number is wrong")]
    Branch,
}

/// Weights of the first nine digits.
const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];

impl TaxCode {
    /// Parses a tax code.
    ///
    /// # Errors
    /// When the length, the check digit or the branch is wrong.
    pub fn parse(text: &str) -> Result<TaxCode, TaxCodeError> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let digits: String = text.chars().filter(|c| *c != '-').collect();
        if let Some(c) = digits.chars().find(|c| !c.is_ascii_digit()) {
            return Err(TaxCodeError::Character(c));
        }
        let hyphens: Vec<usize> = text.match_indices('-').map(|(at, _)| at).collect();
        match (digits.len(), hyphens.as_slice()) {
            (10, []) => {
                enterprise(&digits)?;
                Ok(TaxCode(digits))
            }
            (13, [] | [10]) => {
                enterprise(&digits[..10])?;
                match &digits[10..] {
                    "000" => Err(TaxCodeError::Branch),
                    branch => Ok(TaxCode(format!("{}-{branch}", &digits[..10]))),
                }
            }
            (12, []) => Ok(TaxCode(digits)),
            (_, [_, ..]) => Err(TaxCodeError::Character('-')),
            (found, []) => Err(TaxCodeError::Length { found }),
        }
    }
}

/// Checks the ten digits of an enterprise.
fn enterprise(digits: &str) -> Result<(), TaxCodeError> {
    if &digits[..2] == "00" || &digits[2..9] == "0000000" {
        return Err(TaxCodeError::Impossible);
    }
    let values = digits.bytes().map(|digit| u32::from(digit - b'0'));
    let sum: u32 = values.zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let check = 10 - sum % 11;
    match digits.as_bytes()[9] - b'0' {
        given if u32::from(given) == check => Ok(()),
        _ => Err(TaxCodeError::CheckDigit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_codes_pass_the_check_digit() {
        for (text, normal) in [
            ("0100047516", "0100047516"),
            ("0100109106", "0100109106"),
            (" 0101 248 141 ", "0101248141"),
            ("0100109106-001", "0100109106-001"),
            ("0100109106001", "0100109106-001"),
            ("002087000001", "002087000001"),
        ] {
            assert_eq!(TaxCode::parse(text).unwrap().as_str(), normal);
        }
    }

    #[test]
    fn every_single_mistyped_digit_is_found() {
        for place in 0..10 {
            for digit in b'0'..=b'9' {
                let mut code = *b"0100109106";
                if code[place] != digit {
                    code[place] = digit;
                    let text = std::str::from_utf8(&code).unwrap();
                    assert!(TaxCode::parse(text).is_err(), "{text}");
                }
            }
        }
    }

    #[test]
    fn the_error_says_what_is_wrong() {
        use TaxCodeError::{Branch, Character, CheckDigit, Impossible, Length};
        for (text, error) in [
            ("000000000", Length { found: 9 }),
            ("0000000000", Impossible),
            ("0100000000", Impossible),
            ("0100109107", CheckDigit),
            ("0100109106-000", Branch),
            ("01001091-06", Character('-')),
            ("010010910x", Character('x')),
            ("", Length { found: 0 }),
        ] {
            assert_eq!(TaxCode::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_sum_that_leaves_no_check_digit_has_no_code() {
        // The weighted sum 44 is a multiple of 11: the check digit would be 10.
        let nine = "010000005";
        let weights = [31, 29, 23, 19, 17, 13, 7, 5, 3];
        let digits = nine.bytes().map(|byte| u32::from(byte - b'0'));
        let sum: u32 = digits.zip(weights).map(|(digit, weight)| digit * weight).sum();
        assert_eq!(sum % 11, 0, "an example that leaves no check digit");
        assert!((0..10).all(|last| TaxCode::parse(&format!("{nine}{last}")).is_err()));
    }
}
