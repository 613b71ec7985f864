//! What a reader, a copy-and-paste and a camera get from the pages.

use documents::{Form, Orientation, SigningState, sample};
use serde_json::Value;

use crate::tools::{Paper, papers};

/// White space is where lines happen to break, and capitals are the template's choice.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<String>().to_lowercase()
}

#[test]
fn every_text_of_every_sample_is_on_the_paper() {
    for paper in papers() {
        let words = squeezed(&paper.words());
        let mut texts = Vec::new();
        let data = serde_json::to_value(&paper.form).unwrap();
        collect(&data, "", &mut texts);
        for (field, text) in texts {
            let printed = squeezed(text.trim_end_matches('.'));
            assert!(words.contains(&printed), "{}: {field}: {text}\n{words}", paper.name);
        }
    }
}

/// The texts of a form that are meant to be read on paper.
fn collect<'a>(data: &'a Value, field: &str, texts: &mut Vec<(String, &'a str)>) {
    let not_words = [
        "date",
        "open_date",
        "url",
        "by",
        "state",
        "block",
        "depth",
        "align",
        "orientation",
        "outcome",
    ];
    match data {
        Value::String(text) => texts.push((field.to_owned(), text)),
        Value::Array(items) => items.iter().for_each(|item| collect(item, field, texts)),
        Value::Object(map) => {
            for (name, item) in map.iter().filter(|(name, _)| !not_words.contains(&name.as_str())) {
                collect(item, name, texts);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn the_receipt_reads_as_the_decree_wants_it() {
    let paper = Paper::of("receipt", Form::Receipt(sample::receipt()));
    let words = squeezed(&paper.words());
    for line in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 07/TNHS",
        "Đồng Văn, ngày 09 tháng 02 năm 2026",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "4. Thời gian nhận hồ sơ: 08 giờ 35 phút, ngày 09 tháng 02 năm 2026",
        "5. Thời gian trả kết quả giải quyết hồ sơ: 16 giờ 45 phút, ngày 09 tháng 3 năm 2026",
        "Quyển số: 01; Số thứ tự: 07.",
        "75.000 đồng (đã nộp, biên lai số 0001234)",
    ] {
        assert!(words.contains(&squeezed(line)), "{line}\n{words}");
    }
}

#[test]
fn only_an_unsigned_result_is_marked_as_a_draft() {
    let mut result = sample::result_draft();
    let draft = Paper::of("draft", Form::ResultDraft(result.clone())).words();
    assert!(draft.contains("DỰ THẢO") && draft.contains("ngày …… tháng 02 năm 2026"), "{draft}");
    result.state = SigningState::Final;
    let signed = Paper::of("final", Form::ResultDraft(result)).words();
    assert!(!signed.contains("DỰ THẢO") && signed.contains("ngày 09 tháng 02 năm 2026"));
}

#[test]
fn nothing_leaves_the_margins() {
    papers().iter().for_each(stays_inside);
}

fn stays_inside(paper: &Paper) {
    let (left, right, bottom) = match &paper.form {
        Form::OfficialLetter(form) if form.orientation == Orientation::Landscape => {
            (85.0, 800.0, 570.0)
        }
        Form::Register(_) => (42.0, 814.0, 590.0),
        Form::ResultDraft(_)
        | Form::OfficialLetter(_)
        | Form::ResultLetter(_)
        | Form::PostalHandOver(_) => (85.0, 553.0, 825.0),
        _ => (39.6, 388.4, 570.0),
    };
    let boxes = paper.text_told_by("pdftotext", &["-bbox"], &["-"]);
    for word in boxes.lines().filter(|line| line.contains("<word")) {
        let edge = |name: &str| -> f64 {
            let value = word.split(&format!("{name}=\"")).nth(1).unwrap();
            value.split('"').next().unwrap().parse().unwrap()
        };
        let inside = edge("xMin") >= left && edge("xMax") <= right && edge("yMax") <= bottom;
        assert!(inside, "{}: {word}", paper.name);
    }
}

#[test]
fn a_text_longer_than_a_page_flows_on() {
    let long = format!("{} hết", "Lý do rất dài. ".repeat(400));
    let mut receipt = sample::receipt();
    receipt.components[1].name.clone_from(&long);
    let mut request = sample::supplement_request();
    request.items[0].content.clone_from(&long);
    let mut refusal = sample::refusal();
    refusal.reason.clone_from(&long);
    let mut slip = sample::control_slip();
    slip.hand_overs[1].note = Some(long.clone());
    let forms = [
        Form::Receipt(receipt),
        Form::SupplementRequest(request),
        Form::Refusal(refusal),
        Form::ControlSlip(slip),
    ];
    for form in forms {
        let paper = Paper::of("long", form);
        stays_inside(&paper);
        assert_eq!(squeezed(&paper.words()).matches("lýdorấtdài.").count(), 400);
    }
}

#[test]
fn ordinary_forms_fit_one_page() {
    for paper in papers().iter().filter(|paper| !paper.name.contains("longest")) {
        let pages = lopdf::Document::load_mem(&paper.bytes).unwrap().get_pages().len();
        let expected = if paper.name == "result-final" { 3 } else { 1 };
        assert_eq!(pages, expected, "{}", paper.name);
    }
}

#[test]
fn a_camera_reads_the_tracking_address() {
    for paper in papers() {
        let Some(tracking) = paper.form.tracking() else { continue };
        let last = matches!(paper.form, Form::ResultDraft(_) | Form::ResultLetter(_));
        let pages = lopdf::Document::load_mem(&paper.bytes).unwrap().get_pages().len();
        let page = if last { pages } else { 1 }.to_string();
        let shot = ["-r", "300", "-gray", "-f", &page, "-l", &page];
        let codes = scanned(&paper.told_by("pdftoppm", &shot, &[]));
        assert_eq!(codes, [tracking.url.as_str()], "{}", paper.name);
    }
}

/// Reads the QR codes in a binary PGM image.
fn scanned(image: &[u8]) -> Vec<String> {
    let mut fields = image.splitn(4, |byte| byte.is_ascii_whitespace());
    assert_eq!(fields.next(), Some(b"P5".as_slice()));
    let mut number =
        || -> usize { std::str::from_utf8(fields.next().unwrap()).unwrap().parse().unwrap() };
    let (width, height) = (number(), number());
    let pixels = &image[image.len() - width * height..];
    let mut shot =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]);
    shot.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect()
}
