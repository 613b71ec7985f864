//! An agency with its keys, and a paper to sign.

use std::sync::LazyLock;

use documents::{Form, ResultDraft, SigningState, Templates, sample};
use domain::time::Instant;
use signing::demo::{DemoAuthority, DemoTimeStamps, Period};
use signing::{
    Field, KeyFile, Page, Place, Request, Role, SignError, Signer, TimeStampService, TimeStamping,
    reserve, sign,
};

pub(crate) const OFFICER: &str = "Nguyễn Văn Mẫu";
pub(crate) const AGENCY: &str = "Ủy ban nhân dân xã Đồng Văn";

pub(crate) fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

pub(crate) fn now() -> Instant {
    at("2026-02-09T03:00:00Z")
}

pub(crate) fn period() -> Period {
    Period { from: at("2020-01-01T00:00:00Z"), until: at("2045-01-01T00:00:00Z") }
}

pub(crate) fn authority() -> DemoAuthority {
    DemoAuthority::new([7; 32], period()).unwrap()
}

pub(crate) fn officer() -> KeyFile {
    authority().signer(OFFICER, Some(AGENCY)).unwrap()
}

pub(crate) fn seal() -> KeyFile {
    authority().signer(AGENCY, Some(AGENCY)).unwrap()
}

pub(crate) fn time_stamps() -> DemoTimeStamps<fn() -> Instant> {
    authority().time_stamps(now as fn() -> Instant).unwrap()
}

/// A decision, as it comes out of the press.
pub(crate) fn bare() -> &'static [u8] {
    static BARE: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let issued = ResultDraft { state: SigningState::Final, ..sample::result_draft() };
        let form = Form::ResultDraft(issued);
        documents::render(&form, &Templates::embedded()).unwrap()
    });
    &BARE
}

/// The decision with places for its signatures.
pub(crate) fn paper() -> &'static [u8] {
    static PAPER: LazyLock<Vec<u8>> = LazyLock::new(|| kept(bare()));
    &PAPER
}

/// Both signatures stand in the lower margin of the last page, the seal at the right.
pub(crate) fn field(role: Role) -> Field {
    let left = match role {
        Role::Officer => 85.0,
        Role::Seal => 320.0,
    };
    let place = Place { page: Page::Last, left, bottom: 8.0, width: 220.0, height: 40.0 };
    Field { role, place }
}

pub(crate) fn kept(pdf: &[u8]) -> Vec<u8> {
    reserve(pdf, &[field(Role::Officer), field(Role::Seal)]).unwrap()
}

pub(crate) fn request(role: Role) -> Request<'static> {
    Request { role, at: now(), reason: None, note: None, font: documents::print_font() }
}

pub(crate) fn nonce() -> [u8; 8] {
    [0x91, 2, 3, 4, 5, 6, 7, 8]
}

pub(crate) fn stamping(service: &dyn TimeStampService) -> TimeStamping<'_> {
    TimeStamping { service, nonce: &nonce }
}

pub(crate) fn signed_by(
    signer: &dyn Signer,
    role: Role,
    pdf: &[u8],
    service: Option<&dyn TimeStampService>,
) -> Result<Vec<u8>, SignError> {
    sign(pdf, &request(role), &mut *signer.open()?, service.map(stamping))
}

/// The officer signs, then the seal: both with time-stamps.
pub(crate) fn issued() -> &'static [u8] {
    static ISSUED: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let service = time_stamps();
        let signed = signed_by(&officer(), Role::Officer, paper(), Some(&service)).unwrap();
        signed_by(&seal(), Role::Seal, &signed, Some(&service)).unwrap()
    });
    &ISSUED
}

/// The paper with only the officer's signature, without a time-stamp.
pub(crate) fn signed() -> Vec<u8> {
    signed_by(&officer(), Role::Officer, paper(), None).unwrap()
}
