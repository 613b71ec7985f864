//! The parts of a page on which an official acts, in the order in which they are shown.

use crate::citizen::field::{Choice, Complaint, Field, id_of};
use crate::citizen::upload::OfferRow;
use crate::counter::scans::ScanRow;
use crate::kit::components::Row;

/// A part of the form.
pub(crate) enum Part {
    /// A field.
    Field(Field),
    /// What one should know before acting.
    Facts(Vec<Line>),
    /// A text to read.
    Prose(Prose),
    /// What cannot be undone.
    Warning(String),
    /// The papers to count.
    Papers(Papers),
    /// What is missing or wrong.
    Items(Items),
    /// A value that goes along.
    Hidden {
        /// Name.
        name: &'static str,
        /// Value.
        value: String,
    },
    /// Other pages that belong here.
    Links(Vec<Link>),
}

/// A line of a summary.
pub(crate) struct Line {
    pub(crate) key: String,
    pub(crate) value: String,
}

/// A link.
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) text: String,
}

/// A text with its heading.
pub(crate) struct Prose {
    pub(crate) heading: String,
    pub(crate) paragraphs: Vec<String>,
}

/// The checklist of components.
pub(crate) struct Papers {
    pub(crate) legend: String,
    pub(crate) hint: String,
    pub(crate) error: Option<String>,
    pub(crate) rows: Vec<PaperCheck>,
}

/// A component on the checklist.
pub(crate) struct PaperCheck {
    pub(crate) component: String,
    pub(crate) name: String,
    pub(crate) notes: Vec<String>,
    pub(crate) kinds: Vec<Choice>,
    pub(crate) kind: String,
    pub(crate) count: String,
    /// Results of the applicant that may stand for it.
    pub(crate) offer: Option<OfferRow>,
    /// The scan that was taken of it.
    pub(crate) scan: Option<ScanRow>,
    /// The page takes scans.
    pub(crate) may_scan: bool,
    pub(crate) error: Option<String>,
}

/// The rows of a request for supplements.
pub(crate) struct Items {
    pub(crate) rows: Vec<ItemRow>,
}

/// One thing to bring or mend.
pub(crate) struct ItemRow {
    pub(crate) legend: String,
    pub(crate) component: Field,
    pub(crate) what: Field,
    pub(crate) legal_basis: Field,
}

impl Line {
    /// A line.
    pub(crate) fn new(key: impl Into<String>, value: impl Into<String>) -> Line {
        Line { key: key.into(), value: value.into() }
    }
}

impl From<&Line> for Row {
    fn from(line: &Line) -> Row {
        Row::new(&line.key, &line.value)
    }
}

impl Link {
    /// A link.
    pub(crate) fn new(href: impl Into<String>, text: impl Into<String>) -> Link {
        Link { href: href.into(), text: text.into() }
    }
}

impl PaperCheck {
    /// The id of its first input.
    pub(crate) fn id(&self) -> String {
        id_of(&format!("paper.{}", self.component))
    }
}

impl Papers {
    /// The id of the whole.
    pub(crate) const ID: &'static str = "papers";

    /// The ids of what describes it.
    pub(crate) fn described_by(&self) -> &'static str {
        if self.error.is_some() { "papers-hint papers-error" } else { "papers-hint" }
    }

    fn complaints(&self) -> Vec<Complaint> {
        let whole = self.error.iter().map(|error| Complaint::new(Self::ID, &self.legend, error));
        let each = self.rows.iter().filter_map(|row| {
            let error = row.error.as_ref()?;
            Some(Complaint::new(&format!("paper.{}", row.component), &row.name, error))
        });
        whole.chain(each).collect()
    }
}

impl ItemRow {
    /// Each problem names its row.
    fn complaints(&self) -> Vec<Complaint> {
        let of = |field: &Field| {
            let label = format!("{} – {}", self.legend, field.label);
            Some(Complaint::new(&field.name, &label, field.error.as_ref()?))
        };
        [&self.component, &self.what, &self.legal_basis].into_iter().filter_map(of).collect()
    }
}

/// The lines of the list of problems, in the order of the page.
pub(crate) fn complaints(parts: &[Part]) -> Vec<Complaint> {
    let of = |part: &Part| -> Vec<Complaint> {
        match part {
            Part::Field(field) => field.summary().into_iter().collect(),
            Part::Papers(papers) => papers.complaints(),
            Part::Items(items) => items.rows.iter().flat_map(ItemRow::complaints).collect(),
            Part::Facts(_)
            | Part::Prose(_)
            | Part::Warning(_)
            | Part::Hidden { .. }
            | Part::Links(_) => Vec::new(),
        }
    };
    parts.iter().flat_map(of).collect()
}

/// The paragraphs of a text.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_listed_in_the_order_of_the_page() {
        let mut note = Field::new("note", "Ghi chú");
        note.error = Some("quá dài".into());
        let check = PaperCheck {
            component: "TP.01".into(),
            name: "Đơn".into(),
            notes: vec![],
            kinds: vec![],
            kind: String::new(),
            count: "1".into(),
            offer: None,
            scan: None,
            may_scan: false,
            error: Some("thiếu".into()),
        };
        let papers = Papers {
            legend: "Giấy tờ".into(),
            hint: String::new(),
            error: Some("chưa đếm".into()),
            rows: vec![check],
        };
        let parts = [Part::Papers(papers), Part::Warning("x".into()), Part::Field(note)];
        let hrefs: Vec<String> = complaints(&parts).into_iter().map(|c| c.href).collect();
        assert_eq!(hrefs, ["#papers", "#paper-TP-01", "#note"]);
    }

    #[test]
    fn empty_lines_are_no_paragraphs() {
        assert_eq!(paragraphs(" a \n\n\tb\n"), ["a", "b"]);
    }
}
