//! PDF/A-2a: what an archive asks.

use lopdf::{Dictionary, Document, Object};

use super::object::{as_dictionary, dictionary, get, has_text, is_set, items, name, property, xmp};
use super::{Found, Rule};

/// Actions that reach out of the file or change it.
const FORBIDDEN_ACTIONS: [&[u8]; 11] = [
    b"JavaScript",
    b"Launch",
    b"Sound",
    b"Movie",
    b"ResetForm",
    b"ImportData",
    b"Hide",
    b"SetOCGState",
    b"Rendition",
    b"Trans",
    b"GoTo3DView",
];

/// Bits of an annotation's flags: invisible, hidden, to be printed, no view.
const NOT_SEEN: i64 = 1 | 2 | 32;
const PRINTED: i64 = 4;

pub(super) fn judge(bytes: &[u8], document: &Document, found: &mut Found) {
    file(bytes, document, found);
    for (id, object) in &document.objects {
        let Some(dictionary) = as_dictionary(object) else { continue };
        let place = format!("object {} {}", id.0, id.1);
        stream(object, dictionary, &place, found);
        action(document, dictionary, &place, found);
        match name(document, dictionary, "Type") {
            Some(b"Font") => font(document, dictionary, &place, found),
            Some(b"Filespec") => attachment(document, dictionary, &place, found),
            Some(b"Annot") => annotation(document, dictionary, &place, found),
            _ => {}
        }
    }
    if let Ok(catalog) = document.catalog() {
        catalog_of(document, catalog, found);
    }
}

fn file(bytes: &[u8], document: &Document, found: &mut Found) {
    let mut lines = bytes.splitn(3, |byte| *byte == b'\n' || *byte == b'\r');
    let head = lines.next().is_some_and(|line| line.starts_with(b"%PDF-1."));
    let comment = lines.next().unwrap_or_default();
    let binary = comment.first() == Some(&b'%') && comment.iter().skip(1).take(4).count() == 4;
    let high = comment.iter().skip(1).take(4).all(|byte| *byte > 127);
    found.want(Rule::Header, (head && binary && high).then_some(()), "no binary comment");
    let named = items(document, document.trailer.get(b"ID").ok()).len() == 2;
    found.want(Rule::Identifier, named.then_some(()), "the trailer has no ID of two parts");
    if document.trailer.has(b"Encrypt") || document.was_encrypted() {
        found.add(Rule::Unencrypted, "the file is encrypted");
    }
}

fn stream(object: &Object, dictionary: &Dictionary, place: &str, found: &mut Found) {
    if !matches!(object, Object::Stream(_)) {
        return;
    }
    if dictionary.has(b"F") {
        found.add(Rule::Streams, format!("{place}: a stream outside the file"));
    }
    let filter = dictionary.get(b"Filter").ok();
    let lzw = |object: &Object| object.as_name().is_ok_and(|name| name == b"LZWDecode");
    if filter.is_some_and(|f| lzw(f) || f.as_array().is_ok_and(|all| all.iter().any(lzw))) {
        found.add(Rule::Streams, format!("{place}: LZW"));
    }
}

fn action(document: &Document, dictionary: &Dictionary, place: &str, found: &mut Found) {
    let kind = name(document, dictionary, "S").unwrap_or_default();
    let is_action = FORBIDDEN_ACTIONS.contains(&kind) && !dictionary.has(b"Pg");
    if is_action || dictionary.has(b"JS") {
        let kind = String::from_utf8_lossy(kind).into_owned();
        found.add(Rule::Actions, format!("{place}: action {kind}"));
    }
    for child in dictionary.iter().filter_map(|(_, value)| value.as_dict().ok()) {
        action(document, child, place, found);
    }
}

