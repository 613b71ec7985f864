//! How a page writes components: through its frame, which knows the language.

use super::{
    Action, BackLink, Breadcrumbs, Button, Checkboxes, ChoiceItem, Content, Details, ErrorItem,
    ErrorMessage, ErrorSummary, Fieldset, FileUpload, Hint, Input, InsetText, Legend, Pagination,
    PasswordInput, PhaseBanner, Row, Select, ServiceLink, ServiceNavigation, SkipLink, SummaryList,
    Tag, WarningText,
};
use crate::kit::layout::{Layout, NavItem};
use std::borrow::Borrow;
use std::fmt::Display;

/// What stands around the content of every page.
impl Layout {
    /// Past the frame.
    #[must_use]
    pub fn skip_link(&self) -> SkipLink {
        let content = self.t("skip-to-content").into();
        SkipLink { content, href: "#main-content".to_owned(), ..SkipLink::default() }
    }

    /// The parts of the service.
    #[must_use]
    pub fn navigation(&self) -> ServiceNavigation {
        let part = |item: &NavItem| ServiceLink {
            content: (&item.text).into(),
            href: item.href.clone(),
            active: item.current,
            ..ServiceLink::default()
        };
        let mut navigation = ServiceNavigation {
            navigation: self.nav.iter().map(part).collect(),
            menu_button_text: self.t("menu"),
            ..ServiceNavigation::default()
        };
        navigation.classes.add("mc-nav");
        navigation
    }

    /// That this is a trial.
    #[must_use]
    pub fn trial(&self) -> PhaseBanner {
        let tag = Tag::new(self.t("phase-demo"));
        PhaseBanner { tag, content: self.t("phase-demo-text").into(), ..PhaseBanner::default() }
    }

    /// Where the page stands.
    #[must_use]
    pub fn path_of(&self, label: &str) -> Breadcrumbs {
        Breadcrumbs { label: self.t(label), ..Breadcrumbs::default() }
    }

    /// Back to the page before.
    #[must_use]
    pub fn back(&self, href: impl Display, key: &str) -> BackLink {
        let content = self.t(key).into();
        BackLink { content, href: href.to_string(), ..BackLink::default() }
    }

    /// To the pages beside this one.
    #[must_use]
    pub fn pages(&self, label: &str) -> Pagination {
        Pagination { landmark_label: self.t(label), ..Pagination::default() }
    }
}

/// What stands in the content.
impl Layout {
    /// A word for a state, in a colour of the package.
    #[must_use]
    pub fn tag(&self, colour: &str, content: impl Into<Content>) -> Tag {
        Tag::new(content).colour(colour)
    }

    /// A link within a line of a summary.
    #[must_use]
    pub fn link(&self, href: impl Display, key: &str) -> Action {
        Action::new(href, self.t(key))
    }

    /// Keys and values, line by line.
    #[must_use]
    pub fn summary(&self) -> SummaryList {
        SummaryList::default()
    }

    /// Keys and values that the page has ready.
    #[must_use]
    pub fn facts<R>(&self, rows: &[R]) -> SummaryList
    where
        Row: for<'r> From<&'r R>,
    {
        SummaryList { rows: rows.iter().map(Row::from).collect(), ..SummaryList::default() }
    }

    /// Markup set apart.
    #[must_use]
    pub fn inset(&self, markup: impl Display) -> InsetText {
        InsetText { content: Content::html(markup), ..InsetText::default() }
    }

    /// Words set apart.
    #[must_use]
    pub fn inset_words(&self, words: impl Into<Content>) -> InsetText {
        InsetText { content: words.into(), ..InsetText::default() }
    }

    /// What cannot be undone.
    #[must_use]
    pub fn warning(&self, content: impl Into<Content>) -> WarningText {
        let icon_fallback_text = self.t("component-warning");
        WarningText { content: content.into(), icon_fallback_text, ..WarningText::default() }
    }

    /// Markup that opens.
    #[must_use]
    pub fn details(&self, summary: impl Into<Content>, markup: impl Display) -> Details {
        let (summary, content) = (summary.into(), Content::html(markup));
        Details { summary, content, ..Details::default() }
    }
}

/// What stands in forms.
impl Layout {
    /// The button that sends a form.
    #[must_use]
    pub fn submit(&self, key: &str) -> Button {
        Button { content: self.t(key).into(), ..Button::default() }
    }

