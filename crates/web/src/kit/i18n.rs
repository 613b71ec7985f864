//! The texts of the pages, in Vietnamese and English.
//!
//! Every file `locales/{vi,en}/*.ftl` is embedded: to add texts, drop a file into both folders. The
//! bundles are built once and shared by all threads.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

#[derive(RustEmbed)]
#[folder = "locales"]
#[include = "*.ftl"]
struct Locales;

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Vietnamese, the language of the record.
    #[default]
    Vi,
    /// English, for foreign applicants and visitors.
    En,
}

impl Language {
    /// Both, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The code, as in `lang="vi"` and `?lang=vi`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The name of the language in the language itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Vi => "Tiếng Việt",
            Self::En => "English",
        }
    }

    /// The language of a code; nothing for a code we do not speak.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}

struct Texts {
    vi: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

static TEXTS: LazyLock<Texts> =
    LazyLock::new(|| Texts { vi: bundle(Language::Vi), en: bundle(Language::En) });

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let tag: LanguageIdentifier = language.code().parse().expect("our codes are language tags");
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // The isolation marks would end up in what people copy and in what tests compare.
    bundle.set_use_isolating(false);
    for (file, source) in sources(language) {
        let resource = FluentResource::try_new(source).unwrap_or_else(|(resource, errors)| {
            tracing::error!(file, ?errors, "a text file is not Fluent");
            resource
        });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(file, ?errors, "a text is defined twice");
        }
    }
    bundle
}

/// The files of a language with their contents, in the order of their names.
fn sources(language: Language) -> Vec<(String, String)> {
    let folder = format!("{}/", language.code());
    let mut files: Vec<_> = Locales::iter().filter(|name| name.starts_with(&folder)).collect();
    files.sort_unstable();
    files
        .into_iter()
        .filter_map(|name| {
            let file = Locales::get(&name)?;
            Some((name.to_string(), String::from_utf8_lossy(&file.data).into_owned()))
        })
        .collect()
}

/// The text of a key. A key without text shows as `[key]`.
pub fn t(language: Language, key: &str) -> String {
    format(language, key, None)
}

/// The text of a key with its variables filled in. A whole number chooses its plural form.
///
/// ```
/// # use web::kit::i18n::{Language, t_with};
/// let text = t_with(Language::En, "deadline-days-left", &[("days", "1".to_owned())]);
/// assert_eq!(text, "1 day left");
/// ```
pub fn t_with(language: Language, key: &str, variables: &[(&str, String)]) -> String {
    let arguments: FluentArgs<'_> =
        variables.iter().map(|(name, value)| (*name, value_of(value))).collect();
    format(language, key, Some(&arguments))
}

/// A number only if it is written as one would write it: `007` is a code and stays a text.
fn value_of(text: &str) -> FluentValue<'_> {
    match text.parse::<u32>() {
        Ok(number) if number.to_string() == text => FluentValue::from(number),
        _ => FluentValue::from(text),
    }
}

fn format(language: Language, key: &str, arguments: Option<&FluentArgs<'_>>) -> String {
    let bundle = match language {
        Language::Vi => &TEXTS.vi,
        Language::En => &TEXTS.en,
    };
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        tracing::warn!(key, language = language.code(), "a text is missing");
        return format!("[{key}]");
    };
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, arguments, &mut errors).into_owned();
    if !errors.is_empty() {
        tracing::warn!(key, ?errors, "a text lacks a variable");
    }
    text
}

#[cfg(test)]
mod tests;
