//! PDF/UA-1: what a screen reader asks.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};

use super::object::{as_dictionary, dictionary, get, has_text, is_set, items, name, property, xmp};
use super::structure::{Element, tree};
use super::{Found, Rule};

/// Operators that put something on the page.
const PAINTS: [&str; 14] =
    ["Tj", "TJ", "'", "\"", "Do", "S", "s", "f", "F", "f*", "B", "B*", "b", "sh"];

pub(super) fn judge(document: &Document, found: &mut Found) {
    let Ok(catalog) = document.catalog() else { return };
    let xmp = xmp(document).unwrap_or_default();
    let claim = (property(&xmp, "pdfuaid:part") == Some("1")).then_some(());
    found.want(Rule::AccessibleClaim, claim, "the metadata do not name PDF/UA-1");
    found.want(Rule::Language, has_text(document, catalog, "Lang"), "no language");
    let view = dictionary(document, catalog, "ViewerPreferences");
    let shown = view.and_then(|view| is_set(document, view, "DisplayDocTitle"));
    found.want(Rule::Title, shown, "viewers are not told to show the title");
    found.want(Rule::Title, title(&xmp), "no title in the metadata");
    let roots = tree(document);
    let elements: Vec<&Element<'_>> = roots.iter().flat_map(Element::all).collect();
    for element in &elements {
        judge_element(document, element, found);
    }
    headings(&elements, found);
    for (number, id) in document.get_pages() {
        if let Ok(page) = document.get_dictionary(id) {
            judge_page(document, page, id, number, found);
        }
    }
}

fn title(xmp: &str) -> Option<()> {
    let title = xmp.split("<dc:title>").nth(1)?.split("</dc:title>").next()?;
    let words = title.split("<rdf:li").nth(1)?.split('>').nth(1)?.split('<').next()?;
    (!words.trim().is_empty()).then_some(())
}

fn judge_element(document: &Document, element: &Element<'_>, found: &mut Found) {
    let kind = element.kind.as_str();
    if !element.known {
        found.add(Rule::StandardTypes, format!("the type {kind} is not explained"));
    }
    let said = |key| has_text(document, element.dictionary, key);
    if matches!(kind, "Figure" | "Formula") && said("Alt").or(said("ActualText")).is_none() {
        found.add(Rule::Alternatives, format!("a {kind} without words"));
    }
    match kind {
        "Table" => table(document, element, found),
        "TR" => only(element, &["TH", "TD"], Rule::Tables, found),
        "L" => only(element, &["LI", "Caption", "L"], Rule::Lists, found),
        "LI" => only(element, &["Lbl", "LBody"], Rule::Lists, found),
        _ => {}
    }
}

fn only(element: &Element<'_>, kinds: &[&str], rule: Rule, found: &mut Found) {
    for child in element.children.iter().filter(|child| !kinds.contains(&child.kind.as_str())) {
        found.add(rule, format!("{} in {}", child.kind, element.kind));
    }
}

fn table(document: &Document, table: &Element<'_>, found: &mut Found) {
    only(table, &["THead", "TBody", "TFoot", "TR", "Caption"], Rule::Tables, found);
    let cells = table.all();
    let heads: Vec<_> = cells.iter().filter(|cell| cell.kind == "TH").collect();
    if heads.is_empty() {
        found.add(Rule::Tables, "a table without header cells");
    }
    for head in heads {
        let attributes = items(document, head.dictionary.get(b"A").ok());
        let mut attributes = attributes.into_iter().filter_map(as_dictionary);
        if !attributes.any(|a| name(document, a, "Scope").is_some()) {
            found.add(Rule::Tables, "a header cell without a scope");
        }
    }
}

fn headings(elements: &[&Element<'_>], found: &mut Found) {
    let mut last = 0;
    for element in elements {
        let level = element.kind.strip_prefix('H').and_then(|level| level.parse::<u32>().ok());
        let Some(level) = level else { continue };
        if level > last + 1 {
            found.add(Rule::Headings, format!("H{level} after H{last}"));
        }
        last = level;
    }
}

fn judge_page(
    document: &Document,
    page: &Dictionary,
    id: lopdf::ObjectId,
    number: u32,
    found: &mut Found,
) {
    let annotations = items(document, page.get(b"Annots").ok());
    if !annotations.is_empty() && name(document, page, "Tabs") != Some(b"S") {
        found.add(Rule::Interaction, format!("page {number}: the tab key loses its way"));
    }
    for annotation in annotations.into_iter().filter_map(as_dictionary) {
        described(document, annotation, number, found);
    }
    match Content::decode(&document.get_page_content(id)) {
        Ok(content) => marked(&content, number, found),
        Err(error) => found.add(Rule::Readable, format!("page {number}: {error}")),
    }
}

fn described(document: &Document, annotation: &Dictionary, number: u32, found: &mut Found) {
    let kind = name(document, annotation, "Subtype").unwrap_or_default();
    let flags = get(document, annotation, "F").and_then(|flags| flags.as_i64().ok()).unwrap_or(0);
    if flags & 2 != 0 || kind == b"Popup" {
        return;
    }
    let words = match kind {
        b"Widget" => has_text(document, annotation, "TU"),
        _ => has_text(document, annotation, "Contents"),
    };
    let place = matches!(get(document, annotation, "StructParent"), Some(Object::Integer(_)));
    if words.is_none() || !place {
        let kind = String::from_utf8_lossy(kind).into_owned();
        found.add(Rule::Interaction, format!("page {number}: {kind} without words or place"));
    }
}

/// What is painted outside of all marks is neither read nor passed over.
fn marked(content: &Content, number: u32, found: &mut Found) {
    let mut depth = 0_usize;
    for operation in &content.operations {
        match operation.operator.as_str() {
            "BMC" | "BDC" => depth += 1,
            "EMC" => depth = depth.saturating_sub(1),
            paints if PAINTS.contains(&paints) && depth == 0 => {
                found.add(Rule::MarkedContent, format!("page {number}: {paints} is not marked"));
                return;
            }
            _ => {}
        }
    }
}
