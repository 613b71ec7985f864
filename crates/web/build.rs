//! Looks for the web files that `make frontend` builds, and says so in a sentence when they are
//! missing. The folders that are embedded whole are watched, so that a new file is taken in.

use std::path::Path;

fn main() {
    let root = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets the manifest directory");
    let sheet = Path::new(&root).join("../../frontend/dist/app.css");
    for watched in ["build.rs", "locales", "templates", "../../frontend/dist"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    println!("cargo::rerun-if-changed={}", sheet.display());
    if !sheet.is_file() {
        println!(
            "cargo::error=the web file {} is missing: run `make frontend` first",
            sheet.display()
        );
    }
}
