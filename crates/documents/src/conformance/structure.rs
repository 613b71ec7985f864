//! The structure tree, from the root down in reading order.

use lopdf::{Dictionary, Document};

use super::object::{as_dictionary, dictionary, items, name};

/// Types that a file may use without explaining them (ISO 32000-1, 14.8.4).
const STANDARD: &[&str] = &[
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Caption",
    "TOC",
    "TOCI",
    "Index",
    "NonStruct",
    "Private",
    "P",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "THead",
    "TBody",
    "TFoot",
    "Span",
    "Quote",
    "Note",
    "Reference",
    "BibEntry",
    "Code",
    "Link",
    "Annot",
    "Ruby",
    "RB",
    "RT",
    "RP",
    "Warichu",
    "WT",
    "WP",
    "Figure",
    "Formula",
    "Form",
];

/// Deeper than any paper is built; a file that goes deeper goes in circles.
const DEEPEST: usize = 64;

/// An element of the structure.
pub(crate) struct Element<'a> {
    /// Its standard type, after the role map; the type as written where there is none.
    pub(crate) kind: String,
    /// Is the type a standard one?
    pub(crate) known: bool,
    /// Its dictionary.
    pub(crate) dictionary: &'a Dictionary,
    /// The elements in it.
    pub(crate) children: Vec<Element<'a>>,
}

impl<'a> Element<'a> {
    /// It and all below, in reading order.
    pub(crate) fn all(&self) -> Vec<&Element<'a>> {
        let below = self.children.iter().flat_map(Element::all);
        std::iter::once(self).chain(below).collect()
    }
}

/// The elements right below the root; none when there is no tree.
pub(crate) fn tree(document: &Document) -> Vec<Element<'_>> {
    let catalog = document.catalog().ok();
    let root = catalog.and_then(|catalog| dictionary(document, catalog, "StructTreeRoot"));
    root.map(|root| elements(document, root, root, 0)).unwrap_or_default()
}

fn elements<'a>(
    document: &'a Document,
    root: &'a Dictionary,
    parent: &'a Dictionary,
    depth: usize,
) -> Vec<Element<'a>> {
    if depth > DEEPEST {
        return Vec::new();
    }
    let children = items(document, parent.get(b"K").ok()).into_iter().filter_map(as_dictionary);
    let mut found = Vec::new();
    for dictionary in children {
        let Some(kind) = name(document, dictionary, "S") else { continue };
        let kind = mapped(document, root, kind);
        found.push(Element {
            known: STANDARD.contains(&kind.as_str()),
            kind,
            dictionary,
            children: elements(document, root, dictionary, depth + 1),
        });
    }
    found
}

fn mapped(document: &Document, root: &Dictionary, kind: &[u8]) -> String {
    let mut kind = String::from_utf8_lossy(kind).into_owned();
    let roles = dictionary(document, root, "RoleMap");
    for _ in 0..DEEPEST {
        let role = roles.and_then(|roles| name(document, roles, &kind));
        match role {
            Some(role) if !STANDARD.contains(&kind.as_str()) => {
                kind = String::from_utf8_lossy(role).into_owned();
            }
            _ => break,
        }
    }
    kind
}
