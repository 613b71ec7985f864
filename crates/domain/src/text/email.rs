//! E-mail addresses: enough to catch typing errors, not the grammar of RFC 5322.

use super::reads_as_text;

/// An address, the domain in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(String);
reads_as_text!(EmailAddress);

/// What is wrong with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// Not exactly one `@`.
    #[error("an address has exactly one @")]
    At,
    /// Longer than 254 characters.
    #[error("the address is longer than 254 characters")]
    TooLong,
    /// A character no address has.
    #[error("the address contains {0:?}")]
    Character(char),
    /// The part before the `@`.
    #[error("the part before the @ is wrong")]
    Local,
    /// The part after the `@`.
    #[error("the part after the @ is wrong")]
    Domain,
}

impl EmailAddress {
    /// Parses an address.
    ///
    /// # Errors
    /// When a mail server could not deliver to it.
    pub fn parse(text: &str) -> Result<EmailAddress, EmailError> {
        let text = text.trim();
        if text.len() > 254 {
            return Err(EmailError::TooLong);
        }
        let known = |c: &char| c.is_ascii_alphanumeric() || "@.!#$%&'*+/=?^_`{|}~-".contains(*c);
        if let Some(c) = text.chars().find(|c| !known(c)) {
            return Err(EmailError::Character(c));
        }
        let (local, domain) = match text.split('@').collect::<Vec<_>>()[..] {
            [local, domain] => (local, domain),
            _ => return Err(EmailError::At),
        };
        if local.is_empty() || local.len() > 64 || local.split('.').any(str::is_empty) {
            return Err(EmailError::Local);
        }
        let labels: Vec<&str> = domain.split('.').collect();
        let last_is_word =
            labels.last().is_some_and(|l| l.len() >= 2 && !l.bytes().all(|b| b.is_ascii_digit()));
        if labels.len() < 2 || !last_is_word || !labels.iter().all(|label| is_label(label)) {
            return Err(EmailError::Domain);
        }
        Ok(EmailAddress(format!("{local}@{}", domain.to_ascii_lowercase())))
    }
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_pass_and_typing_errors_do_not() {
        for text in ["a@b.vn", "Nguyen.Van-A+1@tuyenquang.GOV.vn", "cb01@demo.invalid"] {
            assert!(EmailAddress::parse(text).is_ok(), "{text}");
        }
        let domain = EmailAddress::parse(" A@B.VN ").unwrap();
        assert_eq!(domain.as_str(), "A@b.vn");
        use EmailError::{At, Character, Domain, Local, TooLong};
        for (text, error) in [
            ("", At),
            ("a.vn", At),
            ("a@b@c.vn", At),
            ("@b.vn", Local),
            ("a..b@c.vn", Local),
            (".a@c.vn", Local),
            ("a@b", Domain),
            ("a@-b.vn", Domain),
            ("a@b..vn", Domain),
            ("a@10.0.0.1", Domain),
            ("a b@c.vn", Character(' ')),
            ("ạ@c.vn", Character('ạ')),
            ("a@c.vn\u{0}", Character('\u{0}')),
        ] {
            assert_eq!(EmailAddress::parse(text), Err(error), "{text:?}");
        }
        assert_eq!(EmailAddress::parse(&format!("{}@b.vn", "a".repeat(250))), Err(TooLong));
        assert_eq!(EmailAddress::parse(&format!("{}@b.vn", "a".repeat(65))), Err(Local));
    }
}
