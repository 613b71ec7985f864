//! A fact that was played, as a mould for others: its text in pieces, of which some are different
//! in every copy.

use anyhow::Context as _;
use domain::text::{DossierCode, TaxCode};
use domain::time::{from_millis, local};
use jiff::ToSpan as _;
use jiff::civil::Date;
use ledger::{Entry, Hash, commitment, leaf_hash};
use office::keys::Keys;
use serde_json::Value;
use storage::StoredFact;

/// A prime, so that the persons of many copies do not meet.
const STRIDE: u64 = 7_919;

/// A fact to be cast.
pub(crate) struct Mould {
    /// When the log took it in, milliseconds.
    pub(crate) ts: i64,
    entry: Entry,
    salt: [u8; 32],
    pieces: Vec<Piece>,
    /// Who asks, and for which procedure; of a filing.
    asks: Option<(Piece, String)>,
}

/// A part of the content.
#[derive(Clone)]
enum Piece {
    Text(String),
    /// Moved with the dossier.
    Day(Date),
    /// The year of the fact.
    Year,
    /// The code of this agency, of a day.
    Code(String, Date),
    /// The number in the book.
    Number,
    Account(String),
    PersonalNumber(String),
    TaxCode(String),
}

/// What is different in a copy.
pub(crate) struct Cast<'c> {
    /// The copy's dossier.
    pub(crate) dossier: String,
    /// Which copy of the course, from 0.
    pub(crate) round: u32,
    /// Days by which it is moved: whole weeks.
    pub(crate) days: i64,
    /// Where it comes in the log.
    pub(crate) index: u64,
    /// The leaf of the fact before it.
    pub(crate) prev: Option<Hash>,
    /// The number of the dossier in its book of the day, once it has one.
    pub(crate) received_as: &'c mut u32,
    /// The keys of the house.
    pub(crate) keys: &'c Keys,
}

impl Mould {
    /// The mould of a fact.
    ///
    /// # Errors
    /// When entry or content are not what the recorder writes.
    pub(crate) fn of(fact: &StoredFact) -> anyhow::Result<Mould> {
        let wrong = || format!("entry {}", fact.idx);
        let payload = fact.payload.as_deref().with_context(wrong)?;
        let payload: Value = serde_json::from_str(payload).with_context(wrong)?;
        let mut pour = Pour { kind: &fact.kind, pieces: Vec::new() };
        pour.value("", &payload).with_context(wrong)?;
        let applicant = &payload["applicant"];
        let number = applicant["personal_number"].as_str().map(str::to_owned);
        let tax_code = applicant["tax_code"].as_str().map(str::to_owned);
        let who = number.map(Piece::PersonalNumber).or(tax_code.map(Piece::TaxCode));
        let procedure = payload["procedure"].as_str().map(str::to_owned);
        Ok(Mould {
            ts: fact.ts,
            entry: Entry::parse(fact.entry.as_bytes()).with_context(wrong)?,
            salt: fact.salt.with_context(wrong)?,
            pieces: pour.pieces,
            asks: who.zip(procedure),
        })
    }

    /// The book of numbers from which a copy draws.
    pub(crate) fn book(&self, days: i64) -> Option<String> {
        let book = self.entry.book.as_deref()?;
        let (agency, period) = book.rsplit_once('|').expect("a book is of an agency");
        Some(match period.len() {
            6 => {
                let day = Date::strptime("%y%m%d", period).expect("a day in a book's name");
                format!("{agency}|{}", moved(day, days).strftime("%y%m%d"))
            }
            _ => format!("{agency}|{}", self.year(days)),
        })
    }

    /// A copy of the fact; `drawn` is the number from its book.
    pub(crate) fn cast(&self, cast: &mut Cast<'_>, drawn: Option<u32>) -> StoredFact {
        if let (Some(number), "received") = (drawn, self.entry.kind.as_str()) {
            *cast.received_as = number;
        }
        let number = drawn.unwrap_or(*cast.received_as);
        let payload: String = self.pieces.iter().map(|p| self.text(p, cast, number)).collect();
        let salt = commitment(&self.salt, &cast.round.to_be_bytes()).0;
        let moved_ms = cast.days * 24 * 3_600_000;
        let mut entry = self.entry.clone();
        entry.commit = commitment(&salt, payload.as_bytes());
        entry.dossier.clone_from(&cast.dossier);
        entry.ts += moved_ms;
        entry.due = entry.due.map(|due| due + moved_ms);
        entry.prev = cast.prev;
        (entry.book, entry.book_no) = (self.book(cast.days), drawn);
        if let Some((who, procedure)) = &self.asks {
            let who = self.text(who, cast, number);
            entry.subject_tag = Some(cast.keys.subject_tag(&who, procedure));
        }
        let text = entry.to_canonical();
        StoredFact {
            idx: cast.index,
            dossier: entry.dossier,
            seq: entry.dseq,
            kind: entry.kind,
            ts: entry.ts,
            actor: entry.actor,
            leaf: leaf_hash(text.as_bytes()),
            entry: text,
            salt: Some(salt),
            payload: Some(payload),
        }
    }

