//! The rules of the house, as tests over the source tree: CONTRIBUTING.md says why each is there.
//! Every rule is a function that lists what breaks it, and has a test of its own on a bad sample.

#[path = "tidy/acts.rs"]
mod acts;
#[path = "tidy/docs.rs"]
mod docs;
#[path = "tidy/layers.rs"]
mod layers;
#[path = "tidy/lengths.rs"]
mod lengths;
#[path = "tidy/source.rs"]
mod source;
#[path = "tidy/words.rs"]
mod words;

use source::{File, file, files, rust};

fn none(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

fn markdown() -> Vec<File> {
    files("", &[".md"])
}

#[test]
fn the_tree_is_read() {
    assert!(rust().len() > 50, "the sources were not found below {:?}", source::root());
    assert_eq!(layers::manifests().len(), 8);
}

#[test]
fn files_fit_one_sitting() {
    none(lengths::long_files(&rust()));
}

#[test]
fn lines_fit_the_page() {
    none(lengths::long_lines(&rust()));
}

#[test]
fn functions_fit_a_screen() {
    none(lengths::long_functions(&rust()));
}

#[test]
fn layers_look_down() {
    none(layers::wrong_directions(&layers::manifests()));
}

#[test]
fn domain_stands_on_four_libraries() {
    none(layers::wrong_domain(&layers::manifests()));
}

#[test]
fn each_library_has_its_room() {
    none(layers::wrong_concerns(&layers::manifests()));
}

#[test]
fn every_act_is_in_every_layer() {
    none(acts::missing(&acts::Tree::read()));
}

#[test]
fn only_storage_knows_sql() {
    none(words::foreign_sql(&rust()));
}

#[test]
fn nothing_is_skipped_or_left_to_do() {
    none(words::unfinished(&rust()));
}

#[test]
fn unwrap_is_for_tests() {
    none(words::unwraps(&rust()));
}

#[test]
fn links_lead_somewhere() {
    none(docs::dead_links(&markdown()));
}

#[test]
fn paths_in_documents_exist() {
    none(docs::dead_paths(&markdown()));
}

#[test]
fn the_glossary_names_what_the_code_names() {
    let ends = [".rs", ".html", ".typ", ".ftl", ".sql", ".toml"];
    let sources: Vec<File> =
        ["crates", "catalogue"].into_iter().flat_map(|folder| files(folder, &ends)).collect();
    let glossary = file("docs/glossary.md");
    none(docs::thin_glossary(&glossary));
    none(docs::unknown_names(&glossary, &sources));
}
