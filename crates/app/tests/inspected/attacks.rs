//! Fifteen attacks of insiders (A1–A15 of the threat table in docs/verify.md), each carried out on
//! a copy of a small installation, before the eyes of four observers: the server's own audit, an
//! inspector who kept an old head and a policy, a witness, and a citizen with the proof on a
//! receipt. A second run takes the old head, the policy and the witness away, and must miss what
//! only they can see.

use crate::forger::{Books, by_hand, copied, facts, forged, kinder, numbered, store};
use crate::house::{House, Witness, copy, cosign, fine, motcua};
use domain::time::{from_millis, local};
use ledger::proof::{LogProof, TileRoots};
use ledger::{AddCheckpoint, Checkpoint, Entry, Hash, VerifierKey, leaf_hash};
use std::path::{Path, PathBuf};
use storage::{Store, StoredFact};
use tempfile::TempDir;

const DAY_MS: i64 = 86_400_000;

/// What an observer says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sight {
    /// Nothing is wrong.
    Missed,
    /// A rule asks for an explanation.
    Flagged,
    /// Proved.
    Caught,
}

impl Sight {
    const fn mark(self) -> &'static str {
        match self {
            Sight::Missed => "-",
            Sight::Flagged => "rule",
            Sight::Caught => "CAUGHT",
        }
    }
}

/// The honest house, and what the observers hold of its past.
struct Before {
    folder: TempDir,
    house: House,
    facts: Vec<StoredFact>,
    key: VerifierKey,
    honest: PathBuf,
    policy: PathBuf,
    old_head: PathBuf,
    witness: Witness,
    receipt: (LogProof, Hash),
    /// A dossier that was late, and where it was received and issued.
    late: (String, usize, usize),
    report: PathBuf,
    /// Held open, so that its files stand still while they are copied.
    _open: Store,
}

/// An attacked house, as the observers get to see it.
struct Attacked {
    house: Option<House>,
    export: PathBuf,
    report: Option<PathBuf>,
}

impl Attacked {
    /// The witness has put its name under this head already.
    fn is_cosigned(&self, witness: &str) -> bool {
        let key: ledger::CosignerKey = witness.parse().unwrap();
        let note = std::fs::read_to_string(self.export.join("checkpoint")).unwrap();
        key.seen(&note.parse().unwrap()).is_some()
    }
}

/// The clock of a witness a while after an instant.
fn clock(ts: i64, later_ms: i64) -> String {
    local(from_millis(ts + later_ms)).strftime("%Y-%m-%dT%H:%M").to_string()
}

impl Before {
    async fn new() -> Before {
        let folder = TempDir::new().unwrap();
        let at = |name: &str| folder.path().join(name);
        let house = House::played(&at("house"), "2018-11-16", "60", "9");
        let open = store(&house).await;
        let witness = Witness::off_line(&house, "thanhtra.example/w1");
        let policy = format!("log {}\nwitness w {}\nquorum w\n", house.key(), witness.key);
        house.follow(&policy);
        std::fs::write(at("policy"), policy).unwrap();
        let facts = facts(&house).await;
        // Half of it, as the inspector and the witness saw it then.
        let half = facts.len() / 2;
        let young = forged(&house, &at("young"), facts[..half].to_vec(), Books::AsTheyAre).await;
        std::fs::copy(at("policy"), young.folder.join("witnesses.policy")).unwrap();
        shown(
            &young,
            witness.folder.path(),
            &at("young-request"),
            &clock(facts[half - 1].ts, 60_000),
        );
        young.export(&at("young-export"));
        carry(&house, &young).await;
        let last = facts.last().unwrap().ts;
        shown(&house, witness.folder.path(), &at("request"), &clock(last, DAY_MS));
        house.export(&at("honest"));
        let report = at("06a.json");
        let printed = house.run(&["report", "06a", "--from", "2018-01-01", "--to", "2018-11-16"]);
        std::fs::write(&report, fine(printed)).unwrap();
        let late = late(&facts);
        let key: VerifierKey = house.key().parse().unwrap();
        let receipt = receipt(&facts, late.1, &at("honest"));
        Before {
            honest: at("honest"),
            policy: at("policy"),
            old_head: at("young-export/checkpoint"),
            folder,
            house,
            facts,
            key,
            witness,
            receipt,
            late,
            report,
            _open: open,
        }
    }

