//! Our own judge of PDF/A-2a and PDF/UA-1, for any file: ours, signed ones, others'.
//!
//! It asks what a machine can see in the objects of a file, rule by rule, each with its clause in
//! ISO 19005-2 or ISO 14289-1. It does not look into font programs, colour profiles beyond their
//! head, or whether an alternative text is a good one: no findings is less than a certificate.

mod accessible;
mod archival;
mod object;
mod structure;

use std::fmt;

use lopdf::Document;

/// What breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// What was found, with the object where that helps.
    pub found: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}: {}", self.rule.clause(), self.found)
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $clause:literal,)+) => {
        /// A rule that a file is held to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule {
            $($(#[$doc])* $name,)+
        }

        impl Rule {
            /// All rules.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Standard and clause.
            pub fn clause(self) -> &'static str {
                match self {
                    $(Self::$name => $clause,)+
                }
            }
        }
    };
}

rules! {
    /// The file can be read at all.
    Readable = "ISO 32000-1",
    /// The head is followed by a comment of four bytes above 127.
    Header = "ISO 19005-2, 6.1.2",
    /// The trailer names the file by an identifier.
    Identifier = "ISO 19005-2, 6.1.3",
    /// The file is not encrypted.
    Unencrypted = "ISO 19005-2, 6.1.3 (Encrypt)",
    /// No stream lies outside the file or is compressed by LZW.
    Streams = "ISO 19005-2, 6.1.7",
    /// Embedded files need PDF/A-3 and their relationship.
    EmbeddedFiles = "ISO 19005-2, 6.8",
    /// An output intent with an ICC profile tells what colours mean.
    OutputIntent = "ISO 19005-2, 6.2.3",
    /// Every font is embedded.
    FontEmbedded = "ISO 19005-2, 6.2.11.4",
    /// Every font tells which characters its glyphs are.
    FontUnicode = "ISO 19005-2, 6.2.11.7",
    /// Annotations are printed, seen, and have an appearance.
    Annotations = "ISO 19005-2, 6.3",
    /// No form of XFA.
    Forms = "ISO 19005-2, 6.4",
    /// No JavaScript and no action that reaches out of the file.
    Actions = "ISO 19005-2, 6.5",
    /// The XMP metadata lie open in the file.
    Metadata = "ISO 19005-2, 6.6.2",
    /// They name PDF/A-2 or PDF/A-3, level A.
    ArchivalClaim = "ISO 19005-2, 6.6.4",
    /// The file is tagged and has a structure tree.
    Tagged = "ISO 19005-2, 6.7.2",
    /// The metadata name PDF/UA-1.
    AccessibleClaim = "ISO 14289-1, 5",
    /// All content is marked, as part of the structure or as an artifact.
    MarkedContent = "ISO 14289-1, 7.1 (content)",
    /// Every structure type is a standard one or mapped to one.
    StandardTypes = "ISO 14289-1, 7.1 (role map)",
    /// The file has a title, and viewers show it.
    Title = "ISO 14289-1, 7.1 (title)",
    /// The natural language is told.
    Language = "ISO 14289-1, 7.2",
    /// Figures have words.
    Alternatives = "ISO 14289-1, 7.3",
    /// Headings begin at the first level and skip none.
    Headings = "ISO 14289-1, 7.4",
    /// Tables have header cells with a scope, and rows of cells.
    Tables = "ISO 14289-1, 7.5",
    /// Lists are made of items.
    Lists = "ISO 14289-1, 7.6",
    /// The tab key follows the structure, links and fields are described.
    Interaction = "ISO 14289-1, 7.18",
}

/// All findings in a file, in the order of the rules; none when it keeps them all.
#[must_use]
pub fn findings(bytes: &[u8]) -> Vec<Finding> {
    let mut found = Found::default();
    match Document::load_mem(bytes) {
        Ok(document) => {
            archival::judge(bytes, &document, &mut found);
            accessible::judge(&document, &mut found);
        }
        Err(error) => found.add(Rule::Readable, error.to_string()),
    }
    found.0.sort_by_key(|finding| finding.rule);
    found.0
}

/// What was found so far.
#[derive(Default)]
pub(crate) struct Found(Vec<Finding>);

impl Found {
    pub(crate) fn add(&mut self, rule: Rule, found: impl Into<String>) {
        self.0.push(Finding { rule, found: found.into() });
    }

    /// Adds a finding when what the rule wants is not there.
    pub(crate) fn want(&mut self, rule: Rule, there: Option<()>, found: &str) {
        if there.is_none() {
            self.add(rule, found);
        }
    }
}
