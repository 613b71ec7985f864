//! Every figure anew from the facts, by the same definitions, in a record of its own that is thrown
//! away; and the report's figures beside them, each difference with its dossiers.

use super::export::Facts;
use super::told::{Findings, Grade};
use crate::cli::{Place, VerifyArgs};
use crate::house;
use anyhow::Context as _;
use domain::dossier::Actor;
use domain::statistics::{Dimension, Figure, Figures, Period, tabulate};
use domain::time::{Instant, from_millis, local};
use jiff::civil::Date;
use office::Office;
use office::figures::{Asked, Counted, Form};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Lines taken in at a time.
const PAGE: usize = 2_000;
/// Dossiers named in one difference; the data has all of them.
const NAMED: usize = 10;

/// A record of its own, filled as far as a report's basis reaches.
struct Scratch {
    office: Office,
    filled: usize,
    _folder: tempfile::TempDir,
}

impl Scratch {
    async fn new(args: &VerifyArgs) -> anyhow::Result<Scratch> {
        let folder = tempfile::tempdir().context("cannot make a folder to count in")?;
        let data = folder.path().to_owned();
        let catalogue = args.catalogue.clone();
        let place = Place { data, database: None, catalogue, address: None };
        let office = house::open(&place).await?;
        Ok(Scratch { office, filled: 0, _folder: folder })
    }

    /// Takes in the facts up to this size.
    async fn fill(&mut self, facts: &Facts, size: usize) -> anyhow::Result<()> {
        while self.filled < size {
            let to = (self.filled + PAGE).min(size);
            let page = facts.lines[self.filled..to].iter().map(|line| line.line.clone());
            self.office.take_in(&page.collect::<Vec<_>>()).await?;
            self.filled = to;
        }
        Ok(())
    }
}

/// Recomputes the figures of the reports, then all figures of the whole time.
pub(crate) async fn check(
    facts: &Facts,
    reports: &[(String, Value)],
    args: &VerifyArgs,
    findings: &mut Findings,
) -> anyhow::Result<()> {
    let mut scratch = Scratch::new(args).await?;
    let mut ordered: Vec<&(String, Value)> = reports.iter().collect();
    ordered.sort_by_key(|(_, report)| report["ledger"]["size"].as_u64());
    let mut kinds = BTreeSet::new();
    for (name, report) in ordered {
        report_again(&mut scratch, facts, (name, report), (&mut kinds, findings)).await?;
    }
    if !reports.is_empty() {
        let count = kinds.len();
        let told = (
            format!("{count} loại số liệu của báo cáo đã được tính lại."),
            format!("{count} kinds of figures of the reports were recomputed."),
        );
        findings.add((Grade::Fine, "kinds"), told, json!({"count": count, "kinds": kinds}));
    }
    scratch.fill(facts, facts.lines.len()).await?;
    everything(&scratch.office, facts, findings).await
}

/// One report, cell by cell.
async fn report_again(
    scratch: &mut Scratch,
    facts: &Facts,
    (name, report): (&str, &Value),
    (kinds, findings): (&mut BTreeSet<String>, &mut Findings),
) -> anyhow::Result<()> {
    let wrong = |findings: &mut Findings, vi: &str, en: &str| {
        let told = (format!("{name}: {vi}."), format!("{name}: {en}."));
        findings.add((Grade::Wrong, "report"), told, json!({"report": name}));
    };
    let Some((form, asked, size)) = asked(report) else {
        wrong(findings, "không phải báo cáo mà chương trình này biết", "not a report known here");
        return Ok(());
    };
    if size > facts.lines.len() || size < scratch.filled {
        wrong(findings, "dựa trên nhiều mục hơn bản xuất", "rests on more than this export has");
        return Ok(());
    }
    scratch.fill(facts, size).await?;
    let counted = scratch.office.count_again(&Actor::System, asked).await;
    let counted = counted.with_context(|| format!("cannot recount {name}"))?;
    if report["ledger"]["root"].as_str() != Some(&counted.basis.root) {
        wrong(findings, "gốc nhật ký không phải của mốc này", "its root is not the log's");
    }
    let sheet = scratch.office.form(form, &counted)?;
    let again: Value = serde_json::from_str(&sheet.to_json())?;
    let claimed = keyed(&report["rows"]);
    let computed = keyed(&again["rows"]);
    let before = findings.worst();
    let mut differences = 0;
    for key in claimed.keys().chain(computed.keys()).collect::<BTreeSet<_>>() {
        let none = Map::new();
        let (old, new) = (claimed.get(key).unwrap_or(&none), computed.get(key).unwrap_or(&none));
        for column in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
            if !column.ends_with("name") {
                kinds.insert(kind(form, key, column));
            }
            let (old, new) = (old.get(column), new.get(column));
            if old != new {
                differences += 1;
                let why = (name, key.as_str(), column.as_str());
                differs(why, (old, new), (form, &counted), findings);
            }
        }
    }
    if differences == 0 && findings.worst() == before {
        let (vi, en) = ("mọi số liệu tính lại đều khớp", "every figure recomputed is the same");
        let told = (format!("{name}: {vi}."), format!("{name}: {en}."));
        findings.add(
            (Grade::Fine, "report"),
            told,
            json!({"report": name, "rows": computed.len()}),
        );
    }
    Ok(())
}

