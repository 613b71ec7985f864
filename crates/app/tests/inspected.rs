//! The log under the eyes of others: witnesses on line and off line, and what a house does that
//! knows less than its witness.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

#[path = "inspected/house.rs"]
mod house;

use house::{House, Witness, fine, said};
use std::path::Path;
use tempfile::TempDir;

fn small(folder: &TempDir) -> House {
    House::played(&folder.path().join("house"), "2018-09-30", "12", "3")
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn a_head_is_cosigned_on_line_and_the_export_carries_it() {
    let folder = TempDir::new().unwrap();
    let house = small(&folder);
    let witness = Witness::of(&house, "thanhtra.example/w1", "2018-10-01T08:00");
    house.follow(&witness.policy(&house));
    let out = folder.path().join("export");
    house.export(&out);
    let checkpoint = text(&out.join("checkpoint"));
    assert_eq!(checkpoint.matches("— thanhtra.example/w1 ").count(), 1, "{checkpoint}");
    assert_eq!(text(&out.join("witnessed.jsonl")).lines().count(), 1);
    // Nothing new, nothing asked; the same cosignature again.
    let again = folder.path().join("again");
    house.export(&again);
    assert_eq!(text(&again.join("checkpoint")), checkpoint);
    assert_eq!(witness.evidence(), 0);
}

#[test]
fn a_head_is_carried_to_a_witness_and_back() {
    let folder = TempDir::new().unwrap();
    let house = small(&folder);
    let mut witness = Witness::of(&house, "hdnd.example/w2", "2018-10-01T08:00");
    witness.close();
    let key = &witness.key;
    house.follow(&format!("witness people {key}\nquorum people\n"));
    let request = fine(house.run(&["ledger", "offer", "people"]));
    assert!(request.starts_with("old 0\n\n"), "{request}");
    let line = fine(witness.cosign(&request));
    let answer = folder.path().join("answer");
    std::fs::write(&answer, &line).unwrap();
    let size = request.lines().nth(3).unwrap();
    let words = ["ledger", "cosigned", answer.to_str().unwrap(), "--size", size];
    assert!(fine(house.run(&words)).contains("hdnd.example/w2 has seen"));
    let out = folder.path().join("export");
    house.export(&out);
    assert!(text(&out.join("checkpoint")).contains("— hdnd.example/w2 "));
    // The next request builds on what the witness saw.
    assert!(fine(house.run(&["ledger", "offer", "people"])).starts_with(&format!("old {size}\n")));
    let refused = witness.cosign(&request);
    assert!(!refused.status.success());
    assert!(said(&refused).contains("NOT cosigned"), "{}", said(&refused));
}

#[test]
fn a_house_that_knows_less_than_its_witness_signs_nothing() {
    let folder = TempDir::new().unwrap();
    let house = small(&folder);
    let longer = House::played(&folder.path().join("longer"), "2018-09-30", "24", "3");
    let secrets = "installation.toml";
    std::fs::copy(house.folder.join(secrets), longer.folder.join(secrets)).unwrap();
    let witness = Witness::of(&longer, "thanhtra.example/w1", "2018-10-01T08:00");
    longer.follow(&witness.policy(&longer));
    longer.export(&folder.path().join("export"));
    house.follow(&witness.policy(&house));
    for words in [
        &["ledger", "export", folder.path().join("other").to_str().unwrap()][..],
        &["serve", "--listen", "127.0.0.1:0"],
    ] {
        let refused = house.run(words);
        assert!(!refused.status.success());
        let words = said(&refused);
        assert!(words.contains("entries are missing") && words.contains("import-tail"), "{words}");
    }
}
