//! Components of words: labels, hints, messages, tags, frames around content.

use super::{Attributes, Classes, Content};
use askama::Template;
use std::fmt::Display;

/// What a field asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/label.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Label {
    /// What it says.
    pub content: Content,
    /// Id of the field.
    #[cfg_attr(test, serde(rename = "for"))]
    pub target: String,
    /// It is the heading of the page.
    pub is_page_heading: bool,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
}

/// How to answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/hint.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Hint {
    /// What it says.
    pub content: Content,
    /// Its id; none when empty.
    pub id: String,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/error-message.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct ErrorMessage {
    /// What it says.
    pub content: Content,
    /// The word before it for those who listen; without the colon.
    pub visually_hidden_text: String,
    /// Its id; none when empty.
    pub id: String,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
}

/// All that is wrong, at the top of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/error-summary.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct ErrorSummary {
    /// The heading.
    pub title: Content,
    /// What is wrong with the whole.
    pub description: Content,
    /// What is wrong, one by one.
    pub error_list: Vec<ErrorItem>,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
}

/// A line of the summary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct ErrorItem {
    /// What it says.
    pub content: Content,
    /// The field; none when empty.
    pub href: String,
    /// More attributes.
    pub attributes: Attributes,
}

/// A word for a state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/tag.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Tag {
    /// What it says.
    pub content: Content,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
}

/// Content set apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/inset-text.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct InsetText {
    /// What it says.
    pub content: Content,
    /// Its id; none when empty.
    pub id: String,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
}

/// What cannot be undone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/warning-text.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct WarningText {
    /// What it says.
    pub content: Content,
    /// The word for the sign.
    pub icon_fallback_text: String,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
}

/// Content that opens.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/details.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Details {
    /// What is seen closed.
    pub summary: Content,
    /// What it says.
    pub content: Content,
    /// Its id; none when empty.
    pub id: String,
    /// Open from the beginning.
    pub open: bool,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
}

/// Fields that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/fieldset.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Fieldset {
    /// What they are.
    pub legend: Legend,
    /// What it says.
    pub content: Content,
    /// Ids of what describes them.
    pub described_by: String,
    /// Its role; none when empty.
    pub role: String,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
}

/// What a fieldset is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Legend {
    /// What it says.
    pub content: Content,
    /// It is the heading of the page.
    pub is_page_heading: bool,
    /// More classes.
    pub classes: Classes,
}

/// That the service is on trial.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/phase-banner.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct PhaseBanner {
    /// The state.
    pub tag: Tag,
    /// What it says.
    pub content: Content,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
}

impl Label {
    /// A label.
    pub fn new(content: impl Into<Content>) -> Label {
        Label { content: content.into(), ..Label::default() }
    }
}

impl Hint {
    /// A hint.
    pub fn new(content: impl Into<Content>) -> Hint {
        Hint { content: content.into(), ..Hint::default() }
    }
}

impl Tag {
    /// A tag.
    pub fn new(content: impl Into<Content>) -> Tag {
        Tag { content: content.into(), ..Tag::default() }
    }

    /// In a colour of the package.
    #[must_use]
    pub fn colour(mut self, colour: &str) -> Tag {
        self.classes.add(format_args!("govuk-tag--{colour}"));
        self
    }
}

impl InsetText {
    /// A part of a page that has a name.
    #[must_use]
    pub fn named(mut self, label: impl Display) -> InsetText {
        self.attributes.add("role", "region");
        self.attributes.add("aria-label", label);
        self
    }
}

impl Details {
    /// Open from the beginning, or not.
    #[must_use]
    pub fn open(mut self, open: bool) -> Details {
        self.open = open;
        self
    }
}

impl Fieldset {
    /// Around fields, with what describes them besides its own.
    pub(super) fn around(&self, described: String, inside: impl Display) -> Fieldset {
        let mut fieldset = self.clone();
        fieldset.described_by = described;
        fieldset.content = Content::html(inside);
        fieldset
    }

    /// With the ids of what describes it.
    #[must_use]
    pub fn described_by(mut self, ids: &str) -> Fieldset {
        self.described_by = ids.to_owned();
        self
    }

    /// With an id, so that a problem can lead to it.
    #[must_use]
    pub fn reachable(mut self, id: impl Display) -> Fieldset {
        self.attributes.add("id", id);
        self.attributes.add("tabindex", "-1");
        self
    }
}

impl ErrorItem {
    /// A line that leads to its field.
    pub fn new(href: impl Into<String>, content: impl Into<Content>) -> ErrorItem {
        ErrorItem { content: content.into(), href: href.into(), ..ErrorItem::default() }
    }
}