/// What a report says it is: its form, what was asked, and the entries it rests on.
fn asked(report: &Value) -> Option<(Form, Asked, usize)> {
    let form = Form::named(report["report"].as_str()?)?;
    let day = |key: &str| report[key].as_str()?.parse::<Date>().ok();
    let period = Period::new(day("from")?, day("to")?)?;
    let agency = report["agency"].as_str().map(str::to_owned);
    let as_of: Instant = report["as_of"].as_str()?.parse().ok()?;
    let size = usize::try_from(report["ledger"]["size"].as_u64()?).ok()?;
    Some((form, Asked { period, agency, as_of: Some(as_of) }, size))
}

/// Rows by what they are about. An official goes by a name in the report and by a pseudonym here,
/// so officials are compared as a whole, in the order of their figures.
fn keyed(rows: &Value) -> BTreeMap<String, Map<String, Value>> {
    const NAMES: [&str; 6] = ["level", "field", "agency", "kind", "group", "id"];
    let mut keyed = BTreeMap::new();
    let mut officials: Vec<Map<String, Value>> = Vec::new();
    for row in rows.as_array().map(Vec::as_slice).unwrap_or_default() {
        let Some(row) = row.as_object() else { continue };
        let mut row = row.clone();
        if row.get("kind").and_then(Value::as_str) == Some("official") {
            row.retain(|key, _| key != "id" && key != "name");
            officials.push(row);
            continue;
        }
        let names = NAMES.iter().filter_map(|name| row.get(*name)?.as_str());
        let names = names.filter(|name| !name.is_empty());
        let key = names.collect::<Vec<_>>().join(" · ");
        row.retain(|key, _| !NAMES.contains(&key.as_str()));
        keyed.insert(key, row);
    }
    officials.sort_by_key(|row| Value::Object(row.clone()).to_string());
    for (at, row) in (1..).zip(officials) {
        keyed.insert(format!("official · {at}"), row);
    }
    keyed
}

/// The kind of a figure: form and column, and in an index the indicator.
fn kind(form: Form, key: &str, column: &str) -> String {
    let indicator = key.rsplit(" · ").next().filter(|_| form == Form::Qd766).unwrap_or_default();
    format!("{} {indicator} {column}", form.name()).replace("  ", " ")
}

/// A difference, with the dossiers that are counted here.
fn differs(
    (name, key, column): (&str, &str, &str),
    (claimed, computed): (Option<&Value>, Option<&Value>),
    (form, counted): (Form, &Counted),
    findings: &mut Findings,
) {
    let dossiers = behind(form, column).map(|figures| {
        let theirs = counted.courses.iter().filter(|course| {
            let of_row = key == "total"
                || key == course.agency
                || key == format!("{} · {}", course.level.name(), course.field);
            of_row && figures.iter().any(|figure| figure.includes(course, &counted.window))
        });
        theirs.map(|course| course.dossier.as_str()).collect::<Vec<_>>()
    });
    let named = dossiers.as_deref().unwrap_or_default();
    let named = named.iter().copied().take(NAMED).collect::<Vec<_>>().join(", ");
    let told = |value: Option<&Value>| value.map_or("–".to_owned(), Value::to_string);
    let (old, new) = (told(claimed), told(computed));
    let words = (
        format!("{name}, {key}, {column}: báo cáo ghi {old}, tính lại {new}; hồ sơ: {named}."),
        format!("{name}, {key}, {column}: reported {old}, recomputed {new}; dossiers: {named}."),
    );
    let data = json!({"report": name, "row": key, "column": column, "claimed": claimed,
                      "computed": computed, "dossiers": dossiers});
    findings.add((Grade::Wrong, "figure"), words, data);
}

