//! What was acknowledged must be there: every dossier of a run is read back over the API.

use crate::catalogue::PROCEDURE;
use crate::http::{Connection, Request};
use crate::life::{self, Tokens};
use crate::load::Acknowledged;
use serde::Deserialize;
use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::Arc;

/// Connections that read.
const READERS: usize = 8;
/// So many are also read as their applicant reads them, by their code.
const BY_CODE: usize = 20;

/// What the API says of a dossier.
#[derive(Deserialize)]
struct State {
    id: String,
    code: Option<String>,
    version: u32,
    events: u32,
    stage: String,
    procedure: String,
    tasks: Vec<serde_json::Value>,
    finished_at: Option<String>,
}

/// What was found.
#[derive(Default)]
pub(crate) struct Found {
    /// Dossiers read back.
    pub(crate) read: usize,
    /// Finished ones among them.
    pub(crate) finished: usize,
    /// What is wrong, dossier by dossier.
    pub(crate) wrong: Vec<String>,
}

/// Reads all dossiers of a run back.
///
/// # Errors
/// When a reader's task fails.
pub(crate) async fn read_back(
    address: SocketAddr,
    tokens: &Arc<Tokens>,
    dossiers: &[Acknowledged],
) -> anyhow::Result<Found> {
    let mut found = Found { wrong: doubles(dossiers), ..Found::default() };
    let share = dossiers.len().div_ceil(READERS).max(1);
    let reader = |(number, part): (usize, &[Acknowledged])| {
        let also_by_code = if number == 0 { BY_CODE } else { 0 };
        tokio::spawn(read_part(address, tokens.clone(), part.to_vec(), also_by_code))
    };
    let readers: Vec<_> = dossiers.chunks(share).enumerate().map(reader).collect();
    for reader in readers {
        let part = reader.await?;
        found.read += part.read;
        found.finished += part.finished;
        found.wrong.extend(part.wrong);
    }
    Ok(found)
}

async fn read_part(
    address: SocketAddr,
    tokens: Arc<Tokens>,
    dossiers: Vec<Acknowledged>,
    also_by_code: usize,
) -> Found {
    let (mut connection, mut found) = (Connection::to(address), Found::default());
    for (number, dossier) in dossiers.iter().enumerate() {
        let mut names = vec![(&dossier.id, tokens.reader())];
        if let Some(code) = dossier.code.as_ref().filter(|_| number < also_by_code) {
            names.push((code, tokens.reader()));
        }
        for (name, token) in names {
            match read_one(&mut connection, name, token).await {
                Ok(state) => found.wrong.extend(difference(dossier, &state)),
                Err(error) => found.wrong.push(format!("{}: {error}", dossier.id)),
            }
        }
        found.read += 1;
        found.finished += usize::from(!dossier.broken);
    }
    found
}

async fn read_one(connection: &mut Connection, name: &str, token: &str) -> anyhow::Result<State> {
    let path = format!("/api/v1/dossiers/{name}");
    let request = Request { method: "GET", path: &path, token, key: None, body: b"" };
    let answer = connection.ask(&request).await?;
    let text = String::from_utf8_lossy(answer.body);
    anyhow::ensure!(answer.status == 200, "{} {text}", answer.status);
    Ok(serde_json::from_str(&text)?)
}

/// How a dossier differs from what was acknowledged.
fn difference(dossier: &Acknowledged, state: &State) -> Option<String> {
    let told = |what: &str| Some(format!("{}: {what}", dossier.id));
    if state.id != dossier.id || state.procedure != PROCEDURE || state.events != state.version {
        return told("another dossier");
    }
    if dossier.broken {
        // Whether the last call was done is not known; those before it were acknowledged.
        let known = state.version >= dossier.version && state.version <= dossier.version + 2;
        return if known { None } else { told("an acknowledged call is missing") };
    }
    let whole = state.version == life::FACTS
        && state.stage == life::END
        && state.tasks.is_empty()
        && state.finished_at.is_some();
    let same = state.version == dossier.version
        && state.stage == dossier.stage
        && state.code == dossier.code
        && state.code.is_some();
    match (whole, same) {
        (true, true) => None,
        (false, _) => told(&format!("{} with {} facts", state.stage, state.version)),
        (_, false) => told("not as acknowledged"),
    }
}

/// Ids and codes are given once.
fn doubles(dossiers: &[Acknowledged]) -> Vec<String> {
    let (mut ids, mut codes, mut twice) = (HashSet::new(), HashSet::new(), Vec::new());
    for dossier in dossiers {
        let known = dossier.code.as_ref().is_some_and(|code| !codes.insert(code));
        if !ids.insert(&dossier.id) || known {
            twice.push(format!("{}: given twice", dossier.id));
        }
    }
    twice
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acknowledged() -> Acknowledged {
        Acknowledged {
            id: "d1".to_owned(),
            code: Some("H60.30-1".to_owned()),
            version: life::FACTS,
            stage: life::END.to_owned(),
            broken: false,
        }
    }

    fn state() -> State {
        State {
            id: "d1".to_owned(),
            code: Some("H60.30-1".to_owned()),
            version: life::FACTS,
            events: life::FACTS,
            stage: life::END.to_owned(),
            procedure: PROCEDURE.to_owned(),
            tasks: Vec::new(),
            finished_at: Some("2026-11-09T09:00:00+07:00".to_owned()),
        }
    }

    #[test]
    fn a_whole_life_is_right_and_anything_less_is_wrong() {
        assert_eq!(difference(&acknowledged(), &state()), None);
        let short = State { version: 7, events: 7, ..state() };
        assert!(difference(&acknowledged(), &short).is_some());
        let other = State { code: Some("H60.30-2".to_owned()), ..state() };
        assert!(difference(&acknowledged(), &other).is_some());
        let open = State { stage: "issued".to_owned(), ..state() };
        assert!(difference(&acknowledged(), &open).is_some());
    }

    #[test]
    fn a_broken_life_keeps_what_was_acknowledged() {
        let broken = Acknowledged { version: 3, broken: true, ..acknowledged() };
        let at = |version| State { version, events: version, ..state() };
        assert_eq!(difference(&broken, &at(3)), None);
        assert_eq!(difference(&broken, &at(4)), None);
        assert!(difference(&broken, &at(2)).is_some());
    }

    #[test]
    fn a_code_given_twice_is_found() {
        let second = Acknowledged { id: "d2".to_owned(), ..acknowledged() };
        assert_eq!(doubles(&[acknowledged(), second]).len(), 1);
    }
}
