//! A field of a form as the template writes it, and the list of what is wrong above it.

use crate::kit::components::{
    ChoiceItem, Content, ErrorItem, Hint, Input, Radios, Select, SelectItem, Textarea,
};
use crate::kit::i18n::{Language, t_with};
use crate::kit::layout::Layout;
use crate::kit::words;
use domain::dossier::Problem;
use std::collections::BTreeMap;

/// Longest label in the list of problems, in characters.
const LABEL_MAX: usize = 80;

/// How a field looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Look {
    /// One line; the class of its width, empty for full.
    Line(&'static str),
    /// So many lines.
    Lines(u8),
    /// What nobody beside may read; never given back.
    Secret,
    /// One of a few, all shown.
    Radios(Vec<Choice>),
    /// One of many, folded.
    Select(Vec<Choice>),
}

/// An entry of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// What is sent.
    pub(crate) value: String,
    /// What is read.
    pub(crate) text: String,
}

impl Choice {
    /// An entry.
    pub(crate) fn new(value: impl Into<String>, text: impl Into<String>) -> Choice {
        Choice { value: value.into(), text: text.into() }
    }
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// Name of the input: the place of its problems.
    pub(crate) name: String,
    /// What it asks for.
    pub(crate) label: String,
    /// How to answer.
    pub(crate) hint: Option<String>,
    /// What was typed.
    pub(crate) value: String,
    /// What is wrong.
    pub(crate) error: Option<String>,
    /// How it looks.
    pub(crate) look: Look,
    /// Must be answered.
    pub(crate) required: bool,
    /// Unit after a line.
    pub(crate) suffix: Option<String>,
    /// What the browser knows of its user.
    pub(crate) autocomplete: &'static str,
    /// Which keyboard a phone shows; empty for the usual one.
    pub(crate) inputmode: &'static str,
}

impl Field {
    /// A full line that may stay empty.
    pub(crate) fn new(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field {
            name: name.into(),
            label: label.into(),
            hint: None,
            value: String::new(),
            error: None,
            look: Look::Line(""),
            required: false,
            suffix: None,
            autocomplete: "",
            inputmode: "",
        }
    }

    /// With what was typed.
    pub(crate) fn value(mut self, value: impl Into<String>) -> Field {
        self.value = value.into();
        self
    }

    /// With help.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Field {
        self.hint = Some(hint.into());
        self
    }

    /// With a look.
    pub(crate) fn look(mut self, look: Look) -> Field {
        self.look = look;
        self
    }

    /// Must be answered.
    pub(crate) fn required(mut self, required: bool) -> Field {
        self.required = required;
        self
    }

    /// With what browser and phone should know.
    pub(crate) fn typing(mut self, autocomplete: &'static str, inputmode: &'static str) -> Field {
        self.autocomplete = autocomplete;
        self.inputmode = inputmode;
        self
    }

    /// With its problem, if it has one.
    pub(crate) fn told(mut self, problems: &Told) -> Field {
        self.error = problems.at(&self.name);
        self
    }

    /// The id: the place with dots as dashes.
    pub(crate) fn id(&self) -> String {
        id_of(&self.name)
    }

    /// The field as it stands in a page.
    pub(crate) fn shown(&self, l: &Layout) -> Content {
        let label = l.asks(&self.label, self.required);
        let (hint, error) = (self.hint.as_ref().map(Hint::new), l.wrong(&self.error));
        match &self.look {
            Look::Line(width) => {
                let mut line = Input::new(&self.name, label).id(self.id()).class(width);
                (line.hint, line.error_message) = (hint, error);
                line.exact("")
                    .value(&self.value)
                    .typing(self.autocomplete, self.inputmode)
                    .suffix(self.suffix.as_ref().map(Content::from))
                    .into()
            }
            Look::Secret => {
                let mut secret = l.password(&self.name, label).id(self.id());
                (secret.hint, secret.error_message) = (hint, error);
                secret.autocomplete = "off".to_owned();
                secret.into()
            }
            Look::Lines(rows) => {
                let mut lines = Textarea::new(&self.name, label).id(self.id()).rows(*rows);
                (lines.hint, lines.error_message) = (hint, error);
                lines.value(&self.value).into()
            }
            Look::Select(choices) => {
                let mut select = Select::new(&self.name, label).id(self.id());
                (select.hint, select.error_message) = (hint, error);
                let select = select.class("govuk-!-width-full").item("", l.t("field-choose"));
                select.options(choices).value(&self.value).into()
            }
            Look::Radios(choices) => {
                let mut radios = Radios::new(&self.name, label).bold_legend();
                radios.id_prefix = self.id();
                (radios.hint, radios.error_message) = (hint, error);
                let item = |one: &Choice| ChoiceItem::new(&one.value, &one.text);
                radios.items = choices.iter().map(item).collect();
                radios.value(&self.value).into()
            }
        }
    }

    /// The line in the list of problems.
    pub(crate) fn summary(&self) -> Option<Complaint> {
        let error = self.error.as_ref()?;
        Some(Complaint::new(&self.name, &self.label, error))
    }
}

