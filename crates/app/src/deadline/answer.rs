//! A line as it is answered.

use super::Explained;
use domain::worktime::{Due, explain};
use jiff::civil::DateTime;
use serde::Serialize;
use std::io::Write as _;

/// `{"id":…,"due":…,"why":[…]}` and, if wanted, the sentences.
pub(super) fn due(answers: &mut Vec<u8>, id: &str, due: &Due, explained: Explained) {
    answers.extend_from_slice(b"{\"id\":");
    answers.extend_from_slice(id.as_bytes());
    answers.extend_from_slice(b",\"due\":\"");
    instant(answers, due.at);
    answers.extend_from_slice(b"\",\"why\":");
    json(answers, &due.why);
    match explained {
        Explained::Data => {}
        Explained::DataAndWords => {
            answers.extend_from_slice(b",\"vi\":");
            json(answers, &explain::in_vietnamese(&due.why));
            answers.extend_from_slice(b",\"en\":");
            json(answers, &explain::in_english(&due.why));
        }
    }
    answers.extend_from_slice(b"}\n");
}

/// `{"id":…,"error":…}`; a line without an id is told by its number.
pub(super) fn error(answers: &mut Vec<u8>, id: Option<String>, line: u64, message: &str) {
    #[derive(Serialize)]
    struct Told<'m> {
        error: &'m str,
    }
    let at_line = format!("line {line}: {message}");
    let error = if id.is_some() { message } else { &at_line };
    answers.extend_from_slice(b"{\"id\":");
    answers.extend_from_slice(id.as_deref().unwrap_or("null").as_bytes());
    answers.push(b',');
    let from = answers.len();
    json(answers, &Told { error });
    // The object's own brace has been written.
    answers.remove(from);
    answers.push(b'\n');
}

/// `2026-09-03T17:00`, with seconds where there are any.
fn instant(answers: &mut Vec<u8>, at: DateTime) {
    let (date, time) = (at.date(), at.time());
    let two = |value: i8| [b'0' + value.unsigned_abs() / 10, b'0' + value.unsigned_abs() % 10];
    let century = i8::try_from(date.year() / 100).unwrap_or_default();
    let year = i8::try_from(date.year() % 100).unwrap_or_default();
    let parts: [(&[u8], i8); 6] = [
        (b"", century),
        (b"", year),
        (b"-", date.month()),
        (b"-", date.day()),
        (b"T", time.hour()),
        (b":", time.minute()),
    ];
    for (before, value) in parts {
        answers.extend_from_slice(before);
        answers.extend_from_slice(&two(value));
    }
    if time.second() != 0 {
        answers.push(b':');
        answers.extend_from_slice(&two(time.second()));
    }
}

fn json(answers: &mut Vec<u8>, value: &impl Serialize) {
    // Writing to memory does not fail, and these types have no keys that are not texts.
    if serde_json::to_writer(&mut *answers, value).is_err() {
        let _ = answers.write_all(b"null");
    }
}
