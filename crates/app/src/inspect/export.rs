//! The folder, held to its log, to the heads that the inspector kept, and to the witnesses.

use super::told::{Findings, Grade};
use crate::cli::VerifyArgs;
use anyhow::Context as _;
use domain::time::{from_millis, local};
use ledger::{Checkpoint, Entry, Frontier, Note, Policy, VerifierKey, leaf_hash};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What the inspector brings along.
pub(crate) struct Trusted {
    key: Option<VerifierKey>,
    kept: Vec<(String, String)>,
    policy: Option<Policy>,
}

/// An export whose log is whole.
pub(crate) struct Export {
    folder: PathBuf,
    /// The signed head.
    pub(crate) head: Checkpoint,
    note: Note,
    key: VerifierKey,
    /// Heads that witnesses spoke of: size, and the earliest time in milliseconds; by size.
    pub(crate) seen: Vec<(u64, i64)>,
}

/// A line of the facts with its entry.
pub(crate) struct Line {
    /// The entry, as the log has it.
    pub(crate) entry: Entry,
    /// The line.
    pub(crate) line: Value,
}

/// The facts of an export.
pub(crate) struct Facts {
    /// The first line.
    pub(crate) about: Value,
    /// The others, in the log's order.
    pub(crate) lines: Vec<Line>,
}

impl Trusted {
    /// Reads the files that the inspector named.
    pub(crate) fn read(args: &VerifyArgs) -> anyhow::Result<Trusted> {
        let text = |path: &Path| {
            let text = std::fs::read_to_string(path);
            text.with_context(|| format!("cannot read {}", path.display()))
        };
        let key = args.key.as_deref().map(|key| key.trim().parse());
        let key = key.transpose().context("the log's key cannot be read")?;
        let kept = args.checkpoints.iter();
        let kept = kept.map(|path| Ok((path.display().to_string(), text(path)?)));
        let kept = kept.collect::<anyhow::Result<_>>()?;
        let policy = args.policy.as_deref().map(|path| {
            let policy = text(path)?.parse::<Policy>();
            policy.with_context(|| format!("{} is no policy", path.display()))
        });
        Ok(Trusted { key, kept, policy: policy.transpose()? })
    }

    /// The log's key: the inspector's own, the policy's, or the one beside the export.
    fn key_of(&self, folder: &Path) -> anyhow::Result<VerifierKey> {
        let of_policy = self.policy.as_ref().and_then(|policy| policy.logs.first());
        if let Some(key) = self.key.as_ref().or(of_policy) {
            return Ok(key.clone());
        }
        let path = folder.join("key.pub");
        let text = std::fs::read_to_string(&path);
        let text = text.with_context(|| format!("no key given, and no {}", path.display()))?;
        text.trim().parse().with_context(|| format!("{} is no key", path.display()))
    }
}

