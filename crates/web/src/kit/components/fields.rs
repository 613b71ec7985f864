//! Fields to type into, to choose from, to put a file into.

use super::control::{FormGroup, control};
use super::texts::{ErrorMessage, Hint, Label};
use super::{Attributes, Classes, Content};
use askama::Template;
use std::fmt::Display;

/// One line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/input.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Input {
    /// Its name in the form.
    pub name: String,
    /// Its id; the name when empty.
    pub id: String,
    /// What it asks for.
    pub label: Label,
    /// How to answer.
    pub hint: Option<Hint>,
    /// What is wrong.
    pub error_message: Option<ErrorMessage>,
    /// Ids of what else describes it.
    pub described_by: String,
    /// The frame around it.
    pub form_group: FormGroup,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
    /// What it holds.
    pub value: String,
    /// Its type; text when empty.
    #[cfg_attr(test, serde(rename = "type"))]
    pub kind: String,
    /// Which keyboard a phone shows.
    pub inputmode: String,
    /// What the browser may fill in.
    pub autocomplete: String,
    /// Which letters a phone makes capital.
    pub autocapitalize: String,
    /// Whether the browser checks the spelling.
    pub spellcheck: Option<bool>,
    /// The unit before it.
    pub prefix: Option<Affix>,
    /// The unit after it.
    pub suffix: Option<Affix>,
}

/// A unit before or after a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Affix {
    /// What it says.
    pub content: Content,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
}

/// Several lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/textarea.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Textarea {
    /// Its name in the form.
    pub name: String,
    /// Its id; the name when empty.
    pub id: String,
    /// What it asks for.
    pub label: Label,
    /// How to answer.
    pub hint: Option<Hint>,
    /// What is wrong.
    pub error_message: Option<ErrorMessage>,
    /// Ids of what else describes it.
    pub described_by: String,
    /// The frame around it.
    pub form_group: FormGroup,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
    /// What it holds.
    pub value: String,
    /// How many; five when not given.
    pub rows: Option<u8>,
}

/// One of many, folded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/select.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Select {
    /// Its name in the form.
    pub name: String,
    /// Its id; the name when empty.
    pub id: String,
    /// What it asks for.
    pub label: Label,
    /// How to answer.
    pub hint: Option<Hint>,
    /// What is wrong.
    pub error_message: Option<ErrorMessage>,
    /// Ids of what else describes it.
    pub described_by: String,
    /// The frame around it.
    pub form_group: FormGroup,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
    /// What it holds.
    pub value: String,
    /// What there is.
    pub items: Vec<SelectItem>,
}

/// An entry of a select.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct SelectItem {
    /// What it says.
    pub content: Content,
    /// What is sent; the text when not given.
    pub value: Option<String>,
    /// Chosen or not, whatever the select holds.
    pub selected: Option<bool>,
    /// More attributes.
    pub attributes: Attributes,
}

/// A file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/file-upload.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct FileUpload {
    /// Its name in the form.
    pub name: String,
    /// Its id; the name when empty.
    pub id: String,
    /// What it asks for.
    pub label: Label,
    /// How to answer.
    pub hint: Option<Hint>,
    /// What is wrong.
    pub error_message: Option<ErrorMessage>,
    /// Ids of what else describes it.
    pub described_by: String,
    /// The frame around it.
    pub form_group: FormGroup,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
    /// With a place to drop files on.
    pub javascript: bool,
    /// More classes of that place.
    pub wrapper_classes: Classes,
    /// More attributes of that place.
    pub wrapper_attributes: Attributes,
}

/// A password that can be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/password-input.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct PasswordInput {
    /// Its name in the form.
    pub name: String,
    /// Its id; the name when empty.
    pub id: String,
    /// What it asks for.
    pub label: Label,
    /// How to answer.
    pub hint: Option<Hint>,
    /// What is wrong.
    pub error_message: Option<ErrorMessage>,
    /// Ids of what else describes it.
    pub described_by: String,
    /// The frame around it.
    pub form_group: FormGroup,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
    /// What it holds.
    pub value: String,
    /// What the browser may fill in; the present password when empty.
    pub autocomplete: String,
    /// The button that shows.
    pub show_password_text: String,
    /// The button that hides.
    pub hide_password_text: String,
    /// The button that shows, said in full.
    pub show_password_aria_label_text: String,
    /// The button that hides, said in full.
    pub hide_password_aria_label_text: String,
    /// Said when it is shown.
    pub password_shown_announcement_text: String,
    /// Said when it is hidden.
    pub password_hidden_announcement_text: String,
}

control!(Input, Textarea, Select, FileUpload, PasswordInput);

impl Input {
    /// With what it holds.
    #[must_use]
    pub fn value(mut self, value: impl Display) -> Input {
        self.value = value.to_string();
        self
    }

