//! Identifiers of agencies (`07-identifiers.md` §7.5): the old form reads from the right,
//! `000.01.30.H22`; the new one from the left, `H60.30`.

use std::fmt;

/// An agency identifier: the text as written, and its segments from the province down.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AgencyCode {
    text: String,
    segments: Vec<String>,
}

/// What is wrong with an agency identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AgencyCodeError {
    /// Neither `000.00.00.H00` (TT 10/2016) nor `H00.00…` (QĐ 20/2020).
    #[error("neither the old nor the new form of an agency identifier")]
    Form,
}

impl AgencyCode {
    /// Parses either form.
    ///
    /// # Errors
    /// When it is neither.
    pub fn parse(text: &str) -> Result<AgencyCode, AgencyCodeError> {
        let text = text.trim();
        let parts: Vec<&str> = text.split('.').collect();
        let segments = match parts.as_slice() {
            [v, z, y, m] if is_number(v, 3) && is_number(z, 2) && is_number(y, 2) && is_head(m) => {
                downwards(&[m, y, z, v])
            }
            [m, rest @ ..] if is_head(m) && rest.len() <= 3 => {
                if !rest.iter().all(|part| part.len() >= 2 && is_number(part, part.len())) {
                    return Err(AgencyCodeError::Form);
                }
                parts.iter().map(|part| (*part).to_owned()).collect()
            }
            _ => return Err(AgencyCodeError::Form),
        };
        Ok(AgencyCode { text: text.to_owned(), segments })
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// From the ministry or province down; empty levels at the end are left out.
    #[must_use]
    pub fn segments(&self) -> &[String] {
        &self.segments
    }
}

impl fmt::Display for AgencyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Drops the zeros that stand for "no such level".
fn downwards(parts: &[&str]) -> Vec<String> {
    let used = parts.iter().rposition(|part| part.bytes().any(|b| b != b'0')).unwrap_or(0);
    parts[..=used].iter().map(|part| (*part).to_owned()).collect()
}

fn is_number(part: &str, len: usize) -> bool {
    part.len() == len && part.bytes().all(|b| b.is_ascii_digit())
}

fn is_head(part: &str) -> bool {
    let bytes = part.as_bytes();
    bytes.len() == 3 && bytes[0].is_ascii_uppercase() && is_number(&part[1..], 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_read_from_the_province_down() {
        for (text, segments) in [
            ("000.00.00.H22", vec!["H22"]),
            ("000.00.00.G17", vec!["G17"]),
            ("000.00.01.H22", vec!["H22", "01"]),
            ("000.01.30.H22", vec!["H22", "30", "01"]),
            ("001.01.30.H22", vec!["H22", "30", "01", "001"]),
            ("001.00.30.H22", vec!["H22", "30", "00", "001"]),
            ("H60", vec!["H60"]),
            ("H22.01", vec!["H22", "01"]),
            ("G09.20", vec!["G09", "20"]),
            ("H60.30.01", vec!["H60", "30", "01"]),
        ] {
            let code = AgencyCode::parse(text).unwrap();
            assert_eq!(code.segments(), segments, "{text}");
            assert_eq!(code.to_string(), text);
        }
    }

    #[test]
    fn other_texts_are_no_codes() {
        for text in ["", "H6", "h60", "H60.", "H60.1", "H60.01.02.03.04", "00.00.00.H22", "H60.a1"]
        {
            assert_eq!(AgencyCode::parse(text), Err(AgencyCodeError::Form), "{text}");
        }
        assert!(AgencyCode::parse("000.00.00.H22.01").is_err());
        assert!(AgencyCode::parse("Ħ60").is_err());
    }
}
