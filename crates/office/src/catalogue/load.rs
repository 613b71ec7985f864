//! From files to a catalogue. Errors name the file and the place.

use super::Catalogue;
use domain::organisation::Organisation;
use domain::procedure::form::Form;
use domain::procedure::{PaperKind, Procedure};
use domain::process::Process;
use domain::text::fold;
use domain::worktime::{Calendar, Day, DayKind, Session, Timetable, Week};
use jiff::civil::{Date, Time};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

#[derive(rust_embed::RustEmbed)]
#[folder = "../../catalogue"]
struct Embedded;

/// The files of a catalogue: path from its folder → text.
#[derive(Debug, Clone, Default)]
pub struct Sources(pub BTreeMap<String, String>);

/// A file that cannot be read as what it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct LoadError {
    /// Path from the catalogue's folder.
    pub file: String,
    /// Line, from 1; 0 when it concerns the whole file.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl Sources {
    /// The files in the binary.
    ///
    /// # Panics
    /// Never: the embedded files are UTF-8, which a test reads.
    #[must_use]
    pub fn embedded() -> Sources {
        let read = |path: &str| {
            let file = Embedded::get(path).expect("the path comes from the same folder");
            String::from_utf8(file.data.into_owned()).expect("catalogue files are UTF-8")
        };
        let files = Embedded::iter().filter(|path| path.ends_with(".toml"));
        Sources(files.map(|path| (path.to_string(), read(&path))).collect())
    }

    /// The TOML files under a folder.
    ///
    /// # Errors
    /// When a folder or file cannot be read.
    pub fn read(folder: &Path) -> std::io::Result<Sources> {
        let mut sources = Sources::default();
        let mut ahead = vec![folder.to_path_buf()];
        while let Some(here) = ahead.pop() {
            for entry in std::fs::read_dir(&here)? {
                let path = entry?.path();
                if path.is_dir() {
                    ahead.push(path);
                } else if path.extension().is_some_and(|ending| ending == "toml") {
                    let name = path.strip_prefix(folder).unwrap_or(&path);
                    let name = name.to_string_lossy().replace('\\', "/");
                    sources.0.insert(name, std::fs::read_to_string(&path)?);
                }
            }
        }
        Ok(sources)
    }

    /// Reads one file as `T`.
    pub(super) fn parse<T: DeserializeOwned>(&self, file: &str) -> Result<T, LoadError> {
        let text = self.0.get(file).ok_or_else(|| LoadError {
            file: file.to_owned(),
            line: 0,
            message: "the file is missing".to_owned(),
        })?;
        toml::from_str(text).map_err(|error| LoadError {
            file: file.to_owned(),
            line: error.span().map_or(0, |span| text[..span.start].lines().count().max(1)),
            message: error.message().to_owned(),
        })
    }

    /// Reads one file as `T`; the embedded one where a folder, older than the file, has none.
    pub(super) fn parse_or_embedded<T: DeserializeOwned>(
        &self,
        file: &str,
    ) -> Result<T, LoadError> {
        if self.0.contains_key(file) { self.parse(file) } else { Sources::embedded().parse(file) }
    }

    /// The files of a folder.
    pub(super) fn folder<'s>(&'s self, folder: &'s str) -> impl Iterator<Item = &'s String> {
        self.0.keys().filter(move |path| path.starts_with(folder))
    }

    /// The line of a file where a text first stands, for messages; 0 when it does not.
    pub(super) fn line_of(&self, file: &str, text: &str) -> usize {
        let body = self.0.get(file).map(String::as_str).unwrap_or_default();
        body.lines().position(|line| line.contains(text)).map_or(0, |at| at + 1)
    }
}

/// A year's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct YearFile {
    pub(super) year: i16,
    /// False while something of the year is undecided: then no due date is computed in it.
    pub(super) entered: bool,
    #[serde(default)]
    pub(super) days: Vec<DayEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "evidence and pairs are kept for the administrator's page")]
