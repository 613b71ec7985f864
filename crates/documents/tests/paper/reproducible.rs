//! The same form gives the same bytes, in any process and any time zone.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::process::Command;

use documents::{Form, Templates, render, sample};

const MARK: &str = "digest of all samples:";

fn digest() -> u64 {
    let mut hasher = DefaultHasher::new();
    for form in sample::all() {
        render(&form, &Templates::embedded()).unwrap().hash(&mut hasher);
    }
    hasher.finish()
}

/// Also run by the test below, in another process.
#[test]
fn twice_gives_the_same_bytes() {
    let first = digest();
    assert_eq!(first, digest());
    println!("{MARK} {first:016x}");
}

#[test]
fn another_process_in_another_time_zone_gives_the_same_bytes() {
    let expected = format!("{MARK} {:016x}", digest());
    for zone in ["America/Los_Angeles", "Pacific/Kiritimati"] {
        let told = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "reproducible::twice_gives_the_same_bytes", "--nocapture"])
            .env("TZ", zone)
            .env("LANG", "tr_TR.UTF-8")
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&told.stdout).into_owned();
        assert!(told.contains(&expected), "{zone}: {told}");
    }
}

#[test]
fn one_changed_letter_changes_the_identifier() {
    let mut changed = sample::receipt();
    changed.received_by = "Vàng Thị Mầu".to_owned();
    let [one, other] = [sample::receipt(), changed].map(|receipt| {
        let bytes = render(&Form::Receipt(receipt), &Templates::embedded()).unwrap();
        let document = lopdf::Document::load_mem(&bytes).unwrap();
        format!("{:?}", document.trailer.get(b"ID").unwrap())
    });
    assert_ne!(one, other);
}