impl Export {
    /// Re-hashes everything and compares with every head that anybody kept; `None`, with findings,
    /// where the log is not whole.
    pub(crate) fn open(
        folder: &Path,
        trusted: &Trusted,
        findings: &mut Findings,
    ) -> anyhow::Result<Option<Export>> {
        let key = trusted.key_of(folder)?;
        let mut heads = Vec::new();
        for (name, note) in &trusted.kept {
            match Checkpoint::open(note, &key) {
                Ok(head) => heads.push(head),
                Err(error) => findings.add(
                    (Grade::Wrong, "kept_head"),
                    (
                        format!("Mốc đã giữ {name} không do khóa này ký: {error}."),
                        format!("The kept head {name} is not signed by this key: {error}."),
                    ),
                    json!({"file": name}),
                ),
            }
        }
        let kept = heads.len();
        let witnessed = witnessed(folder)?;
        heads.extend(witnessed.iter().filter_map(|note| Checkpoint::open(note, &key).ok()));
        let read = |path: &str| std::fs::read(folder.join(path)).ok();
        let verified = match ledger::verify(&key, &heads, read) {
            Ok(verified) => verified,
            Err(problems) => {
                for problem in problems {
                    let words = problem.to_string();
                    let told = (format!("Nhật ký: {words}."), format!("The log: {words}."));
                    findings.add((Grade::Wrong, "log"), told, json!({"finding": words}));
                }
                return Ok(None);
            }
        };
        let head = verified.checkpoint;
        let (size, root, books) = (head.size, head.root, verified.books);
        findings.add(
            (Grade::Fine, "log"),
            (
                format!(
                    "Đã băm lại cả {size} mục; khớp gốc {root} do {} ký; {books} sổ số liên tục; \
                     nối tiếp {kept} mốc mang theo và {} mốc có người chứng kiến.",
                    head.origin,
                    heads.len() - kept
                ),
                format!(
                    "All {size} entries re-hashed; they give the root {root} signed by {}; {books} \
                     books without a gap; {kept} kept and {} witnessed heads are continued.",
                    head.origin,
                    heads.len() - kept
                ),
            ),
            json!({"size": size, "root": root, "origin": head.origin, "books": books,
                   "dossiers": verified.dossiers, "kept_heads": kept}),
        );
        let note = std::fs::read_to_string(folder.join("checkpoint"))?.parse()?;
        let seen = seen(&witnessed, &key, trusted);
        let folder = folder.to_owned();
        Ok(Some(Export { folder, head, note, key, seen }))
    }

    /// Holds the head to the policy, where the inspector has one.
    pub(crate) fn witnesses(&self, trusted: &Trusted, findings: &mut Findings) {
        let Some(policy) = &trusted.policy else {
            let told = (
                "Không có chính sách nhân chứng: nhật ký chỉ có chữ ký của chính nó.".to_owned(),
                "No policy given: only the log itself vouches for its head.".to_owned(),
            );
            return findings.add((Grade::Flag, "witnesses"), told, Value::Null);
        };
        if !policy.logs.is_empty() && !policy.logs.contains(&self.key) {
            let told = (
                format!("Chính sách không nêu nhật ký {}.", self.key),
                format!("The policy does not name the log {}.", self.key),
            );
            findings.add((Grade::Wrong, "witnesses"), told, Value::Null);
        }
        let seen = policy.seen(&self.note);
        let names: Vec<String> = seen
            .iter()
            .map(|seen| {
                let at = i64::try_from(seen.at).unwrap_or(0).saturating_mul(1_000);
                let at = local(from_millis(at)).strftime("%d/%m/%Y %H:%M:%S");
                format!("{} ({at})", seen.witness)
            })
            .collect();
        let data = json!({"seen": names});
        let (size, names) = (self.head.size, names.join(", "));
        if policy.is_satisfied(&self.note) {
            let told = (
                format!("Đủ nhân chứng cho mốc {size} mục: {names}."),
                format!("Enough witnesses for the head of {size} entries: {names}."),
            );
            return findings.add((Grade::Fine, "witnesses"), told, data);
        }
        let names = if names.is_empty() { "–".to_owned() } else { names };
        let told = (
            format!("KHÔNG đủ nhân chứng cho mốc {size} mục; có: {names}."),
            format!("NOT enough witnesses for the head of {size} entries; there are: {names}."),
        );
        findings.add((Grade::Wrong, "witnesses"), told, data);
    }