pub(super) struct DayEntry {
    pub(super) date: Date,
    pub(super) kind: DayKind,
    pub(super) name: String,
    pub(super) decision: Option<String>,
    pub(super) status: String,
    pub(super) evidence: Option<String>,
    pub(super) compensates: Option<Date>,
    pub(super) pair_date: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SessionsFile {
    weekdays: Vec<Weekday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weekday {
    day: usize,
    sessions: Vec<[String; 2]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PapersFile {
    papers: Vec<PaperKind>,
}

impl Catalogue {
    /// Loads a catalogue from its files.
    ///
    /// # Errors
    /// The first file that cannot be read, with its place. [`super::check`] finds the rest.
    pub fn load(sources: &Sources) -> Result<Catalogue, LoadError> {
        let procedures = all::<Procedure>(sources, "procedures/", |p| p.id.clone())?;
        let processes = all::<Process>(sources, "processes/", |p| p.id.clone())?;
        let forms = all::<Form>(sources, "forms/", |f| f.id.clone())?;
        let organisation: Organisation = sources.parse("organisation.toml")?;
        let papers: PapersFile = sources.parse("papers.toml")?;
        let papers = papers.papers.into_iter().map(|paper| (paper.id.clone(), paper)).collect();
        let (calendar, calendar_hash) = calendar(sources)?;
        let scorecard = sources.parse_or_embedded("scorecard.toml")?;
        let thresholds = sources.parse_or_embedded("detectors.toml")?;
        let search_keys = procedures.values().map(|p| (search_key(p), p.id.clone())).collect();
        let folded = |p: &Procedure| (p.id.clone(), domain::text::fold(&p.name));
        let folded_names = procedures.values().map(folded).collect();
        let hashes = hashes(sources, &procedures, &processes);
        let published = Catalogue::publish(&procedures);
        Ok(Catalogue {
            procedures,
            processes,
            forms,
            papers,
            organisation,
            calendar,
            scorecard,
            thresholds,
            published,
            hashes,
            calendar_hash,
            search_keys,
            folded_names,
        })
    }
}

fn all<T: DeserializeOwned>(
    sources: &Sources,
    folder: &str,
    id: impl Fn(&T) -> String,
) -> Result<BTreeMap<String, T>, LoadError> {
    let mut found = BTreeMap::new();
    for file in sources.folder(folder) {
        let item: T = sources.parse(file)?;
        if found.insert(id(&item), item).is_some() {
            return Err(LoadError {
                file: file.clone(),
                line: sources.line_of(file, "id = "),
                message: "another file has the same id".to_owned(),
            });
        }
    }
    Ok(found)
}

fn calendar(sources: &Sources) -> Result<(Calendar, String), LoadError> {
    let sessions = Timetable::of(week(sources)?);
    let mut calendar = Calendar { sessions, ..Calendar::default() };
    let mut hash = Sha256::new();
    for file in sources.folder("calendars/") {
        let year: YearFile = sources.parse(file)?;
        let decided = year.days.iter().all(|day| day.kind != DayKind::Undecided);
        if year.entered && decided {
            calendar.years.insert(year.year);
        }
        for DayEntry { date, kind, name, decision, status, .. } in year.days {
            calendar.days.insert(date, Day { kind, name, decision, status });
        }
    }
    for file in
        sources.folder("calendars/").chain(sources.0.keys().filter(|f| *f == "sessions.toml"))
    {
        hash.update(sources.0[file].as_bytes());
    }
    Ok((calendar, hex::encode(hash.finalize())))
}

/// The sessions of the week.
fn week(sources: &Sources) -> Result<Week, LoadError> {
    const FILE: &str = "sessions.toml";
    let file: SessionsFile = sources.parse(FILE)?;
    let bad = |line, message: String| LoadError { file: FILE.to_owned(), line, message };
    let mut sessions: [Vec<Session>; 7] = Default::default();
    for weekday in file.weekdays {
        let line = sources.line_of(FILE, &format!("day = {}", weekday.day));
        let bad = |message: &str| bad(line, message.to_owned());
        let day = sessions.get_mut(weekday.day).ok_or_else(|| bad("day is 0 to 6"))?;
        for [from, to] in &weekday.sessions {
            let time = |text: &str| text.parse::<Time>().map_err(|_| bad("times are HH:MM"));
            day.push(Session { from: time(from)?, to: time(to)? });
        }
    }
    Week::new(sessions).map_err(|error| bad(sources.line_of(FILE, "sessions"), error.to_string()))
}

fn search_key(procedure: &Procedure) -> String {
    fold(&format!(
        "{} {} {} {} {}",
        procedure.name,
        procedure.code.as_deref().unwrap_or_default(),
        procedure.field.name,
        procedure.competent_authority,
        procedure.cases.iter().map(|case| case.name.as_str()).collect::<Vec<_>>().join(" ")
    ))
}

fn hashes(
    sources: &Sources,
    procedures: &BTreeMap<String, Procedure>,
    processes: &BTreeMap<String, Process>,
) -> HashMap<String, String> {
    let text = |path: String| sources.0.get(&path).map(String::as_bytes).unwrap_or_default();
    let mut hashes = HashMap::new();
    for id in procedures.keys() {
        let mut hash = Sha256::new();
        hash.update(text(format!("procedures/{id}.toml")));
        for process in processes.values().filter(|process| process.procedure == *id) {
            hash.update(text(format!("processes/{}.toml", process.id)));
        }
        hashes.insert(id.clone(), hex::encode(hash.finalize()));
    }
    hashes
}
