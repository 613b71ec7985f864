//! `motcua deadline` as others run it: the examples of its document, bad lines, and a reader that
//! waits for each answer.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

fn start(words: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_motcua"))
        .arg("deadline")
        .args(words)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What is answered to these bytes.
fn answers(words: &[&str], input: &[u8]) -> String {
    let mut child = start(words);
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input).unwrap());
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    })
}

const WEEK: &str = r#""sessions":{"0":[["07:30","11:30"]],"1":[["07:30","11:30"]]}"#;

/// A good line, but for these fields.
fn line(fields: &[(&str, &str)]) -> String {
    let mut all = vec![
        ("id", r#""x""#),
        ("start", r#""2026-11-09T09:00""#),
        ("amount", "1"),
        ("unit", r#""working_day""#),
        ("start_rule", r#""next_working_day""#),
        ("rounding", r#""exact""#),
    ];
    for (key, value) in fields {
        all.retain(|(known, _)| known != key);
        all.push((key, value));
    }
    let all = all.into_iter().filter(|(_, value)| !value.is_empty());
    let mut texts: Vec<String> = all.map(|(key, value)| format!("\"{key}\":{value}")).collect();
    if fields.iter().all(|(key, _)| *key != "sessions") {
        texts.push(WEEK.to_owned());
    }
    format!("{{{}}}", texts.join(","))
}

fn one(input: &str) -> Value {
    let answers = answers(&[], input.as_bytes());
    assert_eq!(answers.lines().count(), 1, "{answers}");
    serde_json::from_str(&answers).unwrap()
}

#[test]
fn the_examples_of_the_document_are_answered_as_it_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/deadline.md");
    let document = std::fs::read_to_string(path).unwrap();
    let blocks: Vec<&str> = document
        .split("```jsonl\n")
        .skip(1)
        .map(|block| block.split("```").next().unwrap())
        .collect();
    assert!(blocks.len() >= 8 && blocks.len().is_multiple_of(2));
    for pair in blocks.chunks(2) {
        assert_eq!(answers(&[], pair[0].as_bytes()), pair[1]);
    }
}

#[test]
fn bad_lines_are_answered_and_the_run_goes_on() {
    let stop = |from: &str, to: &str| {
        format!(r#"[{{"from_to":["{from}","{to}"],"effect":"resume_remaining"}}]"#)
    };
    let before = stop("2026-11-08T09:00", "2026-11-10T09:00");
    let backwards = stop("2026-11-10T09:00", "2026-11-09T09:00");
    let overlap = format!(
        "{},{}",
        stop("2026-11-09T09:00", "2026-11-11T09:00").trim_end_matches(']'),
        stop("2026-11-10T09:00", "2026-11-11T09:00").trim_start_matches('[')
    );
    let bad: [(&str, &str, &str); 24] = [
        ("start", r#""2026-02-30T09:00""#, "not a moment"),
        ("start", r#""2026-11-09 09:00""#, "not a moment"),
        ("start", r#""2026-11-09T24:00""#, "not a moment"),
        ("start", r#""2026-11-09T09:00Z""#, "not a moment"),
        ("start", "", "start is missing"),
        ("amount", "-1", "whole number"),
        ("amount", "1.5", "whole number"),
        ("amount", r#""1""#, "whole number"),
        ("amount", "4294967296", "whole number"),
        ("amount", "4294967295", "no due date before the end of the year 9999"),
        ("unit", r#""week""#, "unit"),
        ("start_rule", r#""count_today_if_before:25:00""#, "start_rule"),
        ("rounding", r#""up""#, "rounding"),
        ("days", r#"{"2026-11-24":"party"}"#, "no kind of day"),
        ("days", r#"{"24/11/2026":"holiday"}"#, "not a date"),
        ("days", r#"{"2026-11-24":"holiday","2026-11-24":"comp_off"}"#, "twice"),
        ("sessions", r#"{"7":[]}"#, "no weekday"),
        ("sessions", r#"{"0":[["13:30","17:30"],["07:30","11:30"]]}"#, "begins before"),
        ("sessions", r#"{"0":[["11:30","07:30"]]}"#, "does not end after"),
        ("sessions", "{}", "no due date before the end of the year 9999"),
        ("stop", "[]", "no field"),
        ("stops", &before, "before the clock starts"),
        ("stops", &backwards, "ends before it begins"),
        ("stops", &overlap, "before the one before it has ended"),
    ];
    let good = line(&[("id", "7")]);
    let input: Vec<String> =
        bad.iter().flat_map(|(key, value, _)| [line(&[(key, value)]), good.clone()]).collect();
    let answers = answers(&[], input.join("\n").as_bytes());
    let answers: Vec<Value> =
        answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 2 * bad.len());
    for ((key, value, says), pair) in bad.iter().zip(answers.chunks(2)) {
        let error = pair[0]["error"].as_str().unwrap_or_default();
        assert!(error.contains(says), "{key} {value}: {}", pair[0]);
        assert_eq!(pair[0]["id"], "x");
        assert_eq!((&pair[1]["id"], &pair[1]["due"]), (&7.into(), &"2026-11-10T11:30".into()));
    }
}

#[test]
fn lines_without_an_id_are_told_by_number() {
    let mut input = b"\n[1]\n{\"id\":{}}\n{\"id\":\"\xff\"}\n{\"id\":\"a\n".to_vec();
    input.extend_from_slice(line(&[("id", "")]).as_bytes());
    input.extend_from_slice(b"\r\n");
    input.extend(std::iter::repeat_n(b' ', 3 << 20));
    input.extend_from_slice(b"\n\n");
    input.extend_from_slice(line(&[]).as_bytes());
    let answers = answers(&[], &input);
    let answers: Vec<Value> =
        answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 7);
    for (answer, line) in answers.iter().zip(2..=7) {
        let error = answer["error"].as_str().unwrap();
        assert!(error.starts_with(&format!("line {line}: ")) && answer["id"].is_null(), "{answer}");
    }
    assert!(answers[5]["error"].as_str().unwrap().contains("longer than 1 MiB"));
    assert_eq!(answers[6]["due"], "2026-11-10T11:30");
}

#[test]
fn blanks_escapes_and_ids_come_through() {
    let spaced = line(&[("id", r#""Đ\u01b0 \"1\"""#), ("unit", r#""working\u005fday""#)]);
    let spaced = spaced.replace(':', " : ").replace(',', "\t,").replace(" : 30", ":30");
    let spaced = spaced.replace(" : 00", ":00");
    let answer = one(&spaced);
    assert_eq!((&answer["id"], &answer["due"]), (&"Đư \"1\"".into(), &"2026-11-10T11:30".into()));
    assert_eq!(one(&line(&[("id", "-12.5e3")]))["id"], serde_json::json!(-12.5e3));
    let end = line(&[("start", r#""9999-12-31T09:00:30""#), ("unit", r#""immediate""#)]);
    assert_eq!(one(&end)["due"], "9999-12-31T09:00:30");
}

#[test]
fn a_calendar_is_not_carried_into_a_line_with_another() {
    let days = r#"{"2026-11-10":"holiday"}"#;
    let morning = r#"{"0":[["07:30","09:30"]],"1":[["07:30","09:30"]]}"#;
    let lines = [
        line(&[("days", days)]),
        line(&[]),
        line(&[("days", days)]),
        line(&[("sessions", morning)]),
        line(&[("days", r#"{"2026-11-10":"holiday","oops":"holiday"}"#)]),
        line(&[]),
    ];
    let together = answers(&[], lines.join("\n").as_bytes());
    let apart: Vec<String> = lines.iter().map(|line| answers(&[], line.as_bytes())).collect();
    assert_eq!(together, apart.concat());
    assert!(together.contains("2026-11-16T11:30") && together.contains("2026-11-10T09:30"));
}

#[test]
fn words_are_told_in_both_languages() {
    let told = answers(&["--words"], line(&[]).as_bytes());
    let told: Value = serde_json::from_str(&told).unwrap();
    assert!(told["vi"][1].as_str().unwrap().starts_with("Tiếp nhận lúc 09:00 ngày 09/11/2026"));
    assert_eq!(told["vi"].as_array().unwrap().len(), told["why"].as_array().unwrap().len());
    assert!(told["en"][2].as_str().unwrap().contains("1 working day."));
}

#[test]
fn an_answer_does_not_wait_for_the_next_line() {
    let mut child = start(&[]);
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for id in ["1", "2"] {
        writeln!(stdin, "{}", line(&[("id", id)])).unwrap();
        let mut answer = String::new();
        stdout.read_line(&mut answer).unwrap();
        assert!(answer.starts_with(&format!("{{\"id\":{id},\"due\"")), "{answer}");
    }
    // A reader that has had enough is no fault.
    drop(stdout);
    for _ in 0..2000 {
        if writeln!(stdin, "{}", line(&[])).is_err() {
            break;
        }
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}
