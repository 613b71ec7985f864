//! Words that have no place in the code, or only in one room.

use crate::source::{Code, File};

/// SQL outside `storage`. Tests may: somebody has to tamper with a row.
pub(crate) fn foreign_sql(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let theirs = file.path.starts_with("crates/storage/") || file.path.starts_with("bench/");
        if theirs || file.is_test() {
            continue;
        }
        let code = Code::of(&file.text);
        let kept = code.without_tests();
        for (line, string) in &code.strings {
            let in_tests = kept.lines().nth(line - 1).is_some_and(str::is_empty);
            if is_sql(string) && !in_tests {
                found.push(format!("{}:{line}: SQL outside crates/storage", file.path));
            }
        }
    }
    found
}

fn is_sql(text: &str) -> bool {
    const STATEMENTS: [(&str, &str); 6] = [
        ("SELECT ", ""),
        ("INSERT INTO ", ""),
        ("UPDATE ", " SET "),
        ("DELETE FROM ", ""),
        ("CREATE TABLE ", ""),
        ("WITH ", " AS ("),
    ];
    let text = text.trim_start();
    STATEMENTS.iter().any(|(begins, has)| text.starts_with(begins) && text.contains(has))
}

/// Tests that are not run, and work that is not done.
pub(crate) fn unfinished(files: &[File]) -> Vec<String> {
    const WORDS: [&str; 4] = ["#[ignore", "todo!", "unimplemented!", "dbg!"];
    let mut found = Vec::new();
    for file in files {
        for (at, line) in Code::of(&file.text).text.lines().enumerate() {
            for word in WORDS.iter().filter(|word| line.contains(**word)) {
                found.push(format!("{}:{}: {word}", file.path, at + 1));
            }
        }
    }
    found
}

/// `unwrap` outside tests: `expect` says which invariant holds, `?` hands the error on.
pub(crate) fn unwraps(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| !file.is_test()) {
        for (at, line) in Code::of(&file.text).without_tests().lines().enumerate() {
            if line.contains(".unwrap()") {
                found.push(format!("{}:{}: unwrap outside tests", file.path, at + 1));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: &str, text: &str) -> [File; 1] {
        [File::new(path, text)]
    }

    #[test]
    fn sql_elsewhere_is_found() {
        let text = "const ASK: &str = \"SELECT a FROM t\";\nlet b = \"\\\n UPDATE t SET a = 1\";\n";
        assert_eq!(foreign_sql(&at("crates/office/src/view.rs", text)).len(), 1);
        assert!(foreign_sql(&at("crates/storage/src/read.rs", text)).is_empty());
        assert!(foreign_sql(&at("crates/app/tests/tamper.rs", text)).is_empty());
        let tested = format!("#[cfg(test)]\nmod tests {{\n{text}}}\n");
        assert!(foreign_sql(&at("crates/office/src/view.rs", &tested)).is_empty());
        assert!(is_sql("\n  UPDATE t SET a = 1") && !is_sql("UPDATE your papers"));
    }

    #[test]
    fn unfinished_work_is_found() {
        let text = "#[test]\n#[ignore = \"slow\"]\nfn a() { todo!() } // todo!\n";
        assert_eq!(unfinished(&at("a.rs", text)).len(), 2);
        assert!(unfinished(&at("a.rs", "let ignore = \"todo!\";")).is_empty());
    }

    #[test]
    fn an_unwrap_is_found() {
        let text = "fn a() { b().unwrap(); }\n#[cfg(test)]\nmod tests { fn c() { d.unwrap() } }\n";
        assert_eq!(unwraps(&at("crates/a/src/b.rs", text)).len(), 1);
        assert!(unwraps(&at("crates/a/tests/b.rs", text)).is_empty());
        assert!(unwraps(&at("crates/a/src/b.rs", "/// a.unwrap()\nfn a() {}")).is_empty());
    }
}
