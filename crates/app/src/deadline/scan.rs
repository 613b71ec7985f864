//! A reader of JSON for the few shapes of a line. It borrows what it reads and can leap over a text
//! that it knows, which a general reader cannot: that is most of the speed.

use std::borrow::Cow;

/// Reads one text from its beginning to its end.
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Scanner<'t> {
        Scanner { text, at: 0 }
    }

    /// An object; `entry` reads the value of each key.
    pub(super) fn object(
        &mut self,
        mut entry: impl FnMut(&mut Self, &str) -> Result<(), String>,
    ) -> Result<(), String> {
        self.must(b'{', "an object")?;
        if self.has(b'}') {
            return Ok(());
        }
        loop {
            let key = self.string()?;
            self.must(b':', "a colon")?;
            entry(self, &key)?;
            if self.has(b'}') {
                return Ok(());
            }
            self.must(b',', "a comma or the end of the object")?;
        }
    }

    /// A list; `item` reads each of its values.
    pub(super) fn list(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<(), String>,
    ) -> Result<(), String> {
        self.must(b'[', "a list")?;
        if self.has(b']') {
            return Ok(());
        }
        loop {
            item(self)?;
            if self.has(b']') {
                return Ok(());
            }
            self.must(b',', "a comma or the end of the list")?;
        }
    }

    /// A list of two texts.
    pub(super) fn pair(&mut self) -> Result<[Cow<'t, str>; 2], String> {
        self.must(b'[', "a list of two texts")?;
        let first = self.string()?;
        self.must(b',', "a second text")?;
        let second = self.string()?;
        self.must(b']', "the end after two texts")?;
        Ok([first, second])
    }

    /// A text.
    pub(super) fn string(&mut self) -> Result<Cow<'t, str>, String> {
        let quoted = self.quoted()?;
        if quoted.contains('\\') {
            return serde_json::from_str(quoted).map(Cow::Owned).map_err(|error| error.to_string());
        }
        Ok(Cow::Borrowed(&quoted[1..quoted.len() - 1]))
    }

    /// A whole number of units.
    pub(super) fn amount(&mut self) -> Result<u32, String> {
        let number = self.number();
        let plain = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let leading_zero = number.len() > 1 && number.starts_with('0');
        let amount = if plain && !leading_zero { number.parse().ok() } else { None };
        amount.ok_or_else(|| format!("a whole number from 0 to {} was expected", u32::MAX))
    }

    /// A text or a number, as it stands there.
    pub(super) fn scalar(&mut self) -> Result<&'t str, String> {
        if self.peek() == Some(b'"') {
            let quoted = self.quoted()?;
            if quoted.contains('\\') {
                let read = serde_json::from_str::<String>(quoted);
                read.map_err(|error| error.to_string())?;
            }
            return Ok(quoted);
        }
        let number = self.number();
        match serde_json::from_str::<serde_json::Number>(number) {
            Ok(_) => Ok(number),
            Err(_) => Err(self.expected("a text or a number")),
        }
    }

    /// Leaps over `known` if it comes next.
    pub(super) fn leaps(&mut self, known: &str) -> bool {
        self.blanks();
        let leaps =
            !known.is_empty() && self.text.as_bytes()[self.at..].starts_with(known.as_bytes());
        if leaps {
            self.at += known.len();
        }
        leaps
    }

    /// What `read` reads, as it stands there.
    pub(super) fn read_by<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, String>,
    ) -> Result<(&'t str, T), String> {
        self.blanks();
        let from = self.at;
        let value = read(self)?;
        Ok((&self.text[from..self.at], value))
    }

    /// Nothing more may come.
    pub(super) fn end(&mut self) -> Result<(), String> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.expected("the end of the line")),
        }
    }

    fn quoted(&mut self) -> Result<&'t str, String> {
        self.must(b'"', "a text in quotes")?;
        let from = self.at - 1;
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(&self.text[from..self.at]);
                }
                Some(b'\\') => self.at += 2,
                Some(0..0x20) | None => return Err(self.expected("the end of the text")),
                Some(_) => self.at += 1,
            }
        }
    }

    fn number(&mut self) -> &'t str {
        self.blanks();
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| !c.is_ascii_digit() && !"+-.eE".contains(c));
        let number = &rest[..end.unwrap_or(rest.len())];
        self.at += number.len();
        number
    }

    fn blanks(&mut self) {
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = bytes.get(self.at) {
            self.at += 1;
        }
    }

    fn peek(&mut self) -> Option<u8> {
        self.blanks();
        self.text.as_bytes().get(self.at).copied()
    }

    fn has(&mut self, byte: u8) -> bool {
        let has = self.peek() == Some(byte);
        self.at += usize::from(has);
        has
    }

    fn must(&mut self, byte: u8, what: &str) -> Result<(), String> {
        if self.has(byte) { Ok(()) } else { Err(self.expected(what)) }
    }

    fn expected(&self, what: &str) -> String {
        format!("{what} was expected at byte {}", self.at + 1)
    }
}
