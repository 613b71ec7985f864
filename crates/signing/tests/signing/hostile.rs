//! Files made to hurt.

use std::process::Command;

use lopdf::dictionary;
use signing::{MAX_BYTES, Trust, Unreadable, Verdict, validate};

use crate::house::{authority, issued, now, paper};
use crate::tools::{Judges, run};

fn verdict(pdf: &[u8]) -> Verdict {
    validate(pdf, &Trust::default(), now())
}

#[test]
fn what_is_no_pdf_is_told() {
    for bytes in [&b""[..], b"GIF89a", b"PK\x03\x04", b"%PDF", &[0; 5000]] {
        assert_eq!(verdict(bytes), Verdict::Unreadable(Unreadable::NotPdf));
    }
    assert_eq!(verdict(b"%PDF-1.7\n%%EOF"), Verdict::Unreadable(Unreadable::Damaged));
}

#[test]
fn a_password_is_told() {
    let judges = Judges::new();
    let plain = judges.file("plain.pdf", paper());
    let locked = judges.path("locked.pdf");
    for user in ["user", ""] {
        let arguments = ["--encrypt", user, "owner", "256", "--"];
        let told = run(Command::new("qpdf").args(arguments).arg(&plain).arg(&locked));
        assert!(told.status.success());
        let bytes = std::fs::read(&locked).unwrap();
        assert_eq!(verdict(&bytes), Verdict::Unreadable(Unreadable::Encrypted), "{user:?}");
    }
}

#[test]
fn too_much_is_refused() {
    let mut large = paper().to_vec();
    large.resize(MAX_BYTES + 1, b' ');
    assert_eq!(verdict(&large), Verdict::Unreadable(Unreadable::TooLarge));
    let tables = [b"%PDF-1.7\n".as_slice(), &b"/Type/ObjStm ".repeat(5000)].concat();
    assert_eq!(verdict(&tables), Verdict::Unreadable(Unreadable::TooMany));
}

#[test]
fn a_small_file_cannot_unpack_to_a_large_one() {
    let mut bomb = lopdf::Stream::new(lopdf::Dictionary::new(), vec![0; 12 * 1024 * 1024]);
    bomb.compress().unwrap();
    assert!(bomb.content.len() < 16_000);
    let head = format!(
        "%PDF-1.7\n9 0 obj\n<</Type/XRef/W[1 4 2]/Size 1700000/Root 1 0 R/Filter/FlateDecode\
         /Length {}>>\nstream\n",
        bomb.content.len()
    );
    let tail = b"\nendstream\nendobj\nstartxref\n9\n%%EOF";
    let pdf = [head.as_bytes(), &bomb.content, tail].concat();
    assert!(matches!(verdict(&pdf), Verdict::Unreadable(_)));
}

#[test]
fn deep_nesting_does_not_overflow() {
    for (open, close) in [("[", "]"), ("<</A ", ">>"), ("(", ")")] {
        let deep = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
        let pdf = format!(
            "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/AcroForm {deep}>>\nendobj\n\
             2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n\
             3 0 obj\n<</Type/Page/Parent 2 0 R>>\nendobj\ntrailer\n<</Root 1 0 R/Size 4>>\n"
        );
        assert!(!verdict(pdf.as_bytes()).is_valid());
    }
}

#[test]
fn fields_that_go_round_in_a_circle_end() {
    let mut document = lopdf::Document::load_mem(paper()).unwrap();
    let field = document.new_object_id();
    document.set_object(field, dictionary! { "Kids" => vec![field.into(), field.into()] });
    let form = dictionary! { "Fields" => vec![field.into()] };
    document.catalog_mut().unwrap().set("AcroForm", form);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    assert_eq!(verdict(&bytes), Verdict::Unsigned);
}

#[test]
fn torn_and_scrambled_files_are_judged_without_a_crash() {
    let trust = authority().trust();
    for end in (0..issued().len()).step_by(2311) {
        assert!(!validate(&issued()[..end], &trust, now()).is_valid(), "torn at {end}");
    }
    let mut state: u32 = 1;
    for _ in 0..200 {
        let mut bytes = issued().to_vec();
        for _ in 0..40 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = (state as usize) % bytes.len();
            bytes[at] = (state >> 24) as u8;
        }
        assert!(!validate(&bytes, &trust, now()).is_valid());
    }
}
