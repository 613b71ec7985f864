//! One of a few, some of a few.

use super::control::{FormGroup, described, group};
use super::texts::{ErrorMessage, Fieldset, Hint};
use super::{Attributes, Classes, Content};
use askama::Template;
use std::fmt::Display;

/// One of a few, all shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/radios.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Radios {
    /// Its name in the form.
    pub name: String,
    /// The id of the first entry; the name when empty.
    pub id_prefix: String,
    /// What the entries are together.
    pub fieldset: Option<Fieldset>,
    /// How to answer.
    pub hint: Option<Hint>,
    /// What is wrong.
    pub error_message: Option<ErrorMessage>,
    /// What there is.
    pub items: Vec<ChoiceItem>,
    /// The frame around it.
    pub form_group: FormGroup,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
    /// What it holds.
    pub value: String,
}

/// Some of a few, all shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/checkboxes.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Checkboxes {
    /// Its name in the form.
    pub name: String,
    /// The id of the first entry; the name when empty.
    pub id_prefix: String,
    /// What the entries are together.
    pub fieldset: Option<Fieldset>,
    /// How to answer.
    pub hint: Option<Hint>,
    /// What is wrong.
    pub error_message: Option<ErrorMessage>,
    /// What there is.
    pub items: Vec<ChoiceItem>,
    /// The frame around it.
    pub form_group: FormGroup,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
    /// Which are ticked.
    pub values: Vec<String>,
    /// Ids of what else describes it.
    pub described_by: String,
}

/// An entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct ChoiceItem {
    /// What it says.
    pub content: Content,
    /// What is sent.
    pub value: String,
    /// Its id; made from the first one when empty.
    pub id: String,
    /// Its own name; that of the whole when empty.
    pub name: String,
    /// What it means.
    pub hint: Option<Hint>,
    /// Chosen or not, whatever the whole holds.
    pub checked: Option<bool>,
}

impl ChoiceItem {
    /// An entry.
    pub fn new(value: impl Display, content: impl Into<Content>) -> ChoiceItem {
        let (value, content) = (value.to_string(), content.into());
        ChoiceItem { value, content, ..ChoiceItem::default() }
    }
}

group!(Radios, Checkboxes);

/// What both share: their template asks it.
macro_rules! choices {
    ($($name:ident is $kind:literal of $type:literal),+) => {$(
        impl $name {
            fn kind(&self) -> &'static str {
                $kind
            }

            fn input_type(&self) -> &'static str {
                $type
            }

            fn own_id(&self) -> &str {
                if self.id_prefix.is_empty() { &self.name } else { &self.id_prefix }
            }

            fn id_of_item(&self, n: &usize, item: &ChoiceItem) -> String {
                match n {
                    _ if !item.id.is_empty() => item.id.clone(),
                    0 => self.own_id().to_owned(),
                    n => format!("{}-{}", self.own_id(), n + 1),
                }
            }

            fn name_of<'a>(&'a self, item: &'a ChoiceItem) -> &'a str {
                if item.name.is_empty() { &self.name } else { &item.name }
            }

            fn hint_of(&self, id: &str, item: &ChoiceItem) -> Option<Hint> {
                let mut hint = item.hint.clone()?;
                hint.id = format!("{id}-item-hint");
                hint.classes.add(concat!("govuk-", $kind, "__hint"));
                Some(hint)
            }
        }
    )+};
}
choices!(Radios is "radios" of "radio", Checkboxes is "checkboxes" of "checkbox");

impl Radios {
    /// Choices with a name and what they are together.
    pub fn new(name: impl Display, legend: impl Into<Content>) -> Radios {
        let mut fieldset = Fieldset::default();
        fieldset.legend.content = legend.into();
        Radios { name: name.to_string(), fieldset: Some(fieldset), ..Radios::default() }
    }

    /// With what it holds.
    #[must_use]
    pub fn value(mut self, value: impl Display) -> Radios {
        self.value = value.to_string();
        self
    }

    /// With a legend as heavy as the labels around it.
    #[must_use]
    pub fn bold_legend(mut self) -> Radios {
        if let Some(fieldset) = &mut self.fieldset {
            fieldset.legend.classes.add("govuk-!-font-weight-bold");
        }
        self
    }

    fn is_checked(&self, item: &ChoiceItem) -> bool {
        item.checked.unwrap_or(!self.value.is_empty() && item.value == self.value)
    }

    fn described(&self) -> String {
        let more = self.fieldset.as_ref().map_or("", |fieldset| &fieldset.described_by);
        described(more, self.own_id(), self.hint.is_some(), self.error_message.is_some())
    }

    fn describing_item(&self, id: &str, item: &ChoiceItem) -> String {
        self.hint_of(id, item).map_or_else(String::new, |hint| hint.id)
    }
}

impl Checkboxes {
    /// A single box with its id, small; without a legend.
    pub fn single(id: impl Display, name: impl Display, item: ChoiceItem) -> Checkboxes {
        let (name, id_prefix) = (name.to_string(), id.to_string());
        let mut boxes = Checkboxes { name, id_prefix, items: vec![item], ..Checkboxes::default() };
        boxes.classes.add("govuk-checkboxes--small");
        boxes
    }

    /// Ticked or not.
    #[must_use]
    pub fn ticked(mut self, ticked: &bool) -> Checkboxes {
        for item in &mut self.items {
            item.checked = Some(*ticked);
        }
        self
    }

    /// Said in full for those who listen.
    #[must_use]
    pub fn about(mut self, what: impl Display) -> Checkboxes {
        let (class, what) = ("govuk-visually-hidden", Content::Text(what.to_string()));
        for item in &mut self.items {
            let full = format!("{}<span class=\"{class}\">: {what}</span>", item.content);
            item.content = Content::Html(full);
        }
        self
    }

    fn is_checked(&self, item: &ChoiceItem) -> bool {
        item.checked.unwrap_or_else(|| self.values.contains(&item.value))
    }

    fn described(&self) -> String {
        let own = self.fieldset.as_ref().map_or("", |fieldset| &fieldset.described_by);
        let more = if own.is_empty() { &self.described_by } else { own };
        described(more, self.own_id(), self.hint.is_some(), self.error_message.is_some())
    }

    /// Without a fieldset the entries themselves carry what describes the whole.
    fn describing_item(&self, id: &str, item: &ChoiceItem) -> String {
        let whole = if self.fieldset.is_none() { self.described() } else { String::new() };
        let own = self.hint_of(id, item).map_or_else(String::new, |hint| hint.id);
        format!("{whole} {own}").trim().to_owned()
    }
}