    /// A link that looks like a button.
    #[must_use]
    pub fn link_button(&self, href: impl Display, content: impl Into<Content>) -> Button {
        Button { content: content.into(), href: href.to_string(), ..Button::default() }
    }

    /// One line.
    #[must_use]
    pub fn input(&self, name: impl Display, label: impl Into<Content>) -> Input {
        Input::new(name, label)
    }

    /// One of many, folded.
    #[must_use]
    pub fn select(&self, name: impl Display, label: impl Into<Content>) -> Select {
        Select::new(name, label)
    }

    /// A file, with a place to drop it on.
    #[must_use]
    pub fn file(&self, name: impl Display, label: impl Into<Content>) -> FileUpload {
        FileUpload::new(name, label).with_place()
    }

    /// A single box to tick, sent as `1`.
    #[must_use]
    pub fn tick(
        &self,
        id: impl Display,
        name: impl Display,
        content: impl Into<Content>,
    ) -> Checkboxes {
        Checkboxes::single(id, name, ChoiceItem::new(1, content))
    }

    /// A password.
    #[must_use]
    pub fn password(&self, name: impl Display, label: impl Into<Content>) -> PasswordInput {
        let mut field = PasswordInput::new(name, label);
        field.show_password_text = self.t("sign-in-show");
        field.show_password_aria_label_text = self.t("sign-in-show-label");
        field
    }

    /// Fields that belong together, under a heading.
    #[must_use]
    pub fn group(&self, legend: impl Into<Content>, markup: impl Display) -> Fieldset {
        let (legend, class) = (legend.into(), "govuk-fieldset__heading");
        let heading = Content::html(format_args!("<h2 class=\"{class}\">{legend}</h2>"));
        let mut legend = Legend { content: heading, ..Legend::default() };
        legend.classes.add("govuk-fieldset__legend--m");
        Fieldset { legend, content: Content::html(markup), ..Fieldset::default() }
    }

    /// Help that stands by itself.
    #[must_use]
    pub fn hint(&self, id: impl Display, content: impl Into<Content>) -> Hint {
        Hint { id: id.to_string(), ..Hint::new(content) }
    }

    /// What is wrong, if anything is.
    #[must_use]
    pub fn wrong(&self, error: &Option<String>) -> Option<ErrorMessage> {
        error.as_ref().map(|error| self.error_message("", error))
    }

    /// A message that stands by itself.
    #[must_use]
    pub fn error_message(&self, id: impl Display, error: impl Into<Content>) -> ErrorMessage {
        let word = self.t("title-error-prefix");
        let visually_hidden_text = word.trim_end_matches(':').to_owned();
        let (id, content) = (id.to_string(), error.into());
        ErrorMessage { content, visually_hidden_text, id, ..ErrorMessage::default() }
    }

    /// A text of the house and what it is about: `Số bản: Đơn đề nghị`.
    #[must_use]
    pub fn labelled(&self, key: &str, what: impl Display) -> String {
        format!("{}: {what}", self.t(key))
    }

    /// What a field asks for, and whether it must be answered.
    #[must_use]
    pub fn asks(&self, label: impl Into<Content>, required: impl Borrow<bool>) -> Content {
        let (label, class) = (label.into(), "govuk-!-font-weight-regular");
        if !required.borrow() {
            return label;
        }
        let must = Content::from(self.t("field-required"));
        Content::html(format_args!("{label} <span class=\"{class}\">({must})</span>"))
    }

    /// One problem, at its field.
    #[must_use]
    pub fn problem(&self, title: &str, href: &str, content: impl Into<Content>) -> ErrorSummary {
        let error_list = vec![ErrorItem::new(href, content)];
        ErrorSummary { title: self.t(title).into(), error_list, ..ErrorSummary::default() }
    }

    /// All problems of a page.
    #[must_use]
    pub fn problems<C>(&self, whole: &Option<String>, each: &[C]) -> ErrorSummary
    where
        ErrorItem: for<'c> From<&'c C>,
    {
        ErrorSummary {
            title: self.t("problems-title").into(),
            description: whole.as_ref().map(Content::from).unwrap_or_default(),
            error_list: each.iter().map(ErrorItem::from).collect(),
            ..ErrorSummary::default()
        }
    }
}
