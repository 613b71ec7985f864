//! The components of govuk-frontend that the pages use, each a struct over its own template.
//!
//! A page writes them through its frame (`{{ l.submit("key") }}`, see [`on_page`]) and never by
//! hand. The tests hold every component against the examples that the package itself carries.

mod choices;
mod control;
mod fields;
mod navigation;
mod on_page;
mod summary;
mod texts;

pub use choices::{Checkboxes, ChoiceItem, Radios};
pub use control::FormGroup;
pub use fields::{Affix, FileUpload, Input, PasswordInput, Select, SelectItem, Textarea};
pub use navigation::{
    BackLink, Breadcrumbs, Button, Crumb, Pagination, ServiceLink, ServiceNavigation, SkipLink,
    Step,
};
pub use summary::{Action, Actions, Cell, Row, SummaryList};
pub use texts::{
    Details, ErrorItem, ErrorMessage, ErrorSummary, Fieldset, Hint, InsetText, Label, Legend,
    PhaseBanner, Tag, WarningText,
};

use askama::filters::{Html, HtmlSafe, escape};
use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

/// What stands inside an element: words, or markup that a template has made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Deserialize))]
pub enum Content {
    /// Words; escaped when written.
    Text(String),
    /// Markup; written as it is.
    Html(String),
}

impl Content {
    /// Markup that was made by a template: by a component, or caught in a `let` block of a page.
    pub fn html(markup: impl Display) -> Content {
        Content::Html(markup.to_string())
    }

    /// Markup rather than words.
    fn is_html(&self) -> bool {
        matches!(self, Content::Html(_))
    }

    /// Says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Content::Text(text) | Content::Html(text) => text.is_empty(),
        }
    }
}

impl Default for Content {
    fn default() -> Content {
        Content::Text(String::new())
    }
}

impl Display for Content {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Content::Text(text) => match escape(text, Html) {
                Ok(escaped) => escaped.fmt(f),
                Err(never) => match never {},
            },
            Content::Html(markup) => f.write_str(markup),
        }
    }
}

impl HtmlSafe for Content {}

impl From<String> for Content {
    fn from(text: String) -> Content {
        Content::Text(text)
    }
}

/// Words by any number of references: templates pass variables by reference.
macro_rules! words {
    ($($kind:ty),+) => {$(
        impl From<$kind> for Content {
            fn from(text: $kind) -> Content {
                Content::Text(text.to_string())
            }
        }
    )+};
}
words!(&str, &&str, &String, &&String);

impl From<&Content> for Content {
    fn from(content: &Content) -> Content {
        content.clone()
    }
}

/// Classes besides those of the component.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Deserialize))]
pub struct Classes(String);

impl Classes {
    /// One more, or several parted by spaces.
    pub fn add(&mut self, more: impl Display) {
        let more = more.to_string();
        if !more.is_empty() && !self.0.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(&more);
    }
}

impl Display for Classes {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, " {}", Content::from(&self.0)) }
    }
}

impl HtmlSafe for Classes {}

/// Attributes besides those of the component.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Deserialize))]
pub struct Attributes(BTreeMap<String, String>);

impl Attributes {
    /// One more.
    pub fn add(&mut self, name: impl Display, value: impl Display) {
        self.0.insert(name.to_string(), value.to_string());
    }
}

impl Display for Attributes {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(name, value)| {
            write!(f, " {}=\"{}\"", Content::from(name), Content::from(value))
        })
    }
}

impl HtmlSafe for Attributes {}

/// Components stand in pages unescaped, and may be the content of others.
macro_rules! embedded {
    ($($component:ty),+ $(,)?) => {$(
        impl HtmlSafe for $component {}

        impl From<$component> for Content {
            fn from(component: $component) -> Content {
                Content::html(component)
            }
        }
    )+};
}
embedded!(
    Action,
    BackLink,
    Breadcrumbs,
    Button,
    Checkboxes,
    Details,
    ErrorMessage,
    ErrorSummary,
    Fieldset,
    FileUpload,
    Hint,
    Input,
    InsetText,
    Label,
    Pagination,
    PasswordInput,
    PhaseBanner,
    Radios,
    Select,
    ServiceNavigation,
    SkipLink,
    SummaryList,
    Tag,
    Textarea,
    WarningText,
);

#[cfg(test)]
mod tests;
