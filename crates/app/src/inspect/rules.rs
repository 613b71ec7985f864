//! What no proof shows, but a rule flags: somebody has to explain it, with the dossiers in hand.

use super::export::{Export, Facts, Line};
use super::told::{Findings, Grade};
use crate::cli::VerifyArgs;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Between the decision about a fact and the log's taking it in.
const TOLERANCE_MS: i64 = 300_000;
const DAY_MS: i64 = 86_400_000;
/// Dossiers named in one finding; the data has all of them.
const NAMED: usize = 10;

/// Flags what has to be explained.
pub(crate) fn check(facts: &Facts, export: &Export, args: &VerifyArgs, findings: &mut Findings) {
    let skew_ms = args.skew_minutes.saturating_mul(60_000);
    own_times(facts, findings);
    witnessed_times(facts, export, skew_ms, findings);
    supplements(facts, findings);
    late_entries(facts, findings);
    log_entries(facts, findings);
    refiled(facts, args.refiled_days.saturating_mul(DAY_MS), findings);
}

/// A fact's own time is the log's time: there is no date that somebody may choose.
fn own_times(facts: &Facts, findings: &mut Findings) {
    let apart = |line: &&Line| {
        let at = line.line["at"].as_i64().unwrap_or(i64::MIN);
        at.abs_diff(line.entry.ts) > TOLERANCE_MS.unsigned_abs()
    };
    let apart: Vec<&Line> = facts.lines.iter().filter(apart).collect();
    tell(
        findings,
        ("own_time", &apart),
        ("Thời điểm của sự kiện là thời điểm của nhật ký", "The facts' times are the log's"),
        (
            "sự kiện mang thời điểm khác thời điểm nhật ký ghi nhận",
            "facts with another time than the one at which the log took them in",
        ),
    );
}

/// Each entry was taken in after the last head that a witness saw before it, and before the next.
fn witnessed_times(facts: &Facts, export: &Export, skew_ms: i64, findings: &mut Findings) {
    if export.seen.is_empty() {
        return;
    }
    let mut odd = Vec::new();
    for (index, line) in (0u64..).zip(&facts.lines) {
        let next = export.seen.partition_point(|(size, _)| *size <= index);
        let after = next.checked_sub(1).map(|last| export.seen[last].1);
        let before = export.seen.get(next).map(|(_, at)| *at);
        let too_early = after.is_some_and(|after| line.entry.ts < after - skew_ms);
        let too_late = before.is_some_and(|before| line.entry.ts > before + skew_ms);
        if too_early || too_late {
            odd.push(line);
        }
    }
    tell(
        findings,
        ("witnessed_time", &odd),
        (
            "Mọi mục nằm giữa hai mốc mà nhân chứng thấy trước và sau nó",
            "Every entry lies between the heads that witnesses saw before and after it",
        ),
        (
            "mục có thời điểm ngoài hai lần chứng kiến: đồng hồ bị chỉnh hoặc ghi lùi ngày",
            "entries whose time lies outside: a moved clock, or back-dating",
        ),
    );
}

/// The law allows one request for supplements; each stops the clock.
fn supplements(facts: &Facts, findings: &mut Findings) {
    let asked = facts.lines.iter().filter(|line| line.entry.kind == "supplement_requested");
    let mut by_agency: BTreeMap<&str, u64> = BTreeMap::new();
    let mut often = Vec::new();
    for line in asked {
        *by_agency.entry(agency(line)).or_default() += 1;
        if line.line["ordinal"].as_u64().is_some_and(|ordinal| ordinal > 1) {
            often.push(line);
        }
    }
    let total: u64 = by_agency.values().sum();
    let told = (
        format!("Yêu cầu bổ sung: {total} lần; theo cơ quan: {}.", counts(&by_agency)),
        format!("Requests for supplements: {total}; by agency: {}.", counts(&by_agency)),
    );
    findings.add((Grade::Fine, "supplements"), told, json!({"by_agency": by_agency}));
    tell(
        findings,
        ("supplements_often", &often),
        (
            "Không hồ sơ nào bị yêu cầu bổ sung quá một lần",
            "Nobody was asked for supplements twice",
        ),
        (
            "yêu cầu bổ sung từ lần thứ hai trở đi (luật cho một lần)",
            "requests for supplements beyond the one that the law allows",
        ),
    );
}

/// Paper that came earlier than the log says, by somebody's word.
fn late_entries(facts: &Facts, findings: &mut Findings) {
    let mut by_agency: BTreeMap<&str, u64> = BTreeMap::new();
    for line in facts.lines.iter().filter(|line| !line.line["late_entry"].is_null()) {
        *by_agency.entry(agency(line)).or_default() += 1;
    }
    let total: u64 = by_agency.values().sum();
    let grade = if total == 0 { Grade::Fine } else { Grade::Flag };
    let told = (
        format!("Hồ sơ giấy nhập muộn: {total}; theo cơ quan: {}.", counts(&by_agency)),
        format!("Papers entered late: {total}; by agency: {}.", counts(&by_agency)),
    );
    findings.add((grade, "late_entries"), told, json!({"by_agency": by_agency}));
}