    fn place(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn last_ts(&self) -> i64 {
        self.facts.last().unwrap().ts
    }

    /// Rewrites history with the stolen key.
    async fn rewrite(&self, name: &str, facts: Vec<StoredFact>, books: Books) -> Attacked {
        let house = forged(&self.house, &self.place(name), facts, books).await;
        let export = self.place(&format!("{name}-export"));
        house.export(&export);
        Attacked { house: Some(house), export, report: None }
    }

    /// Goes on from the honest record; the witness sees nothing wrong, and cosigns.
    async fn append(&self, name: &str, more: Vec<StoredFact>) -> Attacked {
        let facts: Vec<StoredFact> = self.facts.iter().cloned().chain(more).collect();
        let last = facts.iter().map(|fact| fact.ts).max().unwrap();
        let house = forged(&self.house, &self.place(name), facts, Books::AsTheyAre).await;
        carry(&house, &self.house).await;
        std::fs::copy(&self.policy, house.folder.join("witnesses.policy")).unwrap();
        let folder = TempDir::new().unwrap();
        copy(self.witness.folder.path(), folder.path());
        // It sees the new head some days later.
        let now = clock(last.max(self.last_ts()), 5 * DAY_MS);
        shown(&house, folder.path(), &self.place(&format!("{name}-request")), &now);
        let export = self.place(&format!("{name}-export"));
        house.export(&export);
        Attacked { house: Some(house), export, report: None }
    }

    /// A copy of the honest export with other bytes, and of the house with other rows.
    async fn doctored(&self, name: &str, sql: &str, change: impl Fn(&Path)) -> Attacked {
        let house = self.house.copied(&self.place(name));
        by_hand(&house, sql).await;
        let export = self.place(&format!("{name}-export"));
        copy(&self.honest, &export);
        change(&export);
        Attacked { house: Some(house), export, report: None }
    }
}

/// Has the witness cosign the house's head, by hand.
fn shown(house: &House, witness: &Path, request: &Path, now: &str) {
    let text = fine(house.run(&["ledger", "offer", "w"]));
    let answer = fine(cosign(witness, &text, now));
    let note = text.split_once("\n\n").unwrap().1;
    let size = note.lines().nth(1).unwrap();
    std::fs::write(request, answer).unwrap();
    let words = ["ledger", "cosigned", request.to_str().unwrap(), "--size", size];
    fine(house.run(&words));
}

/// What witnesses said about the young house is known to the grown one.
async fn carry(house: &House, young: &House) {
    let (from, to) = (store(young).await, store(house).await);
    for (size, note) in from.heads_spoken_of().await.unwrap() {
        to.keep_checkpoint(size, &note, 0).await.unwrap();
    }
    for said in from.cosignatures().await.unwrap() {
        to.keep_cosignature(said).await.unwrap();
    }
}

/// A dossier whose result was issued after its due date: its id, where received, where issued.
fn late(facts: &[StoredFact]) -> (String, usize, usize) {
    let entry = |at: &usize| Entry::parse(facts[*at].entry.as_bytes()).unwrap();
    let issued = (0..facts.len()).rev().filter(|at| facts[*at].kind == "issued");
    for at in issued {
        let theirs: Vec<usize> =
            (0..at).filter(|one| facts[*one].dossier == facts[at].dossier).collect();
        let received: Vec<usize> =
            theirs.into_iter().filter(|one| facts[*one].kind == "received").collect();
        let [received] = received[..] else { continue };
        if entry(&received).due.is_some_and(|due| due + DAY_MS < facts[at].ts) {
            return (facts[at].dossier.clone(), received, at);
        }
    }
    panic!("nobody was late in this play");
}

/// The proof that a citizen took home: of the reception, under the cosigned head.
fn receipt(facts: &[StoredFact], at: usize, export: &Path) -> (LogProof, Hash) {
    let leaves: Vec<Hash> = facts.iter().map(|fact| fact.leaf).collect();
    let mut roots = TileRoots::default();
    roots.extend(&leaves);
    let size = leaves.len() as u64;
    let hashes = roots.inclusion(at as u64, size, |index| leaves[index as usize]).unwrap();
    let checkpoint = std::fs::read_to_string(export.join("checkpoint")).unwrap();
    (LogProof { extra: None, index: at as u64, hashes, checkpoint }, leaves[at])
}

/// All entries of an export, as far as they can be read.
fn entries(export: &Path, size: u64) -> Option<Vec<Vec<u8>>> {
    let mut all = Vec::new();
    for number in 0..size.div_ceil(256) {
        let width = (size - number * 256).min(256) as usize;
        let row = ledger::tiles::Row::Entries;
        let path = ledger::TilePath { row, number, width };
        let bundle = std::fs::read(export.join(path.to_string())).ok()?;
        let split = ledger::tiles::split_bundle(&bundle).ok()?;
        all.extend(split.into_iter().map(<[u8]>::to_vec));
    }
    (all.len() as u64 == size).then_some(all)
}

impl Before {
    fn server(&self, attacked: &Attacked) -> Sight {
        let Some(house) = &attacked.house else { return Sight::Missed };
        let is_fine = house.run(&["ledger", "audit"]).status.success();
        if is_fine { Sight::Missed } else { Sight::Caught }
    }

