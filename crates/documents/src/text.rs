//! Guards the text of a form: what the fonts cannot show must not vanish from the paper.
//!
//! Text is composed (NFC) first, so that a name typed with separate accents prints and is found
//! like any other. Then every character must have a glyph in all four faces. Signs that steer
//! the direction of text and private characters count as unprintable even where a face has a
//! glyph: they can make a line read differently on paper than in the record.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::LazyLock;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::{Form, RenderError, world};

/// What stands for a character that cannot be printed.
pub const PLACEHOLDER: char = '□';

/// A character that cannot be printed, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unprintable {
    /// The character.
    pub character: char,
    /// The field of the form, such as `applicant.name` or `components.3.name`.
    pub field: String,
}

impl fmt::Display for Unprintable {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "“{}” (U+{:04X}) in {}", self.character, u32::from(self.character), self.field)
    }
}

/// The characters of a form that cannot be printed, in the order of the fields' names.
pub fn unprintable(form: &Form) -> Result<Vec<Unprintable>, RenderError> {
    Ok(missing_glyphs(&cleaned(form)?))
}

/// The characters of `text` that cannot be printed; for doors that check one field as it comes.
pub fn unprintable_in(text: &str) -> Vec<char> {
    let found: BTreeSet<char> = composed(text).chars().filter(|c| !is_printable(*c)).collect();
    found.into_iter().collect()
}

/// The form as the template's data, composed and with plain white space.
pub(crate) fn cleaned(form: &Form) -> Result<Value, RenderError> {
    let mut data = serde_json::to_value(form)?;
    each_text(&mut data, &mut |text| *text = composed(text));
    Ok(data)
}

/// The characters in the data that cannot be printed, each once per field.
pub(crate) fn missing_glyphs(data: &Value) -> Vec<Unprintable> {
    let mut found = BTreeSet::new();
    collect(data, "", &mut found);
    found.into_iter().collect()
}

/// Puts [`PLACEHOLDER`] for every character that cannot be printed.
pub(crate) fn put_placeholders(data: &mut Value) {
    each_text(data, &mut |text| {
        if !text.chars().all(is_printable) {
            *text = text.chars().map(|c| if is_printable(c) { c } else { PLACEHOLDER }).collect();
        }
    });
}

fn composed(text: &str) -> String {
    let plain = text.replace("\r\n", "\n").replace(['\r', '\t', '\u{2028}', '\u{2029}'], " ");
    plain.nfc().collect()
}

fn is_printable(c: char) -> bool {
    match c {
        '\n' | ' '..='~' => true,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => {
            false
        }
        '\u{E000}'..='\u{F8FF}' | '\u{FEFF}' => false,
        other => COVERED.contains(&u32::from(other)),
    }
}

/// The code points all four faces have a glyph for.
static COVERED: LazyLock<std::collections::HashSet<u32>> = LazyLock::new(|| {
    let mut faces = world::fonts().iter().map(|font| &font.info().coverage);
    let first = faces.next().expect("the fonts are embedded");
    let others: Vec<_> = faces.collect();
    first.iter().filter(|c| others.iter().all(|face| face.contains(*c))).collect()
});

fn each_text(data: &mut Value, change: &mut impl FnMut(&mut String)) {
    match data {
        Value::String(text) => change(text),
        Value::Array(items) => items.iter_mut().for_each(|item| each_text(item, change)),
        Value::Object(map) => map.values_mut().for_each(|item| each_text(item, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn collect(data: &Value, field: &str, found: &mut BTreeSet<Unprintable>) {
    let inside = |name: &dyn fmt::Display| match field {
        "" => name.to_string(),
        _ => format!("{field}.{name}"),
    };
    match data {
        Value::String(text) => found.extend(
            text.chars()
                .filter(|c| !is_printable(*c))
                .map(|character| Unprintable { character, field: field.to_owned() }),
        ),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &inside(&index), found);
            }
        }
        Value::Object(map) => {
            for (name, item) in map {
                collect(item, &inside(name), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vietnamese_letter_prints_composed_or_not() {
        let letters = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ";
        let capitals = letters.to_uppercase();
        let apart: String = letters.nfd().collect();
        for text in [letters, &capitals, &apart, "₫ “lời” – … № ½ m² H'Hen Niê Y Blŏk Êban"]
        {
            assert!(unprintable_in(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn what_has_no_glyph_or_misleads_is_found() {
        let cases =
            [("👍 tốt", '👍'), ("漢", '漢'), ("a\u{202E}b", '\u{202E}'), ("\u{E000}", '\u{E000}')];
        for (text, character) in cases {
            assert_eq!(unprintable_in(text), [character]);
        }
    }

    #[test]
    fn the_placeholder_itself_prints() {
        assert!(unprintable_in(&PLACEHOLDER.to_string()).is_empty());
    }
}
