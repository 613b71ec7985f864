//! A signed paper is still PDF/A-2a and PDF/UA-1, as far as structure shows it.

use std::process::Command;

use lopdf::{Dictionary, Document, Object};

use crate::house::{bare, issued};
use crate::tools::{Judges, run};

fn document() -> Document {
    Document::load_mem(issued()).unwrap()
}

fn dictionary<'a>(document: &'a Document, object: &'a Object) -> &'a Dictionary {
    document.dereference(object).unwrap().1.as_dict().unwrap()
}

fn widgets(document: &Document) -> Vec<&Dictionary> {
    let catalog = document.catalog().unwrap();
    let form = dictionary(document, catalog.get(b"AcroForm").unwrap());
    let fields = form.get(b"Fields").unwrap().as_array().unwrap();
    fields.iter().map(|field| dictionary(document, field)).collect()
}

#[test]
fn each_signature_is_visible_printed_and_named() {
    let document = document();
    let widgets = widgets(&document);
    assert_eq!(widgets.len(), 2);
    for widget in widgets {
        let corners: Vec<f32> =
            widget.get(b"Rect").unwrap().as_array().unwrap().iter().map(number).collect();
        assert!(corners[2] - corners[0] > 100.0 && corners[3] - corners[1] > 20.0);
        let flags = widget.get(b"F").unwrap().as_i64().unwrap();
        assert_eq!((flags & 4, flags & (1 | 2 | 32)), (4, 0), "printed, not hidden");
        let spoken = lopdf::decode_text_string(widget.get(b"TU").unwrap()).unwrap();
        assert!(spoken.contains("số của"), "{spoken}");
        assert!(!widget.has(b"A") && !widget.has(b"AA"));
        let appearances = dictionary(&document, widget.get(b"AP").unwrap());
        assert_eq!(appearances.iter().map(|(key, _)| key.as_slice()).collect::<Vec<_>>(), [b"N"]);
    }
}

fn number(object: &Object) -> f32 {
    object.as_float().unwrap()
}

#[test]
fn each_signature_has_its_place_in_the_structure() {
    let document = document();
    let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap();
    let root = dictionary(&document, root);
    let parents = dictionary(&document, root.get(b"ParentTree").unwrap());
    let parents = parents.get(b"Nums").unwrap().as_array().unwrap();
    for widget in widgets(&document) {
        let key = widget.get(b"StructParent").unwrap().as_i64().unwrap();
        assert!(root.get(b"ParentTreeNextKey").unwrap().as_i64().unwrap() > key);
        let entry = parents.chunks(2).find(|pair| pair[0].as_i64().unwrap() == key).unwrap();
        let element = dictionary(&document, &entry[1]);
        assert_eq!(element.get(b"S").unwrap().as_name().unwrap(), b"Form");
        let above = dictionary(&document, element.get(b"P").unwrap());
        assert!(above.get(b"K").unwrap().as_array().unwrap().contains(&entry[1]));
        let kid = element.get(b"K").unwrap().as_dict().unwrap();
        assert_eq!(dictionary(&document, kid.get(b"Obj").unwrap()), widget);
        let page = dictionary(&document, widget.get(b"P").unwrap());
        assert_eq!(page.get(b"Tabs").unwrap().as_name().unwrap(), b"S");
    }
    let before = Document::load_mem(bare()).unwrap();
    let old = dictionary(&before, before.catalog().unwrap().get(b"StructTreeRoot").unwrap());
    let old = dictionary(&before, old.get(b"ParentTree").unwrap());
    let old = old.get(b"Nums").map_or(0, |numbers| numbers.as_array().unwrap().len());
    assert_eq!(parents.len(), old + 4, "the old entries are kept");
}

#[test]
fn no_javascript_no_changed_metadata_no_new_colours() {
    let (before, after) = (Document::load_mem(bare()).unwrap(), document());
    let (old, new) = (before.catalog().unwrap(), after.catalog().unwrap());
    for (key, value) in old.iter() {
        assert_eq!(new.get(key).unwrap(), value);
    }
    let form = dictionary(&after, new.get(b"AcroForm").unwrap());
    assert!(!form.has(b"NeedAppearances") && !form.has(b"XFA"));
    let ids =
        |document: &Document| document.trailer.get(b"ID").unwrap().as_array().unwrap()[0].clone();
    assert_eq!(ids(&before), ids(&after));
}

#[test]
fn the_words_are_there_for_eyes_and_for_machines() {
    let judges = Judges::new();
    let file = judges.file("signed.pdf", issued());
    let fonts = run(Command::new("pdffonts").arg(&file));
    let fonts = String::from_utf8(fonts.stdout).unwrap();
    for font in fonts.lines().skip(2) {
        let columns: Vec<_> = font.split_whitespace().rev().collect();
        assert_eq!(columns[2..5], ["yes"; 3], "{font}");
    }
    let text = run(Command::new("pdftotext").arg("-layout").arg(&file).arg("-"));
    let text = String::from_utf8(text.stdout).unwrap();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Ký số bởi: Nguyễn Văn Mẫu"), "{text}");
    assert!(text.contains("Con dấu số của: Ủy ban nhân dân xã Đồng Văn"), "{text}");
}
