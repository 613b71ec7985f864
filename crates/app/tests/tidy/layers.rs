//! `domain, ledger ← storage, documents, signing ← office ← web ← app`, read from the manifests,
//! and which room may know which outside library.

use crate::source::{File, files};

/// Each room and the rooms below it that it may name. `web` never names `storage`: it reads and
/// writes through `office`.
const ROOMS: [(&str, &[&str]); 8] = [
    ("domain", &[]),
    ("ledger", &[]),
    ("storage", &["domain", "ledger"]),
    ("documents", &["domain"]),
    ("signing", &["domain"]),
    ("office", &["domain", "ledger", "storage", "documents", "signing"]),
    ("web", &["domain", "ledger", "documents", "signing", "office"]),
    ("app", &["domain", "ledger", "storage", "documents", "signing", "office", "web"]),
];

/// What `domain` stands on: no clock, no chance, no input or output, no async.
const DOMAIN: [&str; 4] = ["jiff", "serde", "thiserror", "unicode-normalization"];

/// Libraries that belong to one concern, and the rooms that have it.
const CONCERNS: [(&str, &[&str]); 10] = [
    ("rusqlite", &["storage"]),
    ("tokio-postgres", &["storage"]),
    ("deadpool-postgres", &["storage"]),
    ("object_store", &["storage"]),
    ("axum", &["web", "app"]),
    ("tower-http", &["web"]),
    ("typst", &["documents"]),
    ("cms", &["signing"]),
    ("cryptoki", &["signing"]),
    ("clap", &["app"]),
];

/// A room and what it names: in `[dependencies]`, and in `[dev-dependencies]` for its tests.
struct Manifest {
    room: String,
    dependencies: Vec<String>,
    dev: Vec<String>,
}

/// The manifests of the eight rooms.
pub(crate) fn manifests() -> Vec<File> {
    let mut found = files("crates", &["Cargo.toml"]);
    found.retain(|file| file.path.split('/').count() == 3);
    found
}

fn read(file: &File) -> Manifest {
    let room = file.path.split('/').nth(1).unwrap_or_default().to_owned();
    let (mut dependencies, mut dev) = (Vec::new(), Vec::new());
    let mut section = "";
    for line in file.text.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
        } else if let Some((name, _)) = line.split_once(['.', ' ', '=']) {
            let room_for = match section {
                "[dependencies]" | "[build-dependencies]" => &mut dependencies,
                "[dev-dependencies]" => &mut dev,
                _ => continue,
            };
            if !name.starts_with('#') {
                room_for.push(name.to_owned());
            }
        }
    }
    Manifest { room, dependencies, dev }
}

/// Rooms that name a room they may not. Tests of `storage` and of the rooms above it may also name
/// `storage`, for its fresh databases; those of `signing` sign real papers.
pub(crate) fn wrong_directions(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for manifest in files.iter().map(read) {
        let room = manifest.room.as_str();
        let Some((_, below)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            found.push(format!("crates/{room}: not one of the eight rooms"));
            continue;
        };
        let is_room = |name: &&String| ROOMS.iter().any(|(room, _)| room == name);
        for other in manifest.dependencies.iter().filter(is_room) {
            if !below.contains(&other.as_str()) {
                found.push(format!("crates/{room} depends on {other}, which is not below it"));
            }
        }
        let tests_on_databases = ["storage", "office", "web", "app"].contains(&room);
        for other in manifest.dev.iter().filter(is_room) {
            let fresh_database = tests_on_databases && other == "storage";
            let real_paper = room == "signing" && other == "documents";
            if !below.contains(&other.as_str()) && !fresh_database && !real_paper {
                found.push(format!("the tests of crates/{room} depend on {other}"));
            }
        }
    }
    found
}

/// `domain` depends on its four libraries and on nothing else.
pub(crate) fn wrong_domain(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for manifest in files.iter().map(read).filter(|manifest| manifest.room == "domain") {
        let mut named = manifest.dependencies;
        named.sort();
        if named != DOMAIN {
            found.push(format!("crates/domain depends on {named:?}, not on {DOMAIN:?}"));
        }
    }
    found
}

/// Rooms that know a library which is another room's concern.
pub(crate) fn wrong_concerns(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for manifest in files.iter().map(read) {
        for (library, rooms) in CONCERNS {
            let known = manifest.dependencies.iter().any(|name| name == library);
            if known && !rooms.contains(&manifest.room.as_str()) {
                found.push(format!("crates/{} knows {library}, only {rooms:?} may", manifest.room));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(room: &str, text: &str) -> [File; 1] {
        [File::new(&format!("crates/{room}/Cargo.toml"), text)]
    }

    #[test]
    fn a_wrong_direction_is_found() {
        let web = manifest("web", "[dependencies]\noffice.workspace = true\nstorage = \"1\"\n");
        assert_eq!(
            wrong_directions(&web),
            ["crates/web depends on storage, which is not below it"]
        );
        let upwards = manifest("ledger", "[dev-dependencies]\noffice.workspace = true\n");
        assert_eq!(wrong_directions(&upwards).len(), 1);
        assert_eq!(wrong_directions(&manifest("attic", "")).len(), 1);
    }

    #[test]
    fn tests_above_storage_may_have_fresh_databases() {
        let web = manifest("web", "[dev-dependencies]\nstorage = { workspace = true }\n");
        assert!(wrong_directions(&web).is_empty());
    }

    #[test]
    fn tests_of_signing_may_have_papers() {
        let tests = manifest("signing", "[dev-dependencies]\ndocuments.workspace = true\n");
        assert!(wrong_directions(&tests).is_empty());
        let itself = manifest("signing", "[dependencies]\ndocuments.workspace = true\n");
        assert_eq!(wrong_directions(&itself).len(), 1);
    }

    #[test]
    fn a_new_dependency_of_domain_is_found() {
        let text = "[dependencies]\njiff.workspace = true\nserde.workspace = true\n\
                    thiserror.workspace = true\nunicode-normalization.workspace = true\n";
        assert!(wrong_domain(&manifest("domain", text)).is_empty());
        assert_eq!(wrong_domain(&manifest("domain", &format!("{text}rand = \"1\"\n"))).len(), 1);
    }

    #[test]
    fn a_foreign_concern_is_found() {
        let office = manifest("office", "[dependencies]\naxum.workspace = true\n");
        assert_eq!(wrong_concerns(&office).len(), 1);
        assert!(wrong_concerns(&manifest("web", "[dependencies]\naxum = \"1\"\n")).is_empty());
    }
}