    /// For looking something up.
    #[must_use]
    pub fn search(mut self) -> Input {
        self.kind = "search".to_owned();
        self.autocomplete = "off".to_owned();
        self.attributes.add("enterkeyhint", "search");
        self
    }

    /// For something whose letters matter: a code, a name to sign in with.
    #[must_use]
    pub fn exact(mut self, capitals: &str) -> Input {
        self.spellcheck = Some(false);
        self.autocapitalize = capitals.to_owned();
        self
    }

    /// With what browser and phone should know.
    #[must_use]
    pub fn typing(mut self, autocomplete: &str, inputmode: &str) -> Input {
        self.autocomplete = autocomplete.to_owned();
        self.inputmode = inputmode.to_owned();
        self
    }

    /// With a unit after it.
    #[must_use]
    pub fn suffix(mut self, suffix: Option<Content>) -> Input {
        self.suffix = suffix.map(|content| Affix { content, ..Affix::default() });
        self
    }

    fn is_wrapped(&self) -> bool {
        self.prefix.is_some() || self.suffix.is_some()
    }
}

impl Textarea {
    /// With what it holds.
    #[must_use]
    pub fn value(mut self, value: impl Display) -> Textarea {
        self.value = value.to_string();
        self
    }

    /// So many lines.
    #[must_use]
    pub fn rows(mut self, rows: u8) -> Textarea {
        self.rows = Some(rows);
        self
    }

    fn own_rows(&self) -> u8 {
        self.rows.unwrap_or(5)
    }
}

impl Select {
    /// With what it holds.
    #[must_use]
    pub fn value(mut self, value: impl Display) -> Select {
        self.value = value.to_string();
        self
    }

    /// With one more entry.
    #[must_use]
    pub fn item(mut self, value: impl Display, content: impl Into<Content>) -> Select {
        self.items.push(SelectItem::new(value, content));
        self
    }

    /// With the entries that a page has ready.
    #[must_use]
    pub fn options<O>(mut self, options: &[O]) -> Select
    where
        SelectItem: for<'o> From<&'o O>,
    {
        self.items.extend(options.iter().map(SelectItem::from));
        self
    }

    fn is_selected(&self, item: &SelectItem) -> bool {
        let held = || match (&item.value, &item.content) {
            (Some(value), _) => *value == self.value,
            (None, Content::Text(text) | Content::Html(text)) => *text == self.value,
        };
        item.selected.unwrap_or_else(|| !self.value.is_empty() && held())
    }
}

impl SelectItem {
    /// An entry.
    pub fn new(value: impl Display, content: impl Into<Content>) -> SelectItem {
        let (value, content) = (Some(value.to_string()), content.into());
        SelectItem { value, content, ..SelectItem::default() }
    }

    /// Chosen or not, whatever the select holds.
    #[must_use]
    pub fn chosen(mut self, chosen: bool) -> SelectItem {
        self.selected = Some(chosen);
        self
    }
}

impl FileUpload {
    /// Only such files: endings, parted by commas.
    #[must_use]
    pub fn accept(mut self, endings: &str) -> FileUpload {
        self.attributes.add("accept", endings);
        self
    }

    /// Takes several files at once.
    #[must_use]
    pub fn several(mut self) -> FileUpload {
        self.attributes.add("multiple", "multiple");
        self
    }

    /// With a place to drop files on.
    #[must_use]
    pub fn with_place(mut self) -> FileUpload {
        self.javascript = true;
        self
    }

    /// With markup between the message and the input.
    #[must_use]
    pub fn before(mut self, markup: impl Display) -> FileUpload {
        self.form_group.before_input = Content::html(markup);
        self
    }
}

impl PasswordInput {
    fn translations(&self) -> Attributes {
        said(&[
            ("show-password", &self.show_password_text),
            ("hide-password", &self.hide_password_text),
            ("show-password-aria-label", &self.show_password_aria_label_text),
            ("hide-password-aria-label", &self.hide_password_aria_label_text),
            ("password-shown-announcement", &self.password_shown_announcement_text),
            ("password-hidden-announcement", &self.password_hidden_announcement_text),
        ])
    }

    /// The word of the script of the package, unless the page says another.
    fn shown_text(&self) -> &str {
        if self.show_password_text.is_empty() { "Show" } else { &self.show_password_text }
    }

    fn shown_label(&self) -> &str {
        let label = &self.show_password_aria_label_text;
        if label.is_empty() { "Show password" } else { label }
    }
}

/// The texts for the script of the package, those that are given.
fn said(texts: &[(&str, &String)]) -> Attributes {
    let mut all = Attributes::default();
    for (name, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
        all.add(format_args!("data-i18n.{name}"), text);
    }
    all
}
