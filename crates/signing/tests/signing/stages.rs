//! Prepare, sign elsewhere, assemble; and many documents with one open key.

use signing::{
    Chain, KeyFile, Prepared, Role, Session, SignError, Signer, SignerError, Unreadable, prepare,
    reserve, sign_batch, validate,
};

use crate::house::{authority, bare, field, now, officer, paper, request, seal, signed};

fn prepared() -> Prepared {
    prepare(paper(), &request(Role::Officer), officer().chain().signer()).unwrap()
}

#[test]
fn a_prepared_document_survives_a_restart() {
    let stored = serde_json::to_string(&prepared()).unwrap();
    let woken: Prepared = serde_json::from_str(&stored).unwrap();
    assert_eq!(woken, prepared());
    let signature = officer().sign(woken.to_be_signed()).unwrap();
    let assembled = woken.assemble(&signature, officer().chain(), None).unwrap();
    assert_eq!(assembled, signed());
}

#[test]
fn a_service_may_sign_the_digest() {
    use p256::ecdsa::signature::hazmat::PrehashSigner;
    use p256::pkcs8::DecodePrivateKey;

    let (key, _) = officer().to_pem().unwrap();
    let key = p256::ecdsa::SigningKey::from_pkcs8_pem(&key).unwrap();
    let signature: p256::ecdsa::DerSignature = key.sign_prehash(&prepared().digest()).unwrap();
    let signed = prepared().assemble(signature.as_bytes(), officer().chain(), None).unwrap();
    assert!(validate(&signed, &authority().trust(), now()).is_valid());
}

#[test]
fn a_signature_that_does_not_fit_never_comes_out() {
    let mut wrong = officer().sign(b"another document").unwrap();
    let refused = prepared().assemble(&wrong, officer().chain(), None).unwrap_err();
    assert!(matches!(refused, SignError::WrongSignature));
    wrong.clear();
    let refused = prepared().assemble(&wrong, officer().chain(), None).unwrap_err();
    assert!(matches!(refused, SignError::WrongSignature));
    let signature = seal().sign(prepared().to_be_signed()).unwrap();
    let refused = prepared().assemble(&signature, seal().chain(), None).unwrap_err();
    assert!(matches!(refused, SignError::OtherCertificate));
}

#[test]
fn too_long_a_chain_is_told() {
    let officer = officer();
    let many = vec![officer.chain().certificates()[1].clone(); 40];
    let all = officer.chain().certificates()[..1].iter().cloned().chain(many);
    let all: Vec<Vec<u8>> = all.map(|one| der::Encode::to_der(&one).unwrap()).collect();
    let long = Chain::from_der(&all).unwrap();
    let signature = officer.clone().sign(prepared().to_be_signed()).unwrap();
    let refused = prepared().assemble(&signature, &long, None).unwrap_err();
    assert!(matches!(refused, SignError::TooLong { bytes } if bytes > 12_288), "{refused}");
}

#[test]
fn a_worklist_is_signed_with_one_open_key() {
    let officer = officer();
    let mut session = officer.open().unwrap();
    let worklist = [prepared(), prepared(), prepared()];
    for signed in sign_batch(&worklist, &mut *session, None) {
        assert!(validate(&signed.unwrap(), &authority().trust(), now()).is_valid());
    }
}

#[test]
fn a_key_comes_back_from_its_files() {
    let (key, certificates) = officer().to_pem().unwrap();
    let mut again = KeyFile::from_pem(&key, &certificates).unwrap();
    let message = b"m";
    assert_eq!(again.sign(message).unwrap(), officer().sign(message).unwrap());
    let (_, others) = seal().to_pem().unwrap();
    assert!(matches!(KeyFile::from_pem(&key, &others), Err(SignerError::NoKey(_))));
    assert!(matches!(
        KeyFile::from_pem("-----BEGIN", &certificates),
        Err(SignerError::UnsupportedKey)
    ));
}

#[test]
fn what_cannot_be_signed_is_told() {
    let signer = officer();
    let signer = signer.chain().signer();
    let refused = prepare(b"GIF89a", &request(Role::Officer), signer).unwrap_err();
    assert!(matches!(refused, SignError::Paper(Unreadable::NotPdf)));
    let mut narrow = field(Role::Officer);
    narrow.place.width = 30.0;
    let narrow = reserve(bare(), &[narrow]).unwrap();
    let refused = prepare(&narrow, &request(Role::Officer), signer).unwrap_err();
    assert!(matches!(refused, SignError::NoRoom));
    let mut fontless = request(Role::Officer);
    fontless.font = b"";
    assert!(matches!(prepare(paper(), &fontless, signer).unwrap_err(), SignError::Font(_)));
    let mut off = field(Role::Officer);
    off.place.page = signing::Page::Number(9);
    let refused = reserve(bare(), &[off]).unwrap_err();
    assert!(matches!(refused, SignError::Paper(Unreadable::Damaged)));
    let refused = prepare(bare(), &request(Role::Officer), signer).unwrap_err();
    assert!(matches!(refused, SignError::NoField(Role::Officer)));
    let refused = prepare(&signed(), &request(Role::Officer), signer).unwrap_err();
    assert!(matches!(refused, SignError::NoField(Role::Officer)), "it is taken");
}
