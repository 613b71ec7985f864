//! The frame around every page: head, header, navigation, footer.
//!
//! A page embeds the frame as `l` and starts its template with `{% extends "layout.html" %}`:
//!
//! ```text
//! #[derive(Template)]
//! #[template(path = "public/search.html")]
//! struct SearchPage { l: Layout, found: Vec<Procedure> }
//! ```

use std::fmt::Display;

use super::assets;
use super::i18n::{self, Language};

/// What the frame of a page shows. In templates: `l`.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// The language of the page.
    pub lang: Language,
    /// What the page is called: the first part of its `<title>`.
    pub title: String,
    /// Path and query of the page itself, for the language switch.
    pub path: String,
    /// The province in the header; the one of the demo unless the office says another.
    pub province: String,
    /// Who is signed in.
    pub who: Option<Who>,
    /// The service navigation.
    pub nav: Vec<NavItem>,
    /// The links of the footer; none unless given.
    pub footer: Vec<NavItem>,
    /// Shows the banner of the trial.
    pub demo: bool,
    /// The page answers a form with errors: its title says so first.
    pub error: bool,
    /// What was just done, above the content.
    pub flash: Option<String>,
}

/// The person who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The full name.
    pub name: String,
    /// The position or role, in the language of the page; may be empty.
    pub role: String,
    /// The token of the session, for the form that signs out.
    pub csrf: String,
}

/// A link of the service navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavItem {
    /// Where it leads.
    pub href: String,
    /// What it says.
    pub text: String,
    /// Whether this page is in its part of the service.
    pub current: bool,
}

impl NavItem {
    /// A link, not current.
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), text: text.into(), current: false }
    }
}

impl Layout {
    /// The frame of a page for a visitor: no navigation, nobody signed in.
    pub fn new(lang: Language, title: impl Into<String>, path: impl Into<String>) -> Self {
        Self {
            lang,
            title: title.into(),
            path: path.into(),
            province: i18n::t(lang, "province"),
            ..Self::default()
        }
    }

    /// With the navigation; the longest link that begins the path is the current one.
    pub fn with_nav(mut self, nav: Vec<NavItem>) -> Self {
        self.nav = nav;
        if self.nav.iter().all(|item| !item.current) {
            let path = self.path.split('?').next().unwrap_or_default();
            let current = self
                .nav
                .iter_mut()
                .filter(|item| is_within(path, &item.href))
                .max_by_key(|item| item.href.len());
            if let Some(item) = current {
                item.current = true;
            }
        }
        self
    }

    /// With somebody signed in.
    pub fn with_who(mut self, who: Option<Who>) -> Self {
        self.who = who;
        self
    }

    /// With the message of what was just done.
    pub fn with_flash(mut self, flash: Option<String>) -> Self {
        self.flash = flash;
        self
    }

    /// As the answer to a form with errors.
    pub fn with_error(mut self, error: bool) -> Self {
        self.error = error;
        self
    }

    /// The text of a key.
    pub fn t(&self, key: &str) -> String {
        i18n::t(self.lang, key)
    }

    /// The text of a key with one variable: `l.t1("deadline-days-left", "days", days)`.
    pub fn t1(&self, key: &str, name: &str, value: impl Display) -> String {
        i18n::t_with(self.lang, key, &[(name, value.to_string())])
    }

    /// The text of a key with two variables.
    pub fn t2(
        &self,
        key: &str,
        name: &str,
        value: impl Display,
        second: &str,
        other: impl Display,
    ) -> String {
        i18n::t_with(self.lang, key, &[(name, value.to_string()), (second, other.to_string())])
    }

    /// The address of a file of the browser.
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// The code of the language.
    pub fn code(&self) -> &'static str {
        self.lang.code()
    }

    /// The languages other than that of the page.
    pub fn other_languages(&self) -> Vec<Language> {
        Language::ALL.into_iter().filter(|language| *language != self.lang).collect()
    }

    /// This page in another language.
    pub fn in_language(&self, language: &Language) -> String {
        let (path, query) = self.path.split_once('?').unwrap_or((&self.path, ""));
        let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang="));
        let mut address = format!("{path}?");
        for pair in kept {
            address.push_str(pair);
            address.push('&');
        }
        address.push_str("lang=");
        address.push_str(language.code());
        address
    }
}

fn is_within(path: &str, href: &str) -> bool {
    path.strip_prefix(href).is_some_and(|rest| {
        rest.is_empty() || rest.starts_with('/') || (href.ends_with('/') && href != "/")
    })
}

#[cfg(test)]
mod tests;
