//! What the documents say is there.

use crate::source::{File, root};
use std::collections::BTreeSet;

/// Links in Markdown to files of the tree that do not exist.
pub(crate) fn dead_links(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for (line, target) in links(&file.text) {
            let path = target.split('#').next().unwrap_or_default();
            let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            if !path.is_empty() && !root().join(folder).join(path).exists() {
                found.push(format!("{}:{line}: links to {target}", file.path));
            }
        }
    }
    found
}

/// Relative links with their lines; code blocks are not read.
fn links(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut in_code = false;
    for (at, line) in text.lines().enumerate() {
        in_code ^= line.trim_start().starts_with("```");
        for rest in line.split("](").skip(1).filter(|_| !in_code) {
            let target = rest.split([')', ' ']).next().unwrap_or_default();
            if !target.contains("://") && !target.starts_with("mailto:") {
                found.push((at + 1, target));
            }
        }
    }
    found
}

/// Paths in backticks that begin with a folder of the tree and do not exist. A path with a
/// placeholder (`<act>`, `*`) is a pattern, not a path.
pub(crate) fn dead_paths(files: &[File]) -> Vec<String> {
    const FOLDERS: [&str; 8] =
        ["crates/", "scripts/", "docs/", "catalogue/", "frontend/", "e2e/", "bench/", ".ci/"];
    let mut found = Vec::new();
    for file in files {
        for (line, word) in quoted(&file.text) {
            let path = word.split(' ').next().unwrap_or_default();
            let ours = FOLDERS.iter().any(|folder| path.starts_with(folder));
            let made = ["node_modules", "dist", "artefacts"].iter().any(|name| path.contains(name));
            let pattern = path.contains(['<', '*', '{', '…']);
            if ours && !made && !pattern && !root().join(path).exists() {
                found.push(format!("{}:{line}: {path} does not exist", file.path));
            }
        }
    }
    found
}

/// What stands between backticks, with its line; code blocks are not read.
fn quoted(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut in_code = false;
    for (at, line) in text.lines().enumerate() {
        let fence = line.trim_start().starts_with("```");
        in_code ^= fence;
        if !in_code && !fence {
            found.extend(line.split('`').skip(1).step_by(2).map(|word| (at + 1, word)));
        }
    }
    found
}

/// Code names of the glossary's second column that no source knows.
pub(crate) fn unknown_names(glossary: &File, sources: &[File]) -> Vec<String> {
    let known: BTreeSet<&str> = sources.iter().flat_map(|file| words(&file.text)).collect();
    let mut found = Vec::new();
    for (at, line) in glossary.text.lines().enumerate().filter(|(_, line)| line.starts_with("| ")) {
        let names = line.split('|').nth(2).unwrap_or_default();
        for name in names.split('`').skip(1).step_by(2) {
            for word in words(name).filter(|word| !known.contains(word)) {
                let line = at + 1;
                found.push(format!("{}:{line}: `{name}`: no source has {word}", glossary.path));
            }
        }
    }
    found
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// A glossary that lost its rows would pass every other rule.
pub(crate) fn thin_glossary(glossary: &File) -> Vec<String> {
    const LEAST: usize = 70;
    let rows = glossary.text.lines().filter(|line| line.starts_with("| ") && line.contains('`'));
    match rows.count() {
        rows if rows >= LEAST => Vec::new(),
        rows => vec![format!("{}: {rows} rows, at least {LEAST}", glossary.path)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dead_links_and_paths_are_found() {
        let text =
            "[a](../Cargo.toml) [b](gone.md#x) [c](https://x.vn) [d](#d)\n```\n[e](no)\n```\n";
        let found = dead_links(&[File::new("docs/a.md", text)]);
        assert_eq!(found, ["docs/a.md:1: links to gone.md#x"]);
        let text = "`crates/app/Cargo.toml` `crates/gone.rs` `crates/<act>.rs` `make`\n";
        let found = dead_paths(&[File::new("a.md", text)]);
        assert_eq!(found, ["a.md:1: crates/gone.rs does not exist"]);
    }

    #[test]
    fn an_unknown_name_is_found() {
        let sources = [File::new("a.rs", "enum Act { Receive } fn due_at() {}")];
        let text = "| tiếp nhận | `Act::Receive`, `due_at` | `law` |\n| ký | `Act::Seal` | – |\n";
        let found = unknown_names(&File::new("g.md", text), &sources);
        assert_eq!(found, ["g.md:2: `Act::Seal`: no source has Seal"]);
        assert_eq!(thin_glossary(&File::new("g.md", text)).len(), 1);
    }
}