    fn text(&self, piece: &Piece, cast: &Cast<'_>, number: u32) -> String {
        match piece {
            Piece::Text(text) => text.clone(),
            Piece::Day(day) => moved(*day, cast.days).to_string(),
            Piece::Year => self.year(cast.days).to_string(),
            Piece::Code(agency, day) => {
                DossierCode::compose(agency, moved(*day, cast.days), number).to_string()
            }
            Piece::Number => number.to_string(),
            Piece::Account(account) if cast.round == 0 => account.clone(),
            Piece::Account(account) => format!("{account}-{}", cast.round),
            Piece::PersonalNumber(digits) => varied(digits, 6, 0, cast.round),
            Piece::TaxCode(digits) => tax_code(digits, cast.round),
        }
    }

    fn year(&self, days: i64) -> i16 {
        moved(local(from_millis(self.ts)).date(), days).year()
    }
}

fn moved(day: Date, days: i64) -> Date {
    day.saturating_add(days.days())
}

/// The number with other digits from `from` to six behind it, so that every round has its own.
fn varied(digits: &str, from: usize, more: u64, round: u32) -> String {
    let (head, rest) = digits.split_at(from);
    let (middle, tail) = rest.split_at(6);
    let middle: u64 = middle.parse().expect("digits");
    let middle = (middle + STRIDE * u64::from(round) + more) % 1_000_000;
    format!("{head}{middle:06}{tail}")
}

/// A tax code of its own in each round, with a check digit that fits.
fn tax_code(digits: &str, round: u32) -> String {
    let number = digits.len() == 12;
    if round == 0 || number {
        return if number { varied(digits, 6, 0, round) } else { digits.to_owned() };
    }
    let with_check = |more: u64| {
        let other = varied(digits, 3, more, round);
        let checks = (0..10).map(move |check| format!("{}{check}{}", &other[..9], &other[10..]));
        checks.into_iter().find(|code| TaxCode::parse(code).is_ok())
    };
    (0..).find_map(with_check).expect("most numbers have a check digit")
}

/// Writes a content as pieces.
struct Pour<'p> {
    kind: &'p str,
    pieces: Vec<Piece>,
}

impl Pour<'_> {
    fn value(&mut self, key: &str, value: &Value) -> anyhow::Result<()> {
        match value {
            Value::Object(fields) => {
                self.text("{");
                for (at, (key, value)) in fields.iter().enumerate() {
                    self.text(if at == 0 { "" } else { "," });
                    self.text(&format!("{}:", serde_json::to_string(key)?));
                    self.value(key, value)?;
                }
                self.text("}");
            }
            Value::Array(items) => {
                self.text("[");
                for (at, item) in items.iter().enumerate() {
                    self.text(if at == 0 { "" } else { "," });
                    self.value(key, item)?;
                }
                self.text("]");
            }
            Value::String(text) => {
                let quoted = serde_json::to_string(text)?;
                self.text("\"");
                self.string(key, text, &quoted[1..quoted.len() - 1])?;
                self.text("\"");
            }
            Value::Number(_) if key == "number" => self.pieces.push(Piece::Number),
            other => self.text(&other.to_string()),
        }
        Ok(())
    }

    fn string(&mut self, key: &str, text: &str, quoted: &str) -> anyhow::Result<()> {
        match (self.kind, key) {
            ("received", "code") => {
                let code = DossierCode::parse(text)?;
                self.pieces.push(Piece::Code(code.agency().to_owned(), code.date()));
            }
            ("issued", "book") => {
                let (_, agency) = text.split_once('/').context("a book of results has a year")?;
                self.pieces.push(Piece::Year);
                self.text(&format!("/{agency}"));
            }
            (_, "account") => self.pieces.push(Piece::Account(text.to_owned())),
            (_, "personal_number") => self.pieces.push(Piece::PersonalNumber(text.to_owned())),
            (_, "tax_code") => self.pieces.push(Piece::TaxCode(text.to_owned())),
            (kind, _) => match dated(kind, text) {
                Some((day, rest)) => {
                    self.pieces.push(Piece::Day(day));
                    self.text(rest);
                }
                None => self.text(quoted),
            },
        }
        Ok(())
    }

    /// Text goes on where text stands already.
    fn text(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Text(before)) => before.push_str(text),
            _ => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }
}

/// The day with which an instant or a day begins, and the rest. A form has days of its own, such as
/// of a birth, which stay.
fn dated<'t>(kind: &str, text: &'t str) -> Option<(Date, &'t str)> {
    let (day, rest) = text.split_at_checked(10)?;
    let moves = rest.starts_with('T') || (rest.is_empty() && kind != "submitted");
    moves.then(|| Some((day.parse().ok()?, rest)))?
}
