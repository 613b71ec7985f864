//! What was found: for people in Vietnamese and English, for programs as JSON.

use serde_json::{Value, json};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grade {
    /// As it should be, or a count that only informs.
    Fine,
    /// A rule flags it: somebody has to explain it.
    Flag,
    /// Proved to be wrong.
    Wrong,
}

impl Grade {
    const fn name(self) -> &'static str {
        match self {
            Grade::Fine => "fine",
            Grade::Flag => "flag",
            Grade::Wrong => "wrong",
        }
    }

    const fn mark(self) -> &'static str {
        match self {
            Grade::Fine => "ĐÚNG    / FINE ",
            Grade::Flag => "CẦN RÕ  / FLAG ",
            Grade::Wrong => "SAI     / WRONG",
        }
    }
}

/// One check and what came of it.
struct Finding {
    grade: Grade,
    check: &'static str,
    vi: String,
    en: String,
    data: Value,
}

/// Everything that was checked, in order.
#[derive(Default)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    /// Notes a finding: its grade and the check's name, the words for people, the data behind it.
    pub(crate) fn add(
        &mut self,
        (grade, check): (Grade, &'static str),
        (vi, en): (String, String),
        data: Value,
    ) {
        self.0.push(Finding { grade, check, vi, en, data });
    }

    /// The worst grade there is.
    pub(crate) fn worst(&self) -> Grade {
        self.0.iter().map(|finding| finding.grade).max().unwrap_or(Grade::Fine)
    }

    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for Finding { grade, vi, en, .. } in &self.0 {
            text.push_str(&format!("{}  {vi}\n{:17}{en}\n", grade.mark(), ""));
        }
        let (vi, en) = match self.worst() {
            Grade::Fine => ("Bản xuất này đúng.", "This export is correct."),
            Grade::Flag => (
                "Bản xuất này khớp với nhật ký; có điểm cần giải trình.",
                "This export agrees with its log; something has to be explained.",
            ),
            Grade::Wrong => ("Bản xuất này KHÔNG đúng.", "This export is NOT correct."),
        };
        text.push_str(&format!("\n{vi}\n{en}"));
        text
    }

    pub(crate) fn json(&self) -> Value {
        let one = |finding: &Finding| {
            let Finding { grade, check, vi, en, data } = finding;
            json!({"grade": grade.name(), "check": check, "vi": vi, "en": en, "data": data})
        };
        let all: Vec<Value> = self.0.iter().map(one).collect();
        json!({"verdict": self.worst().name(), "findings": all})
    }
}