    /// The inspector, with what they brought along or with nothing.
    fn inspector(&self, attacked: &Attacked, brought: &[&str]) -> Sight {
        let export = attacked.export.to_str().unwrap();
        let mut words = vec!["inspect", "verify", export];
        words.extend(brought);
        if let Some(report) = &attacked.report {
            words.extend(["--report", report.to_str().unwrap()]);
        }
        match motcua(&words).status.code() {
            Some(0) => Sight::Missed,
            Some(2) => Sight::Flagged,
            _ => Sight::Caught,
        }
    }

    /// The witness is shown the export's head, with the best proof that its entries give.
    fn witness(&self, attacked: &Attacked) -> Sight {
        let note = std::fs::read_to_string(attacked.export.join("checkpoint")).unwrap();
        let Ok(head) = Checkpoint::open(&note, &self.key) else { return Sight::Caught };
        let old = self.facts.len() as u64;
        let leaves: Vec<Hash> = match entries(&attacked.export, head.size) {
            Some(entries) => entries.iter().map(|entry| leaf_hash(entry)).collect(),
            None => self.facts.iter().map(|fact| fact.leaf).collect(),
        };
        let leaf = |index: u64| leaves[index as usize];
        let proof = ledger::tree::consistency_proof(old, head.size, leaf).unwrap_or_default();
        let request = AddCheckpoint { old: old.min(head.size), proof, note };
        if attacked.is_cosigned(&self.witness.key) {
            return Sight::Missed;
        }
        // A witness of its own for each attack: what it cosigns, it remembers.
        let folder = TempDir::new().unwrap();
        copy(self.witness.folder.path(), folder.path());
        let answer = cosign(folder.path(), &request.to_string(), &clock(self.last_ts(), 0));
        if answer.status.success() { Sight::Missed } else { Sight::Caught }
    }

    /// The citizen's proof is good for ever; does the log that is shown still have what it proves?
    fn citizen(&self, attacked: &Attacked) -> Sight {
        let (proof, leaf) = &self.receipt;
        proof.verify(&self.key, *leaf).expect("the proof on the receipt");
        let note = std::fs::read_to_string(attacked.export.join("checkpoint")).unwrap();
        let shown = Checkpoint::open(&note, &self.key).ok();
        let entries = shown.and_then(|head| entries(&attacked.export, head.size));
        let here = entries.as_ref().and_then(|entries| entries.get(proof.index as usize));
        let is_there = here.is_some_and(|entry| leaf_hash(entry) == *leaf);
        if is_there { Sight::Missed } else { Sight::Caught }
    }

    /// One line of the matrix.
    fn seen(&self, attacked: &Attacked) -> [Sight; 4] {
        let (old, policy) = (self.old_head.to_str().unwrap(), self.policy.to_str().unwrap());
        let brought = ["--checkpoint", old, "--policy", policy];
        [
            self.server(attacked),
            self.inspector(attacked, &brought),
            self.witness(attacked),
            self.citizen(attacked),
        ]
    }

