//! What we say of files that people hand in.

use documents::{Form, Templates, sample};
use lopdf::{Document, IncrementalDocument, Object, dictionary};
use signing::demo::{DemoAuthority, Period};
use signing::{Finding, Language, Role, Trust, Unreadable, Verdict, prepare, sign, validate};

use crate::house::{
    AGENCY, OFFICER, at, authority, issued, kept, now, officer, paper, period, request, seal,
    signed, signed_by, time_stamps,
};
use crate::tools::{Judges, times};

fn verdict(pdf: &[u8]) -> Verdict {
    validate(pdf, &authority().trust(), now())
}

fn findings(pdf: &[u8]) -> Vec<Finding> {
    match verdict(pdf) {
        Verdict::Signed(all) => all.into_iter().map(|one| one.finding).collect(),
        other => panic!("{other:?}"),
    }
}

/// An update of a signed file that touches what `change` touches.
fn updated(pdf: &[u8], change: impl FnOnce(&mut IncrementalDocument)) -> Vec<u8> {
    let before = Document::load_mem(pdf).unwrap();
    let mut update = IncrementalDocument::create_from(pdf.to_vec(), before);
    change(&mut update);
    let mut bytes = Vec::new();
    update.save_to(&mut bytes).unwrap();
    bytes
}

fn first_page(update: &mut IncrementalDocument) -> &mut lopdf::Dictionary {
    let page = update.get_prev_documents().page_iter().next().unwrap();
    update.opt_clone_object_to_new_document(page).unwrap();
    update.new_document.get_object_mut(page).unwrap().as_dict_mut().unwrap()
}

fn with_a_note(pdf: &[u8]) -> Vec<u8> {
    updated(pdf, |update| {
        let note = update.new_document.add_object(dictionary! {
            "Type" => "Annot",
            "Subtype" => "FreeText",
            "Rect" => vec![100.into(), 400.into(), 300.into(), 440.into()],
            "Contents" => Object::string_literal("12.500.000"),
            "DA" => Object::string_literal("/Helv 12 Tf 0 g"),
        });
        let page = first_page(update);
        let mut annotations =
            page.get(b"Annots").and_then(Object::as_array).cloned().unwrap_or_default();
        annotations.push(note.into());
        page.set("Annots", annotations);
    })
}

#[test]
fn an_unsigned_paper_is_told_as_such() {
    assert_eq!(verdict(paper()), Verdict::Unsigned);
    assert!(!verdict(paper()).is_valid());
}

#[test]
fn content_added_after_the_signature_is_found() {
    let noted = with_a_note(issued());
    assert_eq!(findings(&noted), [Finding::AddedTo; 2]);
    let pyhanko = Judges::new().pyhanko(&noted);
    assert_eq!(times(&pyhanko.text, "judged VALID"), 0, "{}", pyhanko.text);
}

#[test]
fn content_exchanged_after_the_signature_is_found() {
    let exchanged = updated(&signed(), |update| {
        let content = update
            .new_document
            .add_object(lopdf::Stream::new(dictionary! {}, b"0 0 1 rg 0 0 500 500 re f".to_vec()));
        first_page(update).set("Contents", content);
    });
    assert_eq!(findings(&exchanged), [Finding::AddedTo]);
    let renamed = updated(&signed(), |update| {
        let before = update.get_prev_documents();
        let font = before.objects.iter().find_map(|(id, object)| {
            object.type_name().is_ok_and(|name| name == b"Font").then_some(*id)
        });
        update.opt_clone_object_to_new_document(font.unwrap()).unwrap();
        let font = update.new_document.get_object_mut(font.unwrap()).unwrap();
        font.as_dict_mut().unwrap().set("ToUnicode", Object::Null);
    });
    assert_eq!(findings(&renamed), [Finding::AddedTo]);
}

