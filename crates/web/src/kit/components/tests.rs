//! Every component against the examples of govuk-frontend itself.

mod dom;

use super::*;
use dom::normalised;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// An example of the package.
#[derive(Deserialize)]
struct Fixture {
    name: String,
    options: Value,
    html: String,
}

/// Where the package has its components.
fn package() -> PathBuf {
    let web = env!("CARGO_MANIFEST_DIR");
    PathBuf::from(web).join("../../frontend/node_modules/govuk-frontend/dist/govuk/components")
}

fn fixtures(component: &str) -> Vec<Fixture> {
    #[derive(Deserialize)]
    struct File {
        fixtures: Vec<Fixture>,
    }
    let path = package().join(component).join("fixtures.json");
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}: run `make frontend`", path.display()));
    serde_json::from_str::<File>(&text).unwrap().fixtures
}

/// The options in the shape of our structs: text or markup under one name, numbers as words.
/// Everything else keeps its name, so that an option we do not have is one that cannot be read.
fn shaped(options: &Value) -> Value {
    match options {
        Value::Array(items) => items.iter().map(shaped).collect(),
        Value::Object(fields) => {
            let mut shaped = fields.iter().map(field).collect::<Map<_, _>>();
            for (ours, text, html) in [
                ("content", "text", "html"),
                ("title", "titleText", "titleHtml"),
                ("summary", "summaryText", "summaryHtml"),
                ("description", "descriptionText", "descriptionHtml"),
            ] {
                let text = shaped.remove(text).map(|text| json!({ "Text": text }));
                let html = shaped.remove(html).map(|html| json!({ "Html": html }));
                if let Some(content) = html.or(text) {
                    shaped.insert(ours.to_owned(), content);
                }
            }
            shaped.into()
        }
        Value::Number(number) => number.to_string().into(),
        other => other.clone(),
    }
}

/// How many lines a field has stays a number. Words that the package has of itself are put in.
fn field((name, value): (&String, &Value)) -> (String, Value) {
    let value = match (name.as_str(), value) {
        ("rows", Value::Number(_)) => value.clone(),
        ("errorMessage", Value::Object(_)) => {
            with(shaped(value), &json!({ "visuallyHiddenText": "Error" }))
        }
        ("previous", Value::Object(_)) => with(shaped(value), &page("Previous")),
        ("next", Value::Object(_)) => with(shaped(value), &page("Next")),
        _ => shaped(value),
    };
    (name.clone(), value)
}

fn page(which: &str) -> Value {
    let words = format!("{which}<span class=\"govuk-visually-hidden\"> page</span>");
    json!({ "content": { "Html": words } })
}

/// With the words that the package takes where none are given; ours come with the language.
fn with(mut options: Value, defaults: &Value) -> Value {
    if let (Value::Object(options), Value::Object(defaults)) = (&mut options, defaults) {
        for (name, value) in defaults {
            options.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
    options
}

/// Compares the examples that our struct can express; `expected` of them at least.
fn check<C: DeserializeOwned + Display>(component: &str, defaults: Value, expected: usize) {
    let mut compared = Vec::new();
    let mut left_out = Vec::new();
    let mut wrong = Vec::new();
    for fixture in fixtures(component) {
        let options = with(shaped(&fixture.options), &defaults);
        match serde_json::from_value::<C>(options) {
            Err(why) => left_out.push(format!("{} ({why})", fixture.name)),
            Ok(ours) => {
                let (ours, theirs) = (normalised(&ours.to_string()), normalised(&fixture.html));
                if ours != theirs {
                    let name = &fixture.name;
                    wrong.push(format!("{name}\n-- ours\n{ours}\n-- theirs\n{theirs}\n"));
                }
                compared.push(fixture.name);
            }
        }
    }
    println!("{component}: {} compared: {compared:?}", compared.len());
    println!("{component}: {} left out: {left_out:?}", left_out.len());
    assert!(wrong.is_empty(), "{component} differs in {}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared.len() >= expected.max(1), "{component}: only {compared:?}");
}

/// A test for each component: its struct, the words of the package, how many at least.
macro_rules! held_against_the_package {
    ($($test:ident: $component:ty = $name:literal, $defaults:tt, $expected:literal;)+) => {
        $(#[test]
        fn $test() {
            check::<$component>($name, json!($defaults), $expected);
        })+

        const CHECKED: &[&str] = &[$($name),+];
    };
}

held_against_the_package! {
    back_link: BackLink = "back-link", { "content": { "Text": "Back" }, "href": "#" }, 7;
    breadcrumbs: Breadcrumbs = "breadcrumbs", { "labelText": "Breadcrumb" }, 11;
    button: Button = "button", {}, 31;
    checkboxes: Checkboxes = "checkboxes", {}, 26;
    details: Details = "details", {}, 10;
    error_message: ErrorMessage = "error-message", { "visuallyHiddenText": "Error" }, 9;
    error_summary: ErrorSummary = "error-summary", {}, 17;
    fieldset: Fieldset = "fieldset", {}, 18;
    file_upload: FileUpload = "file-upload", {}, 16;
    hint: Hint = "hint", {}, 6;
    input: Input = "input", {}, 42;
    inset_text: InsetText = "inset-text", {}, 6;
    label: Label = "label", {}, 17;
    pagination: Pagination = "pagination", { "landmarkLabel": "Pagination" }, 5;
    password_input: PasswordInput = "password-input", {}, 12;
    phase_banner: PhaseBanner = "phase-banner", {}, 7;
    radios: Radios = "radios", {}, 28;
    select: Select = "select", {}, 12;
    service_navigation: ServiceNavigation =
        "service-navigation", { "menuButtonText": "Menu" }, 11;
    skip_link: SkipLink = "skip-link", { "href": "#content" }, 9;
    summary_list: SummaryList = "summary-list", {}, 20;
    tag: Tag = "tag", {}, 12;
    textarea: Textarea = "textarea", {}, 15;
    warning_text: WarningText = "warning-text", { "iconFallbackText": "Warning" }, 8;
}

/// The templates of the pages, by path.
fn pages(within: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(within).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("templates/components") {
            pages(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "html") {
            found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The elements of a page whose class is that of a component.
fn by_hand(page: &str, component: &str) -> usize {
    let whole = format!("govuk-{component}");
    let part = format!("{whole}__");
    let lists = page.split("class=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let is_it = |class: &str| class == whole || class.starts_with(&part);
    lists.filter(|list| list.split([' ', '{', '}']).any(is_it)).count()
}

#[test]
fn pages_write_no_component_by_hand() {
    let mut found = Vec::new();
    pages(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), &mut found);
    assert!(found.len() > 20, "only {} templates", found.len());
    let all: Vec<String> = std::fs::read_dir(package())
        .unwrap_or_else(|error| panic!("{}: {error}: run `make frontend`", package().display()))
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .collect();
    for (path, page) in &found {
        for component in &all {
            assert_eq!(by_hand(page, component), 0, "{path} writes its own {component}");
        }
    }
    assert_eq!(by_hand("<b class=\"x govuk-tag{{ y }}\"><i class=\"govuk-tagged\">", "tag"), 1);
}

#[test]
fn every_component_is_held_against_the_package() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/components");
    let built: BTreeSet<String> = std::fs::read_dir(here)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter(|name| !name.starts_with('_'))
        .map(|name| name.trim_end_matches(".html").to_owned())
        .collect();
    let checked: BTreeSet<String> = CHECKED.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(built, checked);
}