    /// Without old head, policy and witness: an inspector who trusts what comes with the export.
    fn alone(&self, attacked: &Attacked) -> Sight {
        // Nobody vouches: that is flagged by itself, so only a proof counts.
        match self.inspector(attacked, &[]) {
            Sight::Caught => Sight::Caught,
            Sight::Flagged | Sight::Missed => Sight::Missed,
        }
    }
}

impl Before {
    /// A1, A2, A4: hands in the rows, without the key.
    async fn in_place(&self) -> Vec<(&'static str, Attacked)> {
        let (_, _, issued) = self.late;
        let fact = &self.facts[issued];
        let (old, new) = (fact.ts.to_string(), (fact.ts - DAY_MS).to_string());
        let edit = format!(
            "UPDATE fact SET ts = {new}, entry = replace(entry, '{old}', '{new}') \
             WHERE idx = {issued}"
        );
        let in_export = |export: &Path| {
            let path = bundle(export, issued, self.facts.len());
            let bytes = std::fs::read(&path).unwrap();
            std::fs::write(&path, replaced(&bytes, fact.entry.as_bytes(), &old, &new)).unwrap();
            let facts = export.join("facts.jsonl");
            let text = std::fs::read_to_string(&facts).unwrap();
            std::fs::write(&facts, text.replace(&old, &new)).unwrap();
        };
        let and_tiles = |export: &Path| {
            in_export(export);
            let all = entries(export, self.facts.len() as u64).unwrap();
            for tile in ledger::tiles::tiles(all) {
                let tile = tile.unwrap();
                std::fs::write(export.join(tile.path.to_string()), tile.bytes).unwrap();
            }
        };
        let without = |export: &Path| {
            let path = bundle(export, issued, self.facts.len());
            let bytes = std::fs::read(&path).unwrap();
            let mut left = Vec::new();
            for entry in ledger::tiles::split_bundle(&bytes).unwrap() {
                if entry != fact.entry.as_bytes() {
                    left.extend((entry.len() as u16).to_be_bytes());
                    left.extend(entry);
                }
            }
            std::fs::write(&path, left).unwrap();
        };
        let gone = format!("DELETE FROM fact WHERE idx = {issued}");
        vec![
            ("A1 a date edited in place", self.doctored("a1", &edit, in_export).await),
            ("A2 and the stored hashes", self.doctored("a2", &edit, and_tiles).await),
            ("A4 a row deleted", self.doctored("a4", &gone, without).await),
        ]
    }

    /// A3, A5, A6, A7, A12: history rewritten with the key.
    async fn with_the_key(&self) -> Vec<(&'static str, Attacked)> {
        let (late, received, _) = &self.late;
        // A3: the due date was a month later, says the new history.
        let later = |fact: &StoredFact| match fact.dossier == *late {
            true => kinder(fact.clone(), 30 * DAY_MS),
            false => fact.clone(),
        };
        let promised = self.facts.iter().map(later).collect();
        let without = |from: usize| {
            let facts = self.facts.iter().enumerate();
            let kept = facts.filter(|(at, fact)| *at < from || fact.dossier != *late);
            kept.map(|(_, fact)| fact.clone()).collect::<Vec<_>>()
        };
        // A6: the backup of the day before the late dossier came, and on from there without it.
        let backup = received.max(&(self.facts.len() / 2)).to_owned();
        // A7: a dossier that was never there, in the past.
        let (twin, mut inserted) = (format!("77{}", &late[2..]), Vec::new());
        for fact in &self.facts {
            inserted.push(fact.clone());
            if fact.dossier == *late {
                inserted.push(copied(fact, &twin, fact.ts));
            }
        }
        vec![
            ("A3 a date, re-signed", self.rewrite("a3", promised, Books::AsTheyAre).await),
            ("A5 deleted, re-signed", self.rewrite("a5", without(0), Books::Renumbered).await),
            ("A6 an old backup", self.rewrite("a6", without(backup), Books::Renumbered).await),
            ("A7 a receipt inserted", self.rewrite("a7", inserted, Books::Renumbered).await),
            ("A12 another log shown", self.rewrite("a12", without(0), Books::Renumbered).await),
        ]
    }