/// The figures that a column of II.06a or 07a counts; any one of them.
fn behind(form: Form, column: &str) -> Option<Vec<Figure>> {
    let named = |name: &str| Figure::ALL.iter().copied().find(|figure| figure.name() == name);
    let is_06a = form == Form::Report06a;
    let names: &[&str] = match column {
        "total" => &["handled"],
        "online" => &["taken_in_online"],
        "direct" => &["taken_in_counter", "taken_in_post"],
        "online_full" => &["taken_in_full"],
        "online_partial" => &["taken_in_partial"],
        "online_other" => &["taken_in_other"],
        "post" => &["taken_in_post"],
        "counter" => &["taken_in_counter"],
        "early" if is_06a => &["resolved_early"],
        "on_time" if is_06a => &["resolved_on_time"],
        "late" if is_06a => &["resolved_late"],
        "early" => &["settled_early"],
        "on_time" => &["settled_on_time"],
        "late_with_apology" => &["settled_late_with_apology"],
        "late_without_apology" => &["settled_late_without_apology"],
        other => return named(other).map(|figure| vec![figure]),
    };
    Some(names.iter().filter_map(|name| named(name)).collect())
}

/// All figures of the time from the first fact to the last, by agency, field and month.
async fn everything(office: &Office, facts: &Facts, findings: &mut Findings) -> anyhow::Result<()> {
    let (Some(first), Some(last)) = (facts.lines.first(), facts.lines.last()) else {
        return Ok(());
    };
    let written = facts.about["written_at"].as_i64().unwrap_or(last.entry.ts).max(last.entry.ts);
    let day = |ts: i64| local(from_millis(ts)).date();
    let period = Period::new(day(first.entry.ts), day(last.entry.ts));
    let period = period.context("the log's time runs back")?;
    let as_of = Some(from_millis(written));
    let asked = Asked { period, agency: None, as_of };
    let counted = office.count_again(&Actor::System, asked).await?;
    let dimensions = [Dimension::Agency, Dimension::Field];
    let table = tabulate(&counted.courses, &counted.window, &dimensions);
    let whole: Vec<Value> = table.iter().map(|(place, figures)| row(place, figures)).collect();
    let mut months = Vec::new();
    for (month, period) in months_of(period) {
        let window = period.seen_at(from_millis(written));
        let asked = Asked { period, agency: None, as_of: Some(window.end) };
        let counted = office.count_again(&Actor::System, asked).await?;
        let table = tabulate(&counted.courses, &counted.window, &[Dimension::Agency]);
        months.extend(table.iter().map(|(place, figures)| {
            let mut row = row(place, figures);
            row["month"] = json!(month);
            row
        }));
    }
    let total = Figures::over(&counted.courses, &counted.window);
    let (kinds, rate) = (Figure::ALL.len(), total.on_time());
    let told = (
        format!(
            "Tính lại {kinds} loại số liệu theo cơ quan, lĩnh vực và tháng: {} hồ sơ phải giải \
             quyết, {} đúng hoặc trước hạn, {} quá hạn.",
            rate.whole,
            rate.part,
            rate.whole - rate.part
        ),
        format!(
            "{kinds} kinds of figures recomputed by agency, field and month: {} dossiers to be \
             settled, {} on time or early, {} late.",
            rate.whole,
            rate.part,
            rate.whole - rate.part
        ),
    );
    let data = json!({"total": figures(&total), "places": whole, "months": months});
    findings.add((Grade::Fine, "figures"), told, data);
    Ok(())
}

fn row(place: &[String], counted: &Figures) -> Value {
    json!({"place": place, "figures": figures(counted)})
}

fn figures(counted: &Figures) -> Value {
    let count = |figure: &Figure| (figure.name().to_owned(), json!(counted.of(*figure)));
    let mut all: Map<String, Value> = Figure::ALL.iter().map(count).collect();
    all.insert("supplement_rounds".to_owned(), json!(counted.supplement_rounds()));
    all.insert("mean_minutes".to_owned(), json!(counted.mean_minutes()));
    all.insert("mean_minutes_stood".to_owned(), json!(counted.mean_minutes_stood()));
    all.insert("median_minutes".to_owned(), json!(counted.percentile_minutes(50)));
    all.insert("percentile_90_minutes".to_owned(), json!(counted.percentile_minutes(90)));
    Value::Object(all)
}

/// The calendar months of a period, each cut to it.
fn months_of(period: Period) -> Vec<(String, Period)> {
    let mut months = Vec::new();
    let mut first = period.from();
    while first <= period.to() {
        let last = first.last_of_month().min(period.to());
        let month = Period::new(first, last);
        months.extend(month.map(|month| (first.strftime("%Y-%m").to_string(), month)));
        let Ok(next) = last.tomorrow() else { break };
        first = next;
    }
    months
}