/// The id of a place.
pub(crate) fn id_of(place: &str) -> String {
    place.replace('.', "-")
}

/// A line in the list of problems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// Where it leads.
    pub(crate) href: String,
    /// Where and what.
    pub(crate) text: String,
}

impl Complaint {
    /// At a field.
    pub(crate) fn new(place: &str, label: &str, error: &str) -> Complaint {
        let mut short: String = label.chars().take(LABEL_MAX).collect();
        if short.len() < label.len() {
            short = format!("{}…", short.trim_end());
        }
        let short = short.trim_end_matches(['?', ':']);
        Complaint { href: format!("#{}", id_of(place)), text: format!("{short}: {error}") }
    }
}

impl From<&Choice> for SelectItem {
    fn from(choice: &Choice) -> SelectItem {
        SelectItem::new(&choice.value, &choice.text)
    }
}

impl From<&Complaint> for ErrorItem {
    fn from(complaint: &Complaint) -> ErrorItem {
        ErrorItem::new(&complaint.href, &complaint.text)
    }
}

/// What is wrong, by place, in words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told(BTreeMap<String, String>);

impl Told {
    /// The problems as sentences; the first at a place counts.
    pub(crate) fn of(lang: Language, problems: &[Problem]) -> Told {
        let mut told = Told::default();
        for problem in problems {
            let sentence = || words::problem(lang, problem);
            told.0.entry(problem.place.clone()).or_insert_with(sentence);
        }
        told
    }

    /// Says something at a place, before all else.
    pub(crate) fn say(&mut self, place: &str, sentence: String) {
        self.0.insert(place.to_owned(), sentence);
    }

    /// Says nothing at a place after all.
    pub(crate) fn forget(&mut self, place: &str) {
        self.0.remove(place);
    }

    /// The sentence at a place.
    pub(crate) fn at(&self, place: &str) -> Option<String> {
        self.0.get(place).cloned()
    }

    /// Nothing is wrong.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wrong at places that no field of the page shows.
    pub(crate) fn elsewhere(&self, shown: &[Complaint]) -> Vec<Complaint> {
        let is_shown = |place: &str| {
            let href = format!("#{}", id_of(place));
            shown.iter().any(|complaint| complaint.href == href)
        };
        let rest = self.0.iter().filter(|(place, _)| !is_shown(place));
        rest.map(|(_, text)| Complaint { href: "#main-content".to_owned(), text: text.clone() })
            .collect()
    }
}

/// `1,2 MB`.
pub(crate) fn size(lang: Language, bytes: u64) -> String {
    let (key, amount) = match bytes {
        0..1_024 => ("size-bytes", bytes.to_string()),
        1_024..1_048_576 => ("size-kb", (bytes / 1_024).to_string()),
        _ => {
            let tenths = bytes * 10 / 1_048_576;
            let point = if lang == Language::Vi { ',' } else { '.' };
            ("size-mb", format!("{}{point}{}", tenths / 10, tenths % 10))
        }
    };
    t_with(lang, key, &[("amount", amount)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::dossier::Reason;

    #[test]
    fn sizes_read_as_people_say_them() {
        assert_eq!(size(Language::Vi, 1_258_291), "1,1 MB");
        assert_eq!(size(Language::En, 20 * 1_048_576), "20.0 MB");
        assert_eq!(size(Language::Vi, 2_048), "2 KB");
        assert_eq!(size(Language::Vi, 7), "7 byte");
    }

    #[test]
    fn problems_stand_at_their_fields_or_at_the_top() {
        let problems = [
            Problem::new("applicant.name", Reason::Missing),
            Problem::new("applicant.name", Reason::TooLong(3)),
            Problem::new("channel", Reason::ChannelNotOffered),
        ];
        let told = Told::of(Language::Vi, &problems);
        let field = Field::new("applicant.name", "Họ và tên").hint("x").told(&told);
        assert_eq!(field.id(), "applicant-name");
        let shown = field.shown(&Layout::new(Language::Vi, "", "/")).to_string();
        let described = "aria-describedby=\"applicant-name-hint applicant-name-error\"";
        assert!(shown.contains(described), "{shown}");
        let shown = [field.summary().unwrap()];
        assert_eq!(shown[0].href, "#applicant-name");
        assert_eq!(shown[0].text, "Họ và tên: Hãy điền mục này.");
        let rest = told.elsewhere(&shown);
        assert_eq!(rest.len(), 1);
        assert_eq!(rest[0].href, "#main-content");
        let long = Complaint::new("a.b", &"dài ".repeat(60), "x");
        assert!(long.text.chars().count() < 90);
    }
}