    /// A8–A11, A13: nothing is rewritten, the new entries lie.
    async fn appended(&self) -> Vec<(&'static str, Attacked)> {
        let (late, received, _) = &self.late;
        let (last, reception) = (self.last_ts(), &self.facts[*received]);
        let filing = self.facts.iter().find(|fact| fact.dossier == *late).unwrap();
        let today = last + 3 * DAY_MS;
        let twin = format!("88{}", &late[2..]);
        // A8: taken in today, dated back to a moment after the last entry.
        let early = vec![copied(filing, &twin, last + 1), copied(reception, &twin, last + 60_000)];
        // A9: the applicant is made to withdraw, and files again.
        let withdrawn = self.facts.iter().find(|fact| fact.kind == "withdrawn").unwrap();
        let open = copied(withdrawn, late, today);
        let again = vec![open, copied(filing, &twin, today), copied(reception, &twin, today)];
        // A10: a number was given on paper, and never entered.
        let skipped = numbered(copied(reception, &twin, today), 2);
        // A11: supplements asked for again and again.
        let asked = self.facts.iter().find(|fact| fact.kind == "supplement_requested").unwrap();
        let mut asked = copied(asked, &twin, today);
        let mut payload: serde_json::Value =
            serde_json::from_str(asked.payload.as_deref().unwrap()).unwrap();
        payload["ordinal"] = 2.into();
        asked.payload = Some(payload.to_string());
        let once_more = vec![copied(filing, &twin, today), copied(reception, &twin, today), asked];
        // A13: the clock goes back a month.
        let back = vec![copied(filing, &twin, last - 30 * DAY_MS)];
        vec![
            ("A8 dated back", self.append("a8", early).await),
            ("A9 withdrawn and re-filed", self.append("a9", again).await),
            (
                "A10 a number never entered",
                self.append("a10", vec![copied(filing, &twin, today), skipped]).await,
            ),
            ("A11 supplements twice", self.append("a11", once_more).await),
            ("A13 the clock moved", self.append("a13", back).await),
        ]
    }

    /// A14, A15: a figure typed by hand, a log signed with another key.
    async fn beside(&self) -> Vec<(&'static str, Attacked)> {
        let mut report: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&self.report).unwrap()).unwrap();
        let last = report["rows"].as_array().unwrap().len() - 1;
        report["rows"][last]["late"] = 0.into();
        let typed = self.place("typed.json");
        std::fs::write(&typed, report.to_string()).unwrap();
        let figure = Attacked { house: None, export: self.honest.clone(), report: Some(typed) };
        let house = self.house.copied(&self.place("a15"));
        std::fs::remove_file(house.folder.join("witnesses.policy")).unwrap();
        let secrets = house.folder.join("installation.toml");
        let text = std::fs::read_to_string(&secrets).unwrap();
        let line = text.lines().find(|line| line.starts_with("ledger_seed")).unwrap();
        let other = format!("ledger_seed = \"{}\"", "5a".repeat(32));
        std::fs::write(&secrets, text.replace(line, &other)).unwrap();
        let export = self.place("a15-export");
        house.export(&export);
        let key = Attacked { house: Some(house), export, report: None };
        vec![("A14 a figure typed by hand", figure), ("A15 another key", key)]
    }
}

/// The file of an entry.
fn bundle(export: &Path, index: usize, size: usize) -> PathBuf {
    let number = (index / 256) as u64;
    let width = (size - index / 256 * 256).min(256);
    let row = ledger::tiles::Row::Entries;
    export.join(ledger::TilePath { row, number, width }.to_string())
}

/// A bundle with one entry's time exchanged for another of the same length.
fn replaced(bytes: &[u8], entry: &[u8], old: &str, new: &str) -> Vec<u8> {
    let at = bytes.windows(entry.len()).position(|part| part == entry).unwrap();
    let text = String::from_utf8(entry.to_vec()).unwrap().replace(old, new);
    [&bytes[..at], text.as_bytes(), &bytes[at + entry.len()..]].concat()
}

#[tokio::test]
async fn every_attack_has_an_observer() {
    let before = Before::new().await;
    let honest = Attacked { house: None, export: before.honest.clone(), report: None };
    let calm = before.seen(&honest);
    assert!(calm.iter().all(|sight| *sight == Sight::Missed), "an alarm without an attack");

    let mut all = before.in_place().await;
    all.extend(before.with_the_key().await);
    all.extend(before.appended().await);
    all.extend(before.beside().await);
    let number = |name: &str| name[1..].split(' ').next().unwrap().parse::<u8>().unwrap();
    all.sort_by_key(|(name, _)| number(name));
    assert_eq!(all.len(), 15);

    let mut matrix =
        format!("{:28}{:9}{:11}{:9}{:9}alone\n", "", "server", "inspector", "witness", "citizen");
    for (name, attacked) in &all {
        let [server, inspector, witness, citizen] = before.seen(attacked).map(Sight::mark);
        let alone = before.alone(attacked).mark();
        matrix
            .push_str(&format!("{name:28}{server:9}{inspector:11}{witness:9}{citizen:9}{alone}\n"));
    }
    println!("{matrix}");
    insta::assert_snapshot!("attacks", matrix);
}
