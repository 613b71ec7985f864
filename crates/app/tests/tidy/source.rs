//! The source tree as the rules read it.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the tree, with its path from the root.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    pub(crate) fn new(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    /// Tests: a `tests` folder or file, and what exists for tests only.
    pub(crate) fn is_test(&self) -> bool {
        let in_tests = self.path.split('/').any(|part| part == "tests" || part == "tests.rs");
        in_tests || self.path.contains("/testing") || self.path.contains("/examples/")
    }
}

/// The root of the checkout.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every file below `folder` whose name ends in one of `ends`, sorted by path.
pub(crate) fn files(folder: &str, ends: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    collect(&root(), folder, ends, &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The Rust sources of the workspace.
pub(crate) fn rust() -> Vec<File> {
    ["crates", "bench"].into_iter().flat_map(|folder| files(folder, &[".rs"])).collect()
}

/// One file; empty when it is not there.
pub(crate) fn file(path: &str) -> File {
    let text = fs::read_to_string(root().join(path)).unwrap_or_default();
    File { path: path.to_owned(), text }
}

fn collect(root: &Path, folder: &str, ends: &[&str], found: &mut Vec<File>) {
    const FOREIGN: [&str; 6] = [".git", "node_modules", "target", "dist", "var", "artefacts"];
    for entry in fs::read_dir(root.join(folder)).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        if entry.path().is_dir() {
            if !FOREIGN.contains(&name.as_str()) {
                collect(root, &path, ends, found);
            }
        } else if ends.iter().any(|end| name.ends_with(end)) {
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            found.push(File { path, text });
        }
    }
}

/// Rust code without its comments, and without what stands in its strings: both are blanked, so
/// that lines and columns stay. The strings are kept aside, each with the line it begins on.
pub(crate) struct Code {
    pub(crate) text: String,
    pub(crate) strings: Vec<(usize, String)>,
}

impl Code {
    pub(crate) fn of(text: &str) -> Code {
        let chars: Vec<char> = text.chars().collect();
        let mut reader = Reader { chars: &chars, at: 0, line: 1, code: String::new() };
        let mut strings = Vec::new();
        while reader.at < chars.len() {
            reader.step(&mut strings);
        }
        Code { text: reader.code, strings }
    }

    /// The code without its test modules: `#[cfg(test)] mod … { … }` blanked as well.
    pub(crate) fn without_tests(&self) -> String {
        let mut lines: Vec<String> = self.text.lines().map(str::to_owned).collect();
        for at in 0..lines.len() {
            let attribute = lines[at].trim_start();
            if attribute.starts_with("#[cfg(") && attribute.contains("test") {
                let end = end_of_item(&lines, at);
                lines[at..=end].iter_mut().for_each(String::clear);
            }
        }
        lines.join("\n")
    }
}

/// The last line of the item that begins at `from`: where its braces close, or its semicolon.
pub(crate) fn end_of_item(lines: &[String], from: usize) -> usize {
    let mut depth = 0usize;
    for (at, line) in lines.iter().enumerate().skip(from) {
        for c in line.chars() {
            match c {
                '{' | '(' | '[' => depth += 1,
                '}' | ')' | ']' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 && c == '}' {
                        return at;
                    }
                }
                ';' if depth == 0 => return at,
                _ => {}
            }
        }
    }
    lines.len().saturating_sub(1)
}

struct Reader<'t> {
    chars: &'t [char],
    at: usize,
    line: usize,
    code: String,
}

impl Reader<'_> {
    fn ahead(&self, by: usize) -> char {
        self.chars.get(self.at + by).copied().unwrap_or('\0')
    }

    /// Copies one character to the code.
    fn keep(&mut self) -> char {
        let c = self.ahead(0);
        self.line += usize::from(c == '\n');
        self.code.push(c);
        self.at += 1;
        c
    }

    /// Steps over one character, leaving a blank in the code.
    fn blank(&mut self) -> char {
        let c = self.ahead(0);
        self.line += usize::from(c == '\n');
        self.code.push(if c == '\n' { '\n' } else { ' ' });
        self.at += 1;
        c
    }

    fn step(&mut self, strings: &mut Vec<(usize, String)>) {
        match (self.ahead(0), self.ahead(1)) {
            ('/', '/') => {
                while self.at < self.chars.len() && self.ahead(0) != '\n' {
                    self.blank();
                }
            }
            ('/', '*') => self.block_comment(),
            ('"', _) => strings.push((self.line, self.string())),
            ('r', '"' | '#') if !self.in_word() && self.raw_hashes().is_some() => {
                strings.push((self.line, self.raw_string()));
            }
            ('\'', '\\') => self.character(),
            ('\'', _) if self.ahead(2) == '\'' => self.character(),
            _ => {
                self.keep();
            }
        }
    }

    fn in_word(&self) -> bool {
        let before = self.code.chars().next_back();
        before.is_some_and(|c| (c.is_alphanumeric() || c == '_') && c != 'b' && c != 'c')
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        while self.at < self.chars.len() {
            match (self.ahead(0), self.ahead(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ => {
                    self.blank();
                    continue;
                }
            }
            self.blank();
            self.blank();
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) -> String {
        let mut content = String::new();
        self.keep();
        while self.at < self.chars.len() && self.ahead(0) != '"' {
            if self.ahead(0) == '\\' {
                content.push(self.blank());
            }
            content.push(self.blank());
        }
        self.keep();
        content
    }

    /// How many `#` a raw string has that begins here.
    fn raw_hashes(&self) -> Option<usize> {
        let hashes = (1..).take_while(|by| self.ahead(*by) == '#').count();
        (self.ahead(1 + hashes) == '"').then_some(hashes)
    }

    fn raw_string(&mut self) -> String {
        let hashes = self.raw_hashes().unwrap_or(0);
        let end: String = std::iter::once('"').chain("#".repeat(hashes).chars()).collect();
        let mut content = String::new();
        (0..hashes + 2).for_each(|_| {
            self.keep();
        });
        while self.at < self.chars.len() && !content.ends_with(&end) {
            content.push(self.blank());
        }
        content.truncate(content.len().saturating_sub(end.len()));
        content
    }

    fn character(&mut self) {
        self.keep();
        if self.ahead(0) == '\\' {
            self.blank();
        }
        self.blank();
        while self.at < self.chars.len() && self.ahead(0) != '\'' && self.ahead(0) != '\n' {
            self.blank();
        }
        self.keep();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = r##"fn a<'x>(s: &'x str) -> char { // todo!()
    /* a { /* b */ } */
    let t = "SELECT \" {"; let u = r#"raw " {"#;
    '{'
}
#[cfg(test)]
mod tests {
    fn b() { c.unwrap() }
}
fn d() {}
"##;

    #[test]
    fn comments_and_strings_are_blanked() {
        let code = Code::of(SAMPLE);
        assert_eq!(code.text.lines().count(), SAMPLE.lines().count());
        assert!(!code.text.contains("todo") && !code.text.contains("SELECT"));
        assert!(code.text.contains("&'x str"));
        assert_eq!(code.text.matches('{').count(), code.text.matches('}').count());
        let strings: Vec<_> = code.strings.iter().map(|(line, s)| (*line, s.as_str())).collect();
        assert_eq!(strings, [(3, "SELECT \\\" {"), (3, "raw \" {")]);
    }

    #[test]
    fn test_modules_are_left_out() {
        let code = Code::of(SAMPLE).without_tests();
        assert!(!code.contains("unwrap") && code.contains("fn d()"));
    }
}
