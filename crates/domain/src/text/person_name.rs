//! Names of persons and organisations, in all scripts of the country.

use super::reads_as_text;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name of 1 to 100 characters, NFC, single spaces: every Vietnamese and minority letter,
/// combining marks, apostrophes, hyphens, dots, and what names of organisations have (digits,
/// comma, `&`, `/`, brackets, quotation marks).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonName(String);
reads_as_text!(PersonName);

/// What is wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PersonNameError {
    /// Nothing was written.
    #[error("the name is empty")]
    Empty,
    /// Longer than 100 characters.
    #[error("the name is longer than {max} characters")]
    TooLong {
        /// The limit.
        max: usize,
    },
    /// A character that no name has.
    #[error("the name contains {0:?}")]
    Character(char),
    /// No letter at all.
    #[error("the name has no letter")]
    NoLetter,
}

/// Characters a name may have.
const MAX: usize = 100;
/// Marks one letter may carry; Vietnamese needs two when decomposed.
const MAX_MARKS: usize = 3;

impl PersonName {
    /// Parses a name.
    ///
    /// # Errors
    /// When it is empty, too long, has no letter or a character that no name has.
    pub fn parse(text: &str) -> Result<PersonName, PersonNameError> {
        if let Some(c) = text.chars().find(|c| c.is_control() && !c.is_whitespace()) {
            return Err(PersonNameError::Character(c));
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        let name: String = words.join(" ").nfc().collect();
        if name.is_empty() {
            return Err(PersonNameError::Empty);
        }
        if name.chars().count() > MAX {
            return Err(PersonNameError::TooLong { max: MAX });
        }
        let mut marks = MAX_MARKS;
        for c in name.chars() {
            marks = if is_combining_mark(c) { marks + 1 } else { 0 };
            if !belongs(c) || marks > MAX_MARKS {
                return Err(PersonNameError::Character(c));
            }
        }
        match name.chars().any(char::is_alphabetic) {
            true => Ok(PersonName(name)),
            false => Err(PersonNameError::NoLetter),
        }
    }
}

fn belongs(c: char) -> bool {
    c.is_alphabetic()
        || is_combining_mark(c)
        || c.is_ascii_digit()
        || matches!(c, ' ' | '\'' | '’' | '‘' | '-' | '‐' | '–' | '.' | ',' | '&' | '(' | ')')
        || matches!(c, '/' | '"' | '“' | '”' | '+')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_of_all_peoples_are_names() {
        for name in [
            "Nguyễn Thị Minh Khai",
            "Giàng A Páo",
            "H’Hen Niê",
            "Y Bhĭt Êban",
            "Rơ Châm H'Yéo",
            "Đinh Ŭi",
            "Kpă Klơng",
            "Y-Blŏm K’Sơr",
            "O Jr. Nguyen",
            "A",
            "Công ty TNHH 3T & Cộng sự (Hà Giang)",
            "ꪒꪱꪫ",
        ] {
            assert_eq!(PersonName::parse(name).unwrap().to_string(), name);
        }
    }

    #[test]
    fn a_name_has_one_normal_form() {
        let name = PersonName::parse("  Nguye\u{0302}\u{0303}n   Thi\u{0323}  Hoa ").unwrap();
        assert_eq!(name.as_str(), "Nguyễn Thị Hoa");
    }

    #[test]
    fn what_no_name_has_is_named() {
        use PersonNameError::{Character, Empty, NoLetter, TooLong};
        for (text, error) in [
            ("", Empty),
            (" \t ", Empty),
            ("12345", NoLetter),
            ("...", NoLetter),
            ("An\u{0}", Character('\u{0}')),
            ("An\u{200b}", Character('\u{200b}')),
            ("\u{202e}nA", Character('\u{202e}')),
            ("<b>An</b>", Character('<')),
            ("An😀", Character('😀')),
            ("\u{0301}An", Character('\u{0301}')),
            ("An\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}", Character('\u{0301}')),
        ] {
            assert_eq!(PersonName::parse(text), Err(error), "{text:?}");
        }
        assert_eq!(PersonName::parse(&"ậ".repeat(101)), Err(TooLong { max: 100 }));
        assert!(PersonName::parse(&"ậ".repeat(100)).is_ok());
    }

    proptest! {
        #[test]
        fn a_parsed_name_parses_to_itself(text in any::<String>()) {
            if let Ok(name) = PersonName::parse(&text) {
                prop_assert_eq!(PersonName::parse(name.as_str()), Ok(name));
            }
        }
    }
}
