//! Our own judge of PDF/A and PDF/UA: our papers keep every rule, and every rule finds what breaks
//! it.

use std::collections::BTreeSet;
use std::process::Command;

use documents::conformance::{Rule, findings};
use documents::{Form, Templates, render, sample};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use crate::tools::papers;

#[test]
fn our_papers_keep_every_rule() {
    for paper in papers() {
        let found: Vec<_> = findings(&paper.bytes).iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{}: {found:#?}", paper.name);
    }
}

#[test]
fn every_rule_finds_what_breaks_it() {
    let mut shown = BTreeSet::new();
    for (rule, break_it) in BREAKS {
        let mut document = paper();
        break_it(&mut document);
        let found: Vec<_> = findings(&saved(document)).iter().map(|f| f.rule).collect();
        assert!(found.contains(rule), "{rule:?} not among {found:?}");
        shown.insert(*rule);
    }
    let by_bytes = [
        (Rule::Readable, b"%PDF-1.7 and nothing".to_vec()),
        (Rule::Header, without_comment()),
        (Rule::Unencrypted, encrypted()),
    ];
    for (rule, bytes) in by_bytes {
        let found: Vec<_> = findings(&bytes).iter().map(|finding| finding.rule).collect();
        assert!(found.contains(&rule), "{rule:?} not among {found:?}");
        shown.insert(rule);
    }
    let all: BTreeSet<_> = Rule::ALL.iter().copied().collect();
    assert_eq!(shown, all);
}

#[test]
fn saving_alone_breaks_nothing() {
    assert_eq!(findings(&saved(paper())), []);
}

type Break = fn(&mut Document);

const BREAKS: &[(Rule, Break)] = &[
    (Rule::Identifier, |document| drop(document.trailer.remove(b"ID"))),
    (Rule::Streams, |document| {
        let lzw = Stream::new(dictionary! { "Filter" => "LZWDecode" }, vec![0x80, 0x0B, 0x60]);
        document.add_object(lzw);
    }),
    (Rule::EmbeddedFiles, |document| {
        let file = dictionary! { "Type" => "Filespec", "EF" => Dictionary::new() };
        document.add_object(file);
    }),
    (Rule::OutputIntent, |document| in_catalog(document, |c| drop(c.remove(b"OutputIntents")))),
    (Rule::FontEmbedded, |document| {
        each(document, |dictionary| {
            for file in ["FontFile", "FontFile2", "FontFile3"] {
                dictionary.remove(file.as_bytes());
            }
        });
    }),
    (Rule::FontUnicode, |document| each(document, |d| drop(d.remove(b"ToUnicode")))),
    (Rule::Annotations, |document| {
        document.add_object(dictionary! { "Type" => "Annot", "Subtype" => "Text", "F" => 2 });
    }),
    (Rule::Forms, |document| {
        in_catalog(document, |c| c.set("AcroForm", dictionary! { "XFA" => Object::Null }));
    }),
    (Rule::Actions, |document| {
        let script = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("1") };
        in_catalog(document, |catalog| catalog.set("OpenAction", script));
    }),
    (Rule::Metadata, |document| in_catalog(document, |c| drop(c.remove(b"Metadata")))),
    (Rule::ArchivalClaim, |document| in_xmp(document, "conformance>A<", "conformance>B<")),
    (Rule::Tagged, |document| in_catalog(document, |c| drop(c.remove(b"MarkInfo")))),
    (Rule::AccessibleClaim, |document| in_xmp(document, "pdfuaid:part>1<", "pdfuaid:part>2<")),
    (Rule::MarkedContent, |document| {
        let page = document.get_pages()[&1];
        let mut content = document.get_page_content(page).to_vec();
        content.extend_from_slice(b"\n0 0 9 9 re f\n");
        document.change_page_content(page, content).unwrap();
    }),
    (Rule::StandardTypes, |document| retype(document, b"P", "Story")),
    (Rule::Title, |document| in_xmp(document, "dc:title", "dc:name")),
    (Rule::Language, |document| in_catalog(document, |c| drop(c.remove(b"Lang")))),
    (Rule::Alternatives, |document| each(document, |d| drop(d.remove(b"Alt")))),
    (Rule::Headings, |document| retype(document, b"H1", "H3")),
    (Rule::Tables, |document| retype(document, b"TH", "TD")),
    (Rule::Lists, |document| retype(document, b"Table", "L")),
    (Rule::Interaction, |document| each(document, |d| drop(d.remove(b"Tabs")))),
];

fn paper() -> Document {
    let bytes = render(&Form::Receipt(sample::receipt()), &Templates::embedded()).unwrap();
    Document::load_mem(&bytes).unwrap()
}

fn saved(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn without_comment() -> Vec<u8> {
    let mut bytes = saved(paper());
    let line = bytes.iter().position(|byte| *byte == b'\n').unwrap();
    for byte in bytes[line + 1..].iter_mut().take_while(|byte| **byte != b'\n') {
        *byte = b'%';
    }
    bytes
}

fn encrypted() -> Vec<u8> {
    let [open, locked] = [(), ()].map(|()| tempfile::NamedTempFile::new().unwrap());
    std::fs::write(open.path(), saved(paper())).unwrap();
    let run = Command::new("qpdf")
        .args(["--encrypt", "", "owner", "256", "--"])
        .args([open.path(), locked.path()])
        .status()
        .unwrap();
    assert!(run.success());
    std::fs::read(locked.path()).unwrap()
}

fn each(document: &mut Document, change: impl Fn(&mut Dictionary)) {
    for object in document.objects.values_mut() {
        match object {
            Object::Dictionary(dictionary) => change(dictionary),
            Object::Stream(stream) => change(&mut stream.dict),
            _ => {}
        }
    }
}

fn retype(document: &mut Document, from: &[u8], to: &str) {
    each(document, |element| {
        if element.get(b"S").and_then(Object::as_name).is_ok_and(|kind| kind == from) {
            element.set("S", Object::Name(to.as_bytes().to_vec()));
        }
    });
}

fn in_catalog(document: &mut Document, change: impl FnOnce(&mut Dictionary)) {
    change(document.catalog_mut().unwrap());
}

fn in_xmp(document: &mut Document, from: &str, to: &str) {
    let id: ObjectId =
        document.catalog().unwrap().get(b"Metadata").unwrap().as_reference().unwrap();
    let stream = document.get_object_mut(id).unwrap().as_stream_mut().unwrap();
    let text = String::from_utf8(stream.content.clone()).unwrap();
    assert!(text.contains(from), "{text}");
    stream.set_content(text.replace(from, to).into_bytes());
}
