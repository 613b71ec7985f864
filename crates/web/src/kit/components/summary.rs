//! Keys and values.

use super::{Attributes, Classes, Content};
use askama::Template;
use std::fmt::Display;

/// Keys and values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/summary-list.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct SummaryList {
    /// The lines.
    pub rows: Vec<Row>,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
}

/// A line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Row {
    /// What it is.
    pub key: Cell,
    /// What it says.
    pub value: Cell,
    /// What one can do.
    pub actions: Actions,
    /// More classes.
    pub classes: Classes,
}

/// A part of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Cell {
    /// What it says.
    pub content: Content,
    /// More classes.
    pub classes: Classes,
}

/// What one can do on a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Actions {
    /// One or more.
    pub items: Vec<Action>,
    /// More classes.
    pub classes: Classes,
}

/// A link on a line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/_action.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Action {
    /// What it says.
    pub content: Content,
    /// Where it leads.
    pub href: String,
    /// What it is about, for those who listen.
    pub visually_hidden_text: String,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
}

impl SummaryList {
    /// Then lines without any leave the room empty.
    fn has_actions(&self) -> bool {
        self.rows.iter().any(|row| !row.actions.items.is_empty())
    }

    /// With one more line.
    #[must_use]
    pub fn row(mut self, key: impl Into<Content>, value: impl Into<Content>) -> SummaryList {
        self.rows.push(Row::new(key, value));
        self
    }

    /// With one more line if there is something to say.
    #[must_use]
    pub fn maybe(self, key: impl Into<Content>, value: &Option<String>) -> SummaryList {
        match value {
            Some(value) => self.row(key, value),
            None => self,
        }
    }

    /// With one more line of markup that a page has caught in a `let` block, unless it is blank.
    #[must_use]
    pub fn markup(self, key: impl Into<Content>, markup: impl Display) -> SummaryList {
        let markup = markup.to_string();
        match markup.trim() {
            "" => self,
            markup => self.row(key, Content::html(markup)),
        }
    }

    /// With a link on the last line.
    #[must_use]
    pub fn action(mut self, action: Action) -> SummaryList {
        if let Some(row) = self.rows.last_mut() {
            row.actions.items.push(action);
        }
        self
    }
}

impl Row {
    /// A line.
    pub fn new(key: impl Into<Content>, value: impl Into<Content>) -> Row {
        let cell = |content| Cell { content, ..Cell::default() };
        Row { key: cell(key.into()), value: cell(value.into()), ..Row::default() }
    }
}

impl Action {
    /// A link.
    pub fn new(href: impl Display, content: impl Into<Content>) -> Action {
        Action { href: href.to_string(), content: content.into(), ..Action::default() }
    }

    /// Said in full for those who listen.
    #[must_use]
    pub fn about(mut self, what: impl Display) -> Action {
        self.visually_hidden_text = what.to_string();
        self
    }
}