/// What the log says about itself: a year is fine when its head fits, a break has to be explained.
fn log_entries(facts: &Facts, findings: &mut Findings) {
    for line in facts.lines.iter().filter(|line| line.entry.kind == "log_began") {
        let told = &line.line;
        let (origin, size) = (told["origin"].as_str().unwrap_or("–"), told["size"].as_u64());
        let size = size.unwrap_or(0);
        let data = json!({"origin": origin, "size": size, "root": told["root"]});
        if told["reason"] == "year" {
            let fits = told["root"].as_str() == root(facts, size).as_deref();
            let year = told["year"].as_i64().unwrap_or(0);
            let grade = if fits { Grade::Fine } else { Grade::Wrong };
            let words = (
                format!("Năm {year} bắt đầu sau {size} mục của các năm trước."),
                format!("The year {year} begins after {size} entries of the years before."),
            );
            findings.add((grade, "year"), words, data);
        } else {
            let words = (
                format!("Nhật ký khai đứt đoạn: đã mất phần sau của {origin}, từng có {size} mục."),
                format!("The log declares a break: the tail of {origin}, once {size}, is lost."),
            );
            findings.add((Grade::Flag, "break"), words, data);
        }
    }
}

/// The root over the first entries.
fn root(facts: &Facts, size: u64) -> Option<String> {
    let first = facts.lines.get(..usize::try_from(size).ok()?)?;
    let leaves = first.iter().map(|line| ledger::leaf_hash(line.entry.to_canonical().as_bytes()));
    Some(leaves.collect::<ledger::Frontier>().root().to_string())
}

/// The same person asks for the same again after the first dossier ended without a result: the
/// clock began anew. Told beside the on-time figures, by agency.
fn refiled(facts: &Facts, within_ms: i64, findings: &mut Findings) {
    let mut tags: HashMap<&str, &str> = HashMap::new();
    let mut ended: HashMap<&str, i64> = HashMap::new();
    let mut by_agency: BTreeMap<&str, u64> = BTreeMap::new();
    let mut chains: Vec<&Line> = Vec::new();
    for line in &facts.lines {
        let entry = &line.entry;
        if let Some(tag) = entry.subject_tag.as_deref().filter(|_| entry.kind == "submitted") {
            if ended.get(tag).is_some_and(|end| entry.ts - end <= within_ms) {
                *by_agency.entry(agency(line)).or_default() += 1;
                chains.push(line);
            }
            tags.insert(&entry.dossier, tag);
        }
        let without_result =
            ["withdrawn", "not_accepted", "stopped"].contains(&entry.kind.as_str());
        if without_result && let Some(tag) = tags.get(entry.dossier.as_str()) {
            ended.insert(tag, entry.ts);
        }
    }
    let total = chains.len();
    let grade = if total == 0 { Grade::Fine } else { Grade::Flag };
    let all: BTreeSet<&str> = chains.iter().map(|line| line.entry.dossier.as_str()).collect();
    let told = (
        format!(
            "Nộp lại sau khi rút, trả hoặc dừng: {total}; theo cơ quan: {}.",
            counts(&by_agency)
        ),
        format!("Filed again after an end without result: {total}; {}.", counts(&by_agency)),
    );
    findings.add(
        (grade, "refiled"),
        told,
        json!({"by_agency": by_agency, "dossiers": all, "within_days": within_ms / DAY_MS}),
    );
}

fn agency(line: &Line) -> &str {
    line.entry.agency.as_deref().unwrap_or("–")
}

fn counts(by: &BTreeMap<&str, u64>) -> String {
    if by.is_empty() {
        return "–".to_owned();
    }
    let each: Vec<String> = by.iter().map(|(name, count)| format!("{name} {count}")).collect();
    each.join(", ")
}

/// Fine when there is none, else a flag that names the first dossiers.
fn tell(
    findings: &mut Findings,
    (check, found): (&'static str, &[&Line]),
    fine: (&str, &str),
    wrong: (&str, &str),
) {
    if found.is_empty() {
        let told = (format!("{}.", fine.0), format!("{}.", fine.1));
        return findings.add((Grade::Fine, check), told, json!({"count": 0}));
    }
    let all: BTreeSet<&str> = found.iter().map(|line| line.entry.dossier.as_str()).collect();
    let named: Vec<&str> = all.iter().copied().take(NAMED).collect();
    let (count, named) = (found.len(), named.join(", "));
    let told = (
        format!("{count} {}; hồ sơ: {named}.", wrong.0),
        format!("{count} {}; dossiers: {named}.", wrong.1),
    );
    findings.add((Grade::Flag, check), told, json!({"count": count, "dossiers": all}));
}