#[test]
fn content_between_two_signatures_is_found() {
    let noted = with_a_note(&signed());
    let sealed = signed_by(&seal(), Role::Seal, &noted, None).unwrap();
    assert_eq!(findings(&sealed), [Finding::AddedTo, Finding::Valid]);
    assert!(!verdict(&sealed).is_valid());
}

#[test]
fn a_page_put_in_or_taken_out_is_found() {
    let form = Form::Receipt(sample::longest_receipt());
    let long = documents::render(&form, &Templates::embedded()).unwrap();
    let signed = signed_by(&officer(), Role::Officer, &kept(&long), None).unwrap();
    let shortened = updated(&signed, |update| {
        let pages = update.get_prev_documents().catalog().unwrap().get(b"Pages").unwrap();
        let pages = pages.as_reference().unwrap();
        update.opt_clone_object_to_new_document(pages).unwrap();
        let tree = update.new_document.get_object_mut(pages).unwrap().as_dict_mut().unwrap();
        let kids = tree.get_mut(b"Kids").unwrap().as_array_mut().unwrap();
        kids.pop();
    });
    assert_eq!(findings(&shortened), [Finding::AddedTo]);
}

#[test]
fn an_unsigned_field_and_an_overlaid_widget_are_found() {
    let field = updated(&signed(), |update| {
        let widget = update.new_document.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig",
            "T" => Object::string_literal("x"),
            "Rect" => vec![0.into(), 0.into(), 600.into(), 800.into()],
        });
        let page = first_page(update);
        let mut annotations = page.get(b"Annots").unwrap().as_array().unwrap().clone();
        annotations.push(widget.into());
        page.set("Annots", annotations);
        let root = update.get_prev_documents().trailer.get(b"Root").unwrap();
        let root = root.as_reference().unwrap();
        update.opt_clone_object_to_new_document(root).unwrap();
        let catalog = update.new_document.get_object_mut(root).unwrap().as_dict_mut().unwrap();
        let form = catalog.get_mut(b"AcroForm").unwrap().as_dict_mut().unwrap();
        form.get_mut(b"Fields").unwrap().as_array_mut().unwrap().push(widget.into());
    });
    assert_eq!(findings(&field), [Finding::AddedTo]);
}

#[test]
fn a_signed_range_that_leaves_something_out_is_no_signature() {
    let pdf = signed();
    let mut shifted = pdf.clone();
    let range = shifted.windows(13).rposition(|window| window == b"/ByteRange[0 ").unwrap();
    shifted[range + 13] = b'1';
    assert_eq!(findings(&shifted), [Finding::WrongFormat]);
    // What follows the signed range is an addition, even when no reader looks at it.
    assert_eq!(findings(&[pdf.as_slice(), b"% see"].concat()), [Finding::AddedTo]);
    assert!(verdict(&[pdf.as_slice(), b"\n"].concat()).is_valid());
}

#[test]
fn a_signature_cannot_be_moved_to_another_paper() {
    let other =
        documents::render(&Form::Refusal(sample::refusal()), &Templates::embedded()).unwrap();
    let empty =
        prepare(&kept(&other), &request(Role::Officer), officer_certificate(&officer())).unwrap();
    let stolen =
        prepare(paper(), &request(Role::Officer), officer_certificate(&officer())).unwrap();
    let signature = signing::Session::sign(&mut officer(), stolen.to_be_signed()).unwrap();
    let chain = officer();
    let refused = empty.assemble(&signature, signing::Session::chain(&chain), None);
    assert!(refused.is_err());
}

fn officer_certificate(key: &signing::KeyFile) -> &x509_cert::Certificate {
    signing::Session::chain(key).signer()
}

