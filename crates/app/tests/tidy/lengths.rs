//! A function fits a screen, a file one sitting, a line the page.

use crate::source::{Code, File, end_of_item};

const LINES_OF_A_FUNCTION: usize = 70;
const LINES_OF_A_FILE: usize = 500;
const COLUMNS: usize = 100;

/// Files over 500 lines.
pub(crate) fn long_files(files: &[File]) -> Vec<String> {
    let long = files.iter().map(|file| (file, file.text.lines().count()));
    long.filter(|(_, lines)| *lines > LINES_OF_A_FILE)
        .map(|(file, lines)| format!("{}: {lines} lines, at most {LINES_OF_A_FILE}", file.path))
        .collect()
}

/// Lines over 100 characters; only an address may stick out, since it cannot be broken.
pub(crate) fn long_lines(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for (at, line) in file.text.lines().enumerate() {
            let columns = line.chars().count();
            if columns > COLUMNS && !line.contains("://") {
                found.push(format!("{}:{}: {columns} columns", file.path, at + 1));
            }
        }
    }
    found
}

/// Functions over 70 lines, from `fn` to the closing brace.
pub(crate) fn long_functions(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let lines: Vec<String> = Code::of(&file.text).text.lines().map(str::to_owned).collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(name) = function(line) else { continue };
            let length = end_of_item(&lines, at) - at + 1;
            if length > LINES_OF_A_FUNCTION {
                found.push(format!("{}:{}: `{name}` has {length} lines", file.path, at + 1));
            }
        }
    }
    found
}

/// The name of the function that begins on this line of code.
fn function(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let starts = before.is_empty() || before.ends_with(' ');
    let name = after.split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
    (starts && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_long_is_found() {
        let body = "    let a = \"}\";\n".repeat(69);
        let file = File::new("a.rs", &format!("pub(crate) async fn long() {{\n{body}}}\n"));
        assert_eq!(long_functions(&[file]), ["a.rs:1: `long` has 71 lines"]);
        assert_eq!(long_files(&[File::new("a.rs", &"\n".repeat(501))]).len(), 1);
        let wide = |text: String| long_lines(&[File::new("a.rs", &text)]).len();
        assert_eq!(wide("ế".repeat(101)), 1);
        assert_eq!(wide("ế".repeat(100)), 0);
    }

    #[test]
    fn short_is_left_alone() {
        let body = "    b();\n".repeat(68);
        let text = format!("fn short(\n    a: u8,\n) {{\n}}\nfn other() {{\n{body}}}\n");
        assert!(long_functions(&[File::new("a.rs", &text)]).is_empty());
        assert_eq!(function("trait A { fn a(&self); }"), Some("a"));
        assert_eq!(function("type A = Box<dyn Fn() -> u8>;"), None);
    }
}
