//! PDF/A-2a and PDF/UA-1, as far as structure shows it.

use documents::{Block, Form, sample};
use lopdf::{Dictionary, Document, Object};

use crate::tools::{Paper, papers};

#[test]
fn qpdf_finds_nothing_to_complain_about() {
    for paper in papers() {
        let told = paper.text_told_by("qpdf", &["--check"], &[]);
        assert!(told.contains("No syntax or stream encoding errors found"), "{told}");
    }
}

#[test]
fn every_font_is_embedded_as_a_subset_with_its_characters() {
    for paper in papers() {
        let told = paper.text_told_by("pdffonts", &[], &[]);
        let fonts: Vec<_> = told.lines().skip(2).collect();
        assert!(!fonts.is_empty());
        for font in fonts {
            let columns: Vec<_> = font.split_whitespace().rev().collect();
            assert_eq!(columns[2..5], ["yes"; 3], "{}: {font}", paper.name);
            assert!(font.contains("+Tinos"), "{}: {font}", paper.name);
        }
    }
}

#[test]
fn the_file_says_that_it_is_tagged_vietnamese_and_conformant() {
    for paper in papers() {
        let document = Document::load_mem(&paper.bytes).unwrap();
        let catalog = document.catalog().unwrap();
        let marks = dictionary(&document, catalog.get(b"MarkInfo").unwrap());
        assert!(marks.get(b"Marked").unwrap().as_bool().unwrap());
        assert!(catalog.get(b"StructTreeRoot").is_ok());
        assert!(catalog.get(b"Lang").unwrap().as_str().unwrap().starts_with(b"vi"));
        let preferences = dictionary(&document, catalog.get(b"ViewerPreferences").unwrap());
        assert!(preferences.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
        let intents = resolved(&document, catalog.get(b"OutputIntents").unwrap());
        let intent = dictionary(&document, &intents.as_array().unwrap()[0]);
        assert_eq!(intent.get(b"S").unwrap().as_name().unwrap(), b"GTS_PDFA1");
        let xmp = xmp(&document);
        for part in [
            "<pdfaid:part>2</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
            "<xmp:CreateDate>2026-02-09T08:35:00+07:00</xmp:CreateDate>",
        ] {
            assert!(xmp.contains(part), "{}: no {part} in {xmp}", paper.name);
        }
    }
}

#[test]
fn the_file_names_its_title_and_its_author() {
    let paper = Paper::of("receipt", Form::Receipt(sample::receipt()));
    let xmp = xmp(&Document::load_mem(&paper.bytes).unwrap());
    assert!(xmp.contains("Giấy tiếp nhận hồ sơ và hẹn trả kết quả – H60.11.06-260209-0001"));
    assert!(xmp.contains("Trung tâm Phục vụ hành chính công"));
}

#[test]
fn every_qr_code_is_a_figure_with_words_for_it() {
    for paper in papers() {
        let document = Document::load_mem(&paper.bytes).unwrap();
        let figures: Vec<_> = structure(&document, b"Figure").collect();
        assert_eq!(figures.len(), usize::from(paper.form.tracking().is_some()), "{}", paper.name);
        for (figure, tracking) in figures.into_iter().zip(paper.form.tracking()) {
            let alt = lopdf::decode_text_string(figure.get(b"Alt").unwrap()).unwrap();
            assert!(alt.starts_with("Mã QR") && alt.ends_with(&tracking.url), "{alt}");
        }
    }
}

#[test]
fn tables_have_header_cells_and_pages_a_first_heading() {
    for paper in papers() {
        let document = Document::load_mem(&paper.bytes).unwrap();
        let count = |kind: &[u8]| structure(&document, kind).count();
        let (tables, headers) = match &paper.form {
            Form::OfficialLetter(form) => form.body.iter().fold((0, 0), |sum, block| match block {
                Block::Table(table) => (sum.0 + 1, sum.1 + table.columns.len()),
                Block::Heading { .. }
                | Block::Paragraph { .. }
                | Block::List { .. }
                | Block::Annex { .. } => sum,
            }),
            Form::Receipt(_) => (1, 4),
            Form::SupplementRequest(_) => (1, 6),
            Form::ControlSlip(_) => (1, 4),
            Form::Register(_) => (1, 17),
            Form::PostalHandOver(_) => (1, 6),
            Form::RatingSlip(_) => (1, 5),
            Form::Refusal(_)
            | Form::Apology(_)
            | Form::StopNotice(_)
            | Form::ResultLetter(_)
            | Form::ResultDraft(_) => (0, 0),
        };
        assert_eq!((count(b"Table"), count(b"TH")), (tables, headers), "{}", paper.name);
        assert_eq!(count(b"H1"), 1, "{}", paper.name);
    }
}

fn xmp(document: &Document) -> String {
    let metadata = resolved(document, document.catalog().unwrap().get(b"Metadata").unwrap());
    String::from_utf8(metadata.as_stream().unwrap().content.clone()).unwrap()
}

fn resolved<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    document.dereference(object).unwrap().1
}

fn dictionary<'a>(document: &'a Document, object: &'a Object) -> &'a Dictionary {
    resolved(document, object).as_dict().unwrap()
}

/// The structure elements of a kind.
fn structure<'a>(document: &'a Document, kind: &[u8]) -> impl Iterator<Item = &'a Dictionary> {
    document.objects.values().filter_map(move |object| {
        let element = object.as_dict().ok()?;
        let is_kind = element.get(b"S").and_then(Object::as_name).is_ok_and(|s| s == kind);
        (is_kind && element.has(b"P")).then_some(element)
    })
}