#[test]
fn a_certificate_must_hold_when_it_is_used() {
    let past = Period { from: period().from, until: at("2026-01-31T00:00:00Z") };
    let late = authority().signer_for(OFFICER, Some(AGENCY), past).unwrap();
    let expired = signed_by(&late, Role::Officer, paper(), Some(&time_stamps())).unwrap();
    assert_eq!(findings(&expired), [Finding::Expired]);
    let mut earlier = request(Role::Officer);
    earlier.at = at("2026-01-05T03:00:00Z");
    let in_time = sign(paper(), &earlier, &mut late.clone(), None).unwrap();
    assert!(validate(&in_time, &authority().trust(), now()).is_valid(), "it held then");
    let mut ahead = request(Role::Officer);
    ahead.at = at("2026-03-01T03:00:00Z");
    let ahead = sign(paper(), &ahead, &mut officer(), None).unwrap();
    assert_eq!(findings(&ahead), [Finding::Expired], "nobody signs in the future");
}

#[test]
fn a_stranger_is_not_trusted() {
    let stranger = DemoAuthority::new([9; 32], period()).unwrap();
    let forged = stranger.signer(OFFICER, Some(AGENCY)).unwrap();
    let signed = signed_by(&forged, Role::Officer, paper(), None).unwrap();
    assert_eq!(findings(&signed), [Finding::UnknownIssuer]);
    let nobody = validate(issued(), &Trust::default(), now());
    assert!(matches!(nobody, Verdict::Signed(all)
        if all.iter().all(|one| one.finding == Finding::WrongTimeStamp)));
    let pem = authority().root_pem().unwrap();
    assert!(validate(issued(), &Trust::from_pem(&pem).unwrap(), now()).is_valid());
}

#[test]
fn an_algorithm_that_is_not_known_is_no_accusation() {
    // The name of the algorithm (ecdsa-with-SHA256) becomes one that nobody knows.
    let mut unknown = signed();
    let name = b"06082a8648ce3d040302";
    let at = unknown.windows(name.len()).rposition(|window| window == name).unwrap();
    unknown[at + name.len() - 1] = b'9';
    assert_eq!(findings(&unknown), [Finding::Unsupported]);
    assert!(!verdict(&unknown).is_valid());
}

#[test]
fn an_officer_cannot_issue_certificates() {
    use der::Encode;
    // The chain claims the officer as issuer: names fit, but the officer is no authority.
    let officer = officer();
    let own = officer_certificate(&officer).to_der().unwrap();
    let stranger = DemoAuthority::new([9; 32], period()).unwrap();
    let forged = stranger.signer(OFFICER, None).unwrap();
    let leaf = officer_certificate(&forged).to_der().unwrap();
    let chain = signing::Chain::from_der(&[leaf, own]).unwrap();
    let prepared = prepare(paper(), &request(Role::Officer), chain.signer()).unwrap();
    let signature = signing::Session::sign(&mut forged.clone(), prepared.to_be_signed()).unwrap();
    let signed = prepared.assemble(&signature, &chain, None).unwrap();
    assert_eq!(findings(&signed), [Finding::UnknownIssuer]);
}

#[test]
fn verdicts_are_sentences_in_two_languages() {
    let said = |pdf: &[u8], language| verdict(pdf).in_words(language).join(" ");
    assert_eq!(
        said(&signed(), Language::Vietnamese),
        "Chữ ký số của Nguyễn Văn Mẫu (Ủy ban nhân dân xã Đồng Văn), 10:00 09/02/2026 (theo người \
         ký, không có dấu thời gian): hợp lệ; tệp không bị sửa từ khi ký."
    );
    assert!(said(issued(), Language::English).contains("10:00 09/02/2026 (time-stamped): valid;"));
    let altered = said(&with_a_note(&signed()), Language::Vietnamese);
    assert!(altered.contains("sau khi ký, tệp đã được thêm nội dung"), "{altered}");
    assert_eq!(said(paper(), Language::English), "The file has no digital signature.");
    let wrong = Verdict::Unreadable(Unreadable::NotPdf).in_words(Language::Vietnamese);
    assert_eq!(wrong, ["Tệp không phải là PDF. Hãy chọn tệp PDF."]);
}