/// A font of our time: a simple one, or a composite one with its descendant.
fn font(document: &Document, font: &Dictionary, place: &str, found: &mut Found) {
    let kind = name(document, font, "Subtype").unwrap_or_default();
    if kind.starts_with(b"CIDFont") {
        return;
    }
    let descendants = items(document, font.get(b"DescendantFonts").ok());
    let program = descendants.first().and_then(|object| as_dictionary(object)).unwrap_or(font);
    let descriptor = dictionary(document, program, "FontDescriptor");
    let files = ["FontFile", "FontFile2", "FontFile3"];
    let embedded = descriptor.is_some_and(|d| files.iter().any(|file| d.has(file.as_bytes())));
    if !embedded && kind != b"Type3" {
        found.add(Rule::FontEmbedded, format!("{place}: not embedded"));
    }
    if !font.has(b"ToUnicode") {
        found.add(Rule::FontUnicode, format!("{place}: no ToUnicode"));
    }
}

fn attachment(document: &Document, file: &Dictionary, place: &str, found: &mut Found) {
    if !file.has(b"EF") {
        return;
    }
    let xmp = xmp(document).unwrap_or_default();
    if property(&xmp, "pdfaid:part") != Some("3") {
        found.add(Rule::EmbeddedFiles, format!("{place}: an embedded file, but not PDF/A-3"));
    } else if !file.has(b"AFRelationship") || has_text(document, file, "UF").is_none() {
        found.add(Rule::EmbeddedFiles, format!("{place}: no AFRelationship or no UF"));
    }
}

fn annotation(document: &Document, annotation: &Dictionary, place: &str, found: &mut Found) {
    let kind = name(document, annotation, "Subtype").unwrap_or_default();
    if kind == b"Popup" {
        return;
    }
    let flags = get(document, annotation, "F").and_then(|flags| flags.as_i64().ok()).unwrap_or(0);
    if flags & PRINTED == 0 || flags & NOT_SEEN != 0 {
        found.add(Rule::Annotations, format!("{place}: flags {flags}"));
    }
    let corners = items(document, annotation.get(b"Rect").ok());
    let edge = |at: usize| corners.get(at).and_then(|n| n.as_float().ok()).unwrap_or(0.0);
    let empty = edge(0) == edge(2) && edge(1) == edge(3);
    let drawn = dictionary(document, annotation, "AP").is_some_and(|ap| ap.has(b"N"));
    if kind != b"Link" && !empty && !drawn {
        found.add(Rule::Annotations, format!("{place}: no appearance"));
    }
}

fn catalog_of(document: &Document, catalog: &Dictionary, found: &mut Found) {
    let names = dictionary(document, catalog, "Names");
    if names.is_some_and(|names| names.has(b"JavaScript")) || catalog.has(b"AA") {
        found.add(Rule::Actions, "the catalogue has JavaScript or additional actions");
    }
    let form = dictionary(document, catalog, "AcroForm");
    if form
        .is_some_and(|form| form.has(b"XFA") || is_set(document, form, "NeedAppearances").is_some())
    {
        found.add(Rule::Forms, "XFA, or appearances that are yet to be made");
    }
    found.want(Rule::OutputIntent, intent(document, catalog), "no GTS_PDFA1 with an ICC profile");
    let marks = dictionary(document, catalog, "MarkInfo");
    let marked = marks.and_then(|marks| is_set(document, marks, "Marked"));
    found.want(Rule::Tagged, marked, "not marked as tagged");
    let tree = dictionary(document, catalog, "StructTreeRoot").map(|_| ());
    found.want(Rule::Tagged, tree, "no structure tree");
    match xmp(document) {
        None => found.add(Rule::Metadata, "no XMP metadata, or compressed"),
        Some(xmp) => {
            let part = property(&xmp, "pdfaid:part");
            let level = property(&xmp, "pdfaid:conformance");
            if !matches!(part, Some("2" | "3")) || level != Some("A") {
                let told = format!("part {part:?}, conformance {level:?}");
                found.add(Rule::ArchivalClaim, told);
            }
        }
    }
}

fn intent(document: &Document, catalog: &Dictionary) -> Option<()> {
    let intents = items(document, catalog.get(b"OutputIntents").ok());
    let ours = intents.into_iter().filter_map(as_dictionary);
    let mut ours = ours.filter(|i| name(document, i, "S") == Some(b"GTS_PDFA1"));
    let profile = get(document, ours.next()?, "DestOutputProfile")?.as_stream().ok()?;
    let icc = profile.decompressed_content().unwrap_or_else(|_| profile.content.clone());
    (icc.get(36..40) == Some(b"acsp")).then_some(())
}
