use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;
use unicode_normalization::is_nfc;

use super::*;

/// Every key of a language with the file it is in; a second definition is a mistake.
fn keys(language: Language) -> BTreeMap<String, String> {
    let mut keys = BTreeMap::new();
    for (file, source) in sources(language) {
        if let Err((_, errors)) = FluentResource::try_new(source.clone()) {
            panic!("{file} is not Fluent: {errors:?}");
        }
        for key in source.lines().filter_map(key_of) {
            let name = file.rsplit('/').next().unwrap().to_owned();
            let before = keys.insert(key.to_owned(), name);
            assert!(before.is_none(), "{file}: {key} is already in {before:?}");
        }
    }
    keys
}

/// The key that a line defines: `key = text`, not indented.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    (key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(plain)).then_some(key)
}

#[test]
fn both_languages_have_the_same_keys_in_the_same_files() {
    let (vi, en) = (keys(Language::Vi), keys(Language::En));
    assert!(vi.len() > 10);
    let only = |a: &BTreeMap<String, String>, b: &BTreeMap<String, String>| {
        a.iter()
            .filter(|(key, file)| b.get(*key) != Some(file))
            .map(|(key, _)| key.clone())
            .collect()
    };
    let (no_en, no_vi): (Vec<String>, Vec<String>) = (only(&vi, &en), only(&en, &vi));
    assert!(no_en.is_empty(), "not in English, or in another file: {no_en:?}");
    assert!(no_vi.is_empty(), "not in Vietnamese, or in another file: {no_vi:?}");
}

#[test]
fn texts_are_composed_characters() {
    for (file, source) in Language::ALL.into_iter().flat_map(sources) {
        for (number, line) in source.lines().enumerate() {
            assert!(is_nfc(line), "{file}:{}: not NFC: {line}", number + 1);
        }
    }
}

#[test]
fn every_key_that_pages_name_has_a_text() {
    let known = keys(Language::Vi);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    files_under(&root.join("templates"), &mut files);
    files_under(&root.join("src"), &mut files);
    let mut missing = BTreeSet::new();
    let mut found = 0;
    for file in files {
        if file.ends_with("tests.rs") {
            continue;
        }
        let source = fs::read_to_string(&file).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap();
        for key in named_keys(code) {
            found += 1;
            if !known.contains_key(key) {
                missing.insert(format!("{key} in {}", file.display()));
            }
        }
    }
    assert!(found > 10, "the search for keys finds too little: {found}");
    assert!(missing.is_empty(), "texts are missing: {missing:#?}");
}

fn files_under(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_under(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "html") {
            files.push(path);
        }
    }
}

/// The literal keys in calls of `t`, `t1`, `t2` and `t_with`.
fn named_keys(source: &str) -> Vec<&str> {
    let mut keys = Vec::new();
    for call in ["t(", "t1(", "t2(", "t_with("] {
        for (place, _) in source.match_indices(call) {
            let before = source[..place].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let Some((head, rest)) = source[place + call.len()..].split_once('"') else { continue };
            let plain = |c: char| c.is_alphanumeric() || "_:.,& \n".contains(c);
            if head.chars().all(plain) && head.len() < 40 {
                keys.extend(rest.split('"').next());
            }
        }
    }
    keys
}

#[test]
fn the_search_for_keys_sees_the_usual_calls() {
    let source = r#"{{ l.t("a") }} t(lang, "b") i18n::t_with(self.lang, "c", &[]) l.t1("d", "n", 1)
        expect("not") format("not") t(key, None)"#;
    assert_eq!(named_keys(source), ["a", "b", "d", "c"]);
}

#[test]
fn a_missing_text_shows_its_key() {
    assert_eq!(t(Language::Vi, "no-such-key"), "[no-such-key]");
}

#[test]
fn plural_forms_follow_the_language_and_nothing_is_isolated() {
    let days =
        |language, n: &str| t_with(language, "deadline-days-left", &[("days", n.to_owned())]);
    assert_eq!(days(Language::Vi, "1"), "Còn 1 ngày");
    assert_eq!(days(Language::En, "1"), "1 day left");
    assert_eq!(days(Language::En, "2"), "2 days left");
    assert_eq!(days(Language::En, "2026"), "2026 days left");
    assert_eq!(days(Language::En, "007"), "007 days left");
}

#[test]
fn languages_know_their_codes() {
    assert_eq!(Language::from_code("en"), Some(Language::En));
    assert_eq!(Language::from_code("fr"), None);
    assert_eq!(Language::default(), Language::Vi);
}
