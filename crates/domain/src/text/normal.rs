//! The normal form of stored texts and the key of searches (`07-identifiers.md` §7.7).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The form in which texts are stored: NFC, line feeds only, no control or direction characters,
/// no space at the ends of lines or of the text.
#[must_use]
pub fn normalise(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text.nfc().filter(|c| !is_forbidden(*c)).collect();
    let lines: Vec<&str> = kept.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}

/// Free of characters that [`normalise`] would take away: a field that has them was not typed by
/// a person in good faith.
#[must_use]
pub fn is_clean(text: &str) -> bool {
    !text.chars().any(|c| c != '\r' && is_forbidden(c))
}

/// The search key: lower case, without diacritics, đ as d, apostrophes alike, single spaces.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase).nfd() {
        match c {
            'đ' => key.push('d'),
            '’' | '‘' | 'ʼ' | '`' | '´' => key.push('\''),
            c if is_combining_mark(c) || is_forbidden(c) => {}
            c if c.is_whitespace() => {
                if !key.is_empty() && !key.ends_with(' ') {
                    key.push(' ');
                }
            }
            c => key.push(c),
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// Control characters, zero-width characters (except the joiners some scripts need) and marks
/// that change the direction of writing.
fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_key_forgets_diacritics_and_d_with_stroke() {
        assert_eq!(fold("  Đặng   Thị  ĐÀO "), "dang thi dao");
        assert_eq!(fold("Cấp giấy phép xây dựng"), "cap giay phep xay dung");
        assert_eq!(fold("H’Hen Niê"), fold("H'HEN NIÊ"));
        assert_eq!(fold("Ngư\u{01a1}\u{0300}i"), "nguoi");
    }

    #[test]
    fn the_normal_form_keeps_lines_and_drops_what_cannot_be_seen() {
        assert_eq!(normalise(" a\u{0302}\r\n  b \u{200b}\u{202e} \n"), "â\n  b");
        assert!(!is_clean("a\u{0}"));
        assert!(!is_clean("a\u{202e}b"));
        assert!(is_clean("Lô 12\r\nThửa 5\tA"));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn composed_and_decomposed_text_have_the_same_key(text in "[a-zA-ZÀ-ỹđĐ ]{0,40}") {
            let composed: String = text.nfc().collect();
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(fold(&composed), fold(&decomposed));
        }

        #[test]
        fn normal_text_is_normal(text in any::<String>()) {
            let once = normalise(&text);
            prop_assert!(is_clean(&once));
            prop_assert_eq!(normalise(&once), once);
        }
    }
}
