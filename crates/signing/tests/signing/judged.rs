//! Officer, seal and time-stamps: valid for everybody; one flipped byte: for nobody.

use signing::{Finding, Role, Verdict, validate};

use crate::house::{
    AGENCY, OFFICER, authority, issued, kept, now, officer, paper, seal, signed, signed_by,
    time_stamps,
};
use crate::tools::{Judges, times};

const PYHANKO_VALID: &str = "The signature is judged VALID.";
const PDFSIG_VALID: &str = "Signature Validation: Signature is Valid.";

#[test]
fn officer_seal_and_time_stamps_are_valid_for_everybody() {
    let judges = Judges::new();
    let pyhanko = judges.pyhanko(issued());
    assert_eq!(times(&pyhanko.text, PYHANKO_VALID), 2, "{}", pyhanko.text);
    assert_eq!(times(&pyhanko.text, "The TSA certificate is trusted."), 2, "{}", pyhanko.text);
    assert!(pyhanko.content, "{}", pyhanko.text);
    let pdfsig = judges.pdfsig(issued());
    assert_eq!(times(&pdfsig.text, PDFSIG_VALID), 2, "{}", pdfsig.text);
    assert!(pdfsig.text.contains(OFFICER) && pdfsig.text.contains(AGENCY), "{}", pdfsig.text);
    let qpdf = judges.qpdf(issued());
    assert!(qpdf.content, "{}", qpdf.text);
}

#[test]
fn we_say_who_signed_and_when() {
    let Verdict::Signed(all) = validate(issued(), &authority().trust(), now()) else {
        panic!("not signed")
    };
    let told: Vec<_> = all.iter().map(|one| (one.signer.as_str(), one.finding)).collect();
    assert_eq!(told, [(OFFICER, Finding::Valid), (AGENCY, Finding::Valid)]);
    for one in all {
        assert_eq!((one.stamped_at, one.signed_at), (Some(now()), Some(now())));
        assert_eq!(one.organisation.as_deref(), Some(AGENCY));
    }
}

#[test]
fn a_flipped_byte_is_invalid_for_everybody() {
    let judges = Judges::new();
    let mut flipped = issued().to_vec();
    // In the middle of a font: every reader can still open the file.
    flipped[paper().len() / 2] ^= 1;
    let verdict = validate(&flipped, &authority().trust(), now());
    let Verdict::Signed(all) = &verdict else { panic!("{verdict:?}") };
    assert!(all.iter().all(|one| one.finding == Finding::Altered), "{all:?}");
    let pyhanko = judges.pyhanko(&flipped);
    assert_eq!(times(&pyhanko.text, PYHANKO_VALID), 0, "{}", pyhanko.text);
    assert_eq!(times(&pyhanko.text, "judged INVALID"), 2, "{}", pyhanko.text);
    let pdfsig = judges.pdfsig(&flipped);
    assert_eq!(times(&pdfsig.text, PDFSIG_VALID), 0, "{}", pdfsig.text);
    assert_eq!(times(&pdfsig.text, "Digest Mismatch."), 2, "{}", pdfsig.text);
}

#[test]
fn no_byte_can_be_flipped() {
    let trust = authority().trust();
    for at in (0..issued().len()).step_by(1009) {
        let mut flipped = issued().to_vec();
        flipped[at] ^= 0x10;
        let verdict = validate(&flipped, &trust, now());
        // What may be changed is the zeros that fill the place of a container: signed by nobody,
        // and read by nobody.
        let is_padding =
            issued()[at] == b'0' && issued()[at - 8..at + 8].iter().all(|b| *b == b'0');
        assert!(is_padding || !verdict.is_valid(), "byte {at}: {verdict:?}");
    }
}

#[test]
fn the_paper_stays_below_its_signatures() {
    let officers = signed_by(&officer(), Role::Officer, paper(), Some(&time_stamps())).unwrap();
    assert!(officers.starts_with(paper()));
    assert!(issued().starts_with(&officers));
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let again = signed_by(&officer(), Role::Officer, paper(), Some(&time_stamps())).unwrap();
    let again = signed_by(&seal(), Role::Seal, &again, Some(&time_stamps())).unwrap();
    assert_eq!(again, issued());
}

#[test]
fn a_signature_without_a_time_stamp_is_valid_too() {
    let judges = Judges::new();
    let pyhanko = judges.pyhanko(&signed());
    assert_eq!(times(&pyhanko.text, PYHANKO_VALID), 1, "{}", pyhanko.text);
    let pdfsig = judges.pdfsig(&signed());
    assert_eq!(times(&pdfsig.text, PDFSIG_VALID), 1, "{}", pdfsig.text);
    assert!(validate(&signed(), &authority().trust(), now()).is_valid());
}

#[test]
fn every_paper_can_be_signed() {
    let judges = Judges::new();
    for (name, form) in documents::sample::named() {
        let paper = kept(&documents::render(&form, &documents::Templates::embedded()).unwrap());
        let signed = signed_by(&officer(), Role::Officer, &paper, None).unwrap();
        assert!(validate(&signed, &authority().trust(), now()).is_valid(), "{name}");
        let qpdf = judges.qpdf(&signed);
        assert!(qpdf.content, "{name}: {}", qpdf.text);
    }
}
