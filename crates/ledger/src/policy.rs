//! Whom to believe: which logs, which witnesses, and how many of them (C2SP tlog-policy).
//!
//! ```text
//! log <vkey> [<url>]
//! witness <name> <vkey> [<url>]
//! group <name> all|any|<k> <member>…
//! quorum <name>|none
//! ```
//!
//! Names stand on earlier lines; `#` begins a comment line. Pin the file on paper: who can change
//! it decides what counts.

use std::str::FromStr;

use crate::cosignature::CosignerKey;
use crate::note::{KeyError, Note, VerifierKey};

/// A policy file, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The logs that are trusted to be logs; none leaves that to the caller.
    pub logs: Vec<VerifierKey>,
    /// The witnesses.
    pub witnesses: Vec<Witness>,
    rules: Vec<(String, Rule)>,
    quorum: Option<usize>,
}

/// A witness of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// Its name within the policy.
    pub name: String,
    /// Its key.
    pub key: CosignerKey,
    /// Its submission prefix: where `add-checkpoint` hangs; none for one that works off line.
    pub url: Option<String>,
}

/// Who must have cosigned for a name to count.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Rule {
    /// The witness at this place.
    Witness(usize),
    /// So many of the rules at these places.
    Group { at_least: usize, members: Vec<usize> },
}

/// A witness's word about one head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The witness's name within the policy.
    pub witness: String,
    /// When, in seconds since 1970-01-01 UTC.
    pub at: u64,
}

/// Why a text is no policy; lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message of each variant says what its fields are")]
pub enum PolicyError {
    /// A line that is none of the four.
    #[error("policy line {line}: {problem}")]
    Line { line: usize, problem: &'static str },
    /// A key that cannot be read.
    #[error("policy line {line}: {error}")]
    Key { line: usize, error: KeyError },
    /// A name that no earlier line defines.
    #[error("policy line {line}: {name:?} is not defined above")]
    Unknown { line: usize, name: String },
    /// A name, a key or a member twice.
    #[error("policy line {line}: {name:?} is there already")]
    Twice { line: usize, name: String },
    /// No quorum, or more than one.
    #[error("a policy has exactly one quorum line, this one has {found}")]
    Quorum { found: usize },
}

impl Policy {
    /// The witnesses that cosigned the note, in the policy's order.
    pub fn seen(&self, note: &Note) -> Vec<Seen> {
        let seen = |witness: &Witness| {
            let at = witness.key.seen(note)?;
            Some(Seen { witness: witness.name.clone(), at })
        };
        self.witnesses.iter().filter_map(seen).collect()
    }

    /// Whether enough witnesses cosigned the note.
    pub fn is_satisfied(&self, note: &Note) -> bool {
        self.quorum.is_none_or(|rule| self.counts(rule, note))
    }

    /// Whether the policy asks for a witness at all.
    pub fn demands_witnesses(&self) -> bool {
        self.quorum.is_some()
    }

    fn counts(&self, rule: usize, note: &Note) -> bool {
        match &self.rules[rule].1 {
            Rule::Witness(at) => self.witnesses[*at].key.seen(note).is_some(),
            Rule::Group { at_least, members } => {
                let counting = members.iter().filter(|member| self.counts(**member, note));
                counting.count() >= *at_least
            }
        }
    }
}

/// What has been read so far.
#[derive(Default)]
struct Reader {
    logs: Vec<VerifierKey>,
    witnesses: Vec<Witness>,
    rules: Vec<(String, Rule)>,
    members: Vec<usize>,
    quorums: Vec<Option<usize>>,
}

impl Reader {
    fn log(&mut self, line: usize, key: &str) -> Result<(), PolicyError> {
        let key: VerifierKey = key.parse().map_err(|error| PolicyError::Key { line, error })?;
        if self.logs.iter().any(|known| known.same_point(&key)) {
            return Err(PolicyError::Twice { line, name: key.name().to_owned() });
        }
        self.logs.push(key);
        Ok(())
    }

    fn witness(&mut self, line: usize, name: &str, rest: &[&str]) -> Result<(), PolicyError> {
        let key = rest[0].parse().map_err(|error| PolicyError::Key { line, error })?;
        if self.witnesses.iter().any(|known| known.key.same_point(&key)) {
            return Err(PolicyError::Twice { line, name: name.to_owned() });
        }
        self.define(line, name, Rule::Witness(self.witnesses.len()))?;
        let url = rest.get(1).map(|url| url.trim_end_matches('/').to_owned());
        self.witnesses.push(Witness { name: name.to_owned(), key, url });
        Ok(())
    }

    fn group(&mut self, line: usize, name: &str, rest: &[&str]) -> Result<(), PolicyError> {
        let (threshold, names) = (rest[0], &rest[1..]);
        let mut members = Vec::new();
        for name in names {
            let member = self.find(line, name)?;
            if self.members.contains(&member) {
                return Err(PolicyError::Twice { line, name: (*name).to_owned() });
            }
            self.members.push(member);
            members.push(member);
        }
        let at_least = match threshold {
            "all" => members.len(),
            "any" => 1,
            number => number.parse().unwrap_or(0),
        };
        if at_least == 0 || at_least > members.len() {
            let problem = "a group asks for all, any, or 1 to all of its members";
            return Err(PolicyError::Line { line, problem });
        }
        self.define(line, name, Rule::Group { at_least, members })
    }

    fn define(&mut self, line: usize, name: &str, rule: Rule) -> Result<(), PolicyError> {
        if name == "none" || self.rules.iter().any(|(known, _)| known == name) {
            return Err(PolicyError::Twice { line, name: name.to_owned() });
        }
        self.rules.push((name.to_owned(), rule));
        Ok(())
    }

    fn find(&self, line: usize, name: &str) -> Result<usize, PolicyError> {
        let at = self.rules.iter().position(|(known, _)| known == name);
        at.ok_or_else(|| PolicyError::Unknown { line, name: name.to_owned() })
    }

    fn read(&mut self, line: usize, words: &[&str]) -> Result<(), PolicyError> {
        match words {
            ["log", key] | ["log", key, _] => self.log(line, key),
            ["witness", name, rest @ ..] if (1..=2).contains(&rest.len()) => {
                self.witness(line, name, rest)
            }
            ["group", name, rest @ ..] if rest.len() >= 2 => self.group(line, name, rest),
            ["quorum", "none"] => {
                self.quorums.push(None);
                Ok(())
            }
            ["quorum", name] => {
                let rule = self.find(line, name)?;
                self.quorums.push(Some(rule));
                Ok(())
            }
            _ => Err(PolicyError::Line { line, problem: "not a log, witness, group or quorum" }),
        }
    }
}

impl FromStr for Policy {
    type Err = PolicyError;

    fn from_str(text: &str) -> Result<Policy, PolicyError> {
        let mut reader = Reader::default();
        for (at, line) in text.split('\n').enumerate() {
            let line = line.trim_matches([' ', '\t']);
            let odd = |c: char| c.is_ascii_control() && c != '\t';
            if line.contains(odd) {
                let problem = "holds a control character";
                return Err(PolicyError::Line { line: at + 1, problem });
            }
            let words: Vec<&str> =
                line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
            if !words.is_empty() && !line.starts_with('#') {
                reader.read(at + 1, &words)?;
            }
        }
        let Reader { logs, witnesses, rules, quorums, .. } = reader;
        let [quorum] = quorums[..] else {
            return Err(PolicyError::Quorum { found: quorums.len() });
        };
        Ok(Policy { logs, witnesses, rules, quorum })
    }
}