    /// The facts beside the log, each held to its entry; `None` where there are none.
    pub(crate) fn facts(&self, findings: &mut Findings) -> anyhow::Result<Option<Facts>> {
        let path = self.folder.join("facts.jsonl");
        let Ok(text) = std::fs::read_to_string(&path) else {
            let told = (
                "Không có facts.jsonl: không tính lại được số liệu.".to_owned(),
                "There is no facts.jsonl: figures cannot be recomputed.".to_owned(),
            );
            findings.add((Grade::Flag, "facts"), told, Value::Null);
            return Ok(None);
        };
        match self.read_facts(&text) {
            Ok(facts) => {
                let count = facts.lines.len();
                let told = (
                    format!("{count} sự kiện khớp từng mục của nhật ký."),
                    format!("{count} facts agree with the log, entry by entry."),
                );
                findings.add((Grade::Fine, "facts"), told, json!({"facts": count}));
                Ok(Some(facts))
            }
            Err(problem) => {
                let told = (
                    format!("facts.jsonl không khớp nhật ký: {problem}."),
                    format!("facts.jsonl does not agree with the log: {problem}."),
                );
                findings.add((Grade::Wrong, "facts"), told, json!({"problem": problem}));
                Ok(None)
            }
        }
    }

    fn read_facts(&self, text: &str) -> Result<Facts, String> {
        let parse = |line: &str| serde_json::from_str(line).map_err(|error| error.to_string());
        let mut lines = text.lines();
        let about: Value = parse(lines.next().unwrap_or_default())?;
        let mut all = Vec::new();
        let mut frontier = Frontier::default();
        for (at, line) in lines.enumerate() {
            let line: Value = parse(line)?;
            let text = line["entry"].as_str().unwrap_or_default();
            frontier.append(leaf_hash(text.as_bytes()));
            let entry = Entry::parse(text.as_bytes());
            let entry = entry.map_err(|error| format!("fact {at}: {error}"))?;
            all.push(held(at, Line { entry, line })?);
        }
        if (frontier.size(), frontier.root()) != (self.head.size, self.head.root) {
            let (size, root) = (frontier.size(), frontier.root());
            return Err(format!("its {size} entries give the root {root}"));
        }
        Ok(Facts { about, lines: all })
    }
}

/// A line says of its fact what the entry says.
fn held(at: usize, line: Line) -> Result<Line, String> {
    let Line { entry, line: told } = &line;
    let same = told["index"].as_u64() == u64::try_from(at).ok()
        && told["dossier"].as_str() == Some(&entry.dossier)
        && told["seq"].as_u64() == Some(u64::from(entry.dseq))
        && told["kind"].as_str() == Some(&entry.kind);
    if !same {
        return Err(format!("fact {at} is not what its entry says"));
    }
    let promises = ["received", "payment_confirmed", "reappointed", "due_corrected"];
    let due = told["due"].as_i64();
    if promises.contains(&entry.kind.as_str()) && due.is_some() && due != entry.due {
        return Err(format!("fact {at}: the due date is not the one in its entry"));
    }
    if entry.kind == "submitted" && told["agency"].as_str() != entry.agency.as_deref() {
        return Err(format!("fact {at}: the agency is not the one in its entry"));
    }
    Ok(line)
}

/// The notes of heads that witnesses spoke of.
fn witnessed(folder: &Path) -> anyhow::Result<Vec<String>> {
    let Ok(text) = std::fs::read_to_string(folder.join("witnessed.jsonl")) else {
        return Ok(Vec::new());
    };
    let note = |line: &str| {
        let line: Value = serde_json::from_str(line).context("witnessed.jsonl is damaged")?;
        Ok(line["note"].as_str().unwrap_or_default().to_owned())
    };
    text.lines().map(note).collect()
}

/// Sizes and earliest times of heads that witnesses of the policy cosigned.
fn seen(notes: &[String], key: &VerifierKey, trusted: &Trusted) -> Vec<(u64, i64)> {
    let Some(policy) = &trusted.policy else { return Vec::new() };
    let one = |text: &String| {
        let head = Checkpoint::open(text, key).ok()?;
        let note: Note = text.parse().ok()?;
        let at = policy.seen(&note).into_iter().map(|seen| seen.at).min()?;
        Some((head.size, i64::try_from(at).ok()?.checked_mul(1_000)?))
    };
    let mut seen: Vec<(u64, i64)> = notes.iter().filter_map(one).collect();
    seen.sort_unstable();
    seen
}
