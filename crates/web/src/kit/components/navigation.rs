//! Buttons and links: onwards, back, around.

use super::{Attributes, Classes, Content};
use askama::Template;
use std::fmt::Display;

/// A button of a form; with an address, a link that looks like one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/button.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Button {
    /// What it says.
    pub content: Content,
    /// Where it leads; a button when empty.
    pub href: String,
    /// Its name in the form.
    pub name: String,
    /// What it holds.
    pub value: String,
    /// Its id; none when empty.
    pub id: String,
    /// Begins a service.
    pub is_start_button: bool,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
}

/// Back to the page before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/back-link.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct BackLink {
    /// What it says.
    pub content: Content,
    /// Where it leads.
    pub href: String,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
}

/// Past the frame to the content.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/skip-link.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct SkipLink {
    /// What it says.
    pub content: Content,
    /// Where it leads.
    pub href: String,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
}

/// Where the page stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/breadcrumbs.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Breadcrumbs {
    /// What the path is called.
    #[cfg_attr(test, serde(rename = "labelText"))]
    pub label: String,
    /// From the top.
    pub items: Vec<Crumb>,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
}

/// A place on the path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Crumb {
    /// What it says.
    pub content: Content,
    /// Where it leads; the page itself when empty.
    pub href: String,
    /// More attributes.
    pub attributes: Attributes,
}

/// To the page before and the next one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/pagination.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Pagination {
    /// What it is called.
    pub landmark_label: String,
    /// The one before.
    pub previous: Option<Step>,
    /// The next one.
    pub next: Option<Step>,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
}

/// A page beside this one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Step {
    /// What it says.
    pub content: Content,
    /// Where it leads.
    pub href: String,
    /// What it is about.
    pub label_text: String,
}

/// The parts of the service.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/service-navigation.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct ServiceNavigation {
    /// Its links.
    pub navigation: Vec<ServiceLink>,
    /// The button that opens it on a phone.
    pub menu_button_text: String,
    /// What it is called; as the button when empty.
    pub navigation_label: String,
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
}

/// A part of the service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct ServiceLink {
    /// What it says.
    pub content: Content,
    /// Where it leads; plain words when empty.
    pub href: String,
    /// The page itself.
    pub current: bool,
    /// The page is within.
    pub active: bool,
}

impl Button {
    /// A button of the second rank.
    #[must_use]
    pub fn secondary(mut self) -> Button {
        self.classes.add("govuk-button--secondary");
        self
    }

    /// A button that cannot be undone.
    #[must_use]
    pub fn warning(mut self) -> Button {
        self.classes.add("govuk-button--warning");
        self
    }

    /// Begins a service.
    #[must_use]
    pub fn start(mut self) -> Button {
        self.is_start_button = true;
        self
    }

    /// Goes along with the form.
    #[must_use]
    pub fn named(mut self, name: &str, value: &str) -> Button {
        self.name = name.to_owned();
        self.value = value.to_owned();
        self
    }
}

impl Breadcrumbs {
    /// With one more place.
    #[must_use]
    pub fn place(mut self, href: impl Display, content: impl Into<Content>) -> Breadcrumbs {
        let (href, content) = (href.to_string(), content.into());
        self.items.push(Crumb { href, content, ..Crumb::default() });
        self
    }
}

impl Pagination {
    /// With the page before, if there is one.
    #[must_use]
    pub fn before(mut self, href: &Option<String>, content: impl Into<Content>) -> Pagination {
        self.previous = href.as_ref().map(|href| Step::new(href, content));
        self
    }

    /// With the next page, if there is one.
    #[must_use]
    pub fn after(mut self, href: &Option<String>, content: impl Into<Content>) -> Pagination {
        self.next = href.as_ref().map(|href| Step::new(href, content));
        self
    }
}

impl Step {
    /// A page beside this one, with words of its own.
    pub fn new(href: impl Display, content: impl Into<Content>) -> Step {
        Step { href: href.to_string(), content: content.into(), ..Step::default() }
    }
}

impl ServiceNavigation {
    fn label(&self) -> &str {
        let label = &self.navigation_label;
        if label.is_empty() { &self.menu_button_text } else { label }
    }
}

impl ServiceLink {
    fn is_active(&self) -> bool {
        self.current || self.active
    }

    fn aria_current(&self) -> Option<&'static str> {
        match (self.current, self.active) {
            (true, _) => Some("page"),
            (false, true) => Some("true"),
            (false, false) => None,
        }
    }

    /// Bold where the page is, for browsers without the style.
    fn shown(&self) -> Content {
        if !self.is_active() {
            return self.content.clone();
        }
        let class = "govuk-service-navigation__active-fallback";
        Content::html(format_args!("<strong class=\"{class}\">{}</strong>", self.content))
    }
}
