//! Markup without what a reader of the page cannot notice: for comparing.

use scraper::{ElementRef, Html, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Elements within a line of text: between them and the text every space counts.
const INLINE: [&str; 7] = ["a", "span", "strong", "em", "b", "i", "code"];

/// Elements whose text counts to the letter.
const VERBATIM: [&str; 2] = ["textarea", "pre"];

/// The tree, a line for each element and text, and below it the words as one reads them.
pub(super) fn normalised(markup: &str) -> String {
    let parsed = Html::parse_fragment(markup);
    let mut out = String::new();
    let mut words = String::new();
    children(parsed.root_element(), 0, &mut out, &mut words);
    let _ = write!(out, "reads: {}", collapsed(&words));
    out
}

fn children(parent: ElementRef<'_>, depth: usize, out: &mut String, words: &mut String) {
    let verbatim = VERBATIM.contains(&parent.value().name());
    for child in parent.children() {
        match child.value() {
            Node::Text(text) => {
                words.push_str(text);
                let text = if verbatim { text.to_string() } else { collapsed(text) };
                if !text.is_empty() {
                    let _ = writeln!(out, "{:depth$}{text:?}", "");
                }
            }
            Node::Element(_) => {
                if let Some(element) = ElementRef::wrap(child) {
                    one(element, depth, out, words);
                }
            }
            _ => {}
        }
    }
}

fn one(element: ElementRef<'_>, depth: usize, out: &mut String, words: &mut String) {
    let name = element.value().name();
    let attributes: BTreeMap<&str, String> = element
        .value()
        .attrs()
        .map(|(name, value)| match name {
            "class" => (name, value.split_whitespace().collect::<BTreeSet<_>>()),
            _ => (name, BTreeSet::from([value])),
        })
        .map(|(name, values)| (name, values.into_iter().collect::<Vec<_>>().join(" ")))
        .collect();
    let _ = writeln!(out, "{:depth$}<{name}> {attributes:?}", "");
    let apart = !INLINE.contains(&name);
    if apart {
        words.push(' ');
    }
    children(element, depth + 2, out, words);
    if apart {
        words.push(' ');
    }
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn only_what_cannot_be_noticed_is_left_out() {
    let same = |a: &str, b: &str| normalised(a) == normalised(b);
    assert!(same("<p class=\"a  b\" id=\"x\">\n hi\n</p>", "<p id=x class='b a'>hi<!--c--></p>"));
    assert!(!same("<p class=a>hi</p>", "<p class=b>hi</p>"));
    assert!(!same("<p id=a>hi</p>", "<p>hi</p>"));
    assert!(!same("<p>hi</p>", "<div>hi</div>"));
    assert!(!same("<p>hi</p>", "<p>ho</p>"));
    assert!(!same("<p><b>a</b> b</p>", "<p><b>a</b>b</p>"));
    assert!(same("<div><p>a</p> <p>b</p></div>", "<div><p>a</p><p>b</p></div>"));
    assert!(!same("<p><i>a</i></p><p></p>", "<p><i>a</i><b></b></p>"));
    assert!(!same("<textarea>a\nb</textarea>", "<textarea>a b</textarea>"));
}
