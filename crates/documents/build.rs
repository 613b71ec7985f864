//! Finds the print fonts that `make frontend` unpacks, and says so in a sentence when they are
//! missing: `include_bytes!` alone would only name a path.

use std::path::Path;

const FACES: [&str; 4] = ["Regular", "Bold", "Italic", "BoldItalic"];

fn main() {
    let root = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets the manifest directory");
    let fonts = Path::new(&root).join("../../frontend/dist/print");
    for face in FACES {
        let font = fonts.join(format!("Tinos-{face}.ttf"));
        println!("cargo::rerun-if-changed={}", font.display());
        if !font.is_file() {
            println!(
                "cargo::error=the print font {} is missing: run `make frontend` first",
                font.display()
            );
        }
    }
    println!("cargo::rustc-env=MOTCUA_PRINT_FONTS={}", fonts.display());
}
