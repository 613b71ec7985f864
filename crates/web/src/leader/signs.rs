//! Odd signs of a period: each detector with its definition, its numbers and its evidence.

use super::scope::{Choice, Scope, hours};
use crate::Web;
use crate::kit::error::{WebError, form_urlencode};
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::layout::Layout;
use crate::kit::session::Staff;
use crate::kit::words;
use crate::officer::desk;
use crate::public::asked::Asked;
use crate::public::{answer, marks};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::detectors::{Detector, Evidence, Oddity, Told};
use domain::inspection::Measure;
use domain::inspection::claim::written;
use domain::inspection::measure::Unit;
use domain::steering::Kind;
use domain::time::local;
use domain::worktime::DAY_MINUTES;
use office::signs::Signs;
use office::steering::Record;
use std::sync::Arc;

/// Evidence of a list.
const MOST: usize = 200;
/// Height of a small chart, and the width of one of its months.
const HEIGHT: u64 = 24;
const MONTH: usize = 9;
/// From so many working minutes on, days say it better than hours.
const HOURS_MAX: i64 = 5 * DAY_MINUTES;

#[derive(Template)]
#[template(path = "leader/signs.html")]
struct Page {
    l: Layout,
    from: String,
    to: String,
    period: String,
    agency: Option<String>,
    agencies: Vec<Choice>,
    wrong: Option<String>,
    rows: Vec<Row>,
    list: Option<List>,
    may_explain: bool,
    footer: String,
    size: u64,
    root: String,
}

/// A detector.
struct Row {
    code: String,
    name: String,
    definition: String,
    thresholds: Vec<Number>,
    /// `None` where nothing was recorded that could be looked at.
    count: Option<u64>,
    bars: Vec<Bar>,
    trend: String,
    href: String,
}

/// A number behind a definition.
struct Number {
    name: String,
    value: i64,
    source: String,
    mark: Option<String>,
}

/// A month of the small chart.
struct Bar {
    x: usize,
    y: u64,
    height: u64,
}

/// The evidence of one detector.
struct List {
    title: String,
    rows: Vec<Found>,
    more: Option<u64>,
}

/// A piece of evidence.
struct Found {
    code: String,
    href: Option<String>,
    agency: String,
    at: String,
    entry: Option<u64>,
    odd: String,
    explain: String,
    explained: Option<String>,
}

/// `GET /dau-hieu?tu=&den=&co-quan=&dau-hieu=`
///
/// # Errors
/// Faults of the database; for those who may not look, it is not there.
pub async fn get(
    State(web): State<Arc<Web>>,
    staff: Staff,
    asked: Asked,
) -> Result<Response, WebError> {
    let (lang, actor) = (staff.visitor.lang, &staff.who.actor);
    let today = local(web.office.clock.now()).date();
    let scope = Scope::of(&asked, today, actor);
    let chosen = Detector::named(asked.text("dau-hieu"));
    let told = chosen.map_or(Told::Counts, |detector| Told::First(detector, MOST));
    let signs = web.office.signs(actor, scope.asked(), told).await;
    let signs = signs.map_err(|error| WebError::from_act(error, lang))?;
    let mut l = web.layout(&staff.visitor, t(lang, "signs-title"));
    l.error = scope.wrong;
    let explained = match chosen {
        Some(_) => web.office.steering(actor, Kind::Explanation, scope.agency.as_deref()).await,
        None => Ok(Vec::new()),
    };
    let explained = explained.map_err(|error| WebError::from_act(error, lang))?;
    let page = Page {
        period: l.t2("figures-period", "from", scope.from(), "to", scope.to()),
        footer: l.t1("figures-as-of", "moment", words::moment(lang, signs.basis.as_of)),
        l,
        from: scope.from(),
        to: scope.to(),
        agency: scope.agency_name(&web),
        agencies: scope.agencies(&web, actor),
        wrong: scope.wrong.then(|| t(lang, "scope-wrong")),
        rows: Detector::ALL.into_iter().map(|d| row(&web, lang, &scope, &signs, d)).collect(),
        list: chosen.map(|detector| list(&web, lang, (&signs, &explained), detector)),
        may_explain: scope
            .agency
            .as_deref()
            .is_some_and(|agency| domain::permission::may_steer(actor, Kind::Explanation, agency)),
        size: signs.basis.size,
        root: signs.basis.root.clone(),
    };
    let status = if scope.wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(answer(lang, status, &page))
}

fn row(web: &Web, lang: Language, scope: &Scope, signs: &Signs, detector: Detector) -> Row {
    let code = detector.code();
    let count = signs.shown.count(detector);
    let (bars, numbers) = trend(scope, signs, detector);
    let number = |(name, threshold): &(&str, &domain::detectors::Threshold)| Number {
        name: t(lang, &format!("threshold-{}", name.replace('_', "-"))),
        value: threshold.value,
        source: threshold.source.clone(),
        mark: marks::tag(lang, threshold.confidence),
    };
    Row {
        code: code.to_uppercase(),
        name: t(lang, &format!("detector-{code}")),
        definition: t(lang, &format!("detector-{code}-definition")),
        thresholds: web.office.catalogue.thresholds.of(detector).iter().map(number).collect(),
        count: looked(signs, detector).then_some(count),
        bars,
        trend: t_with(lang, "signs-trend", &[("numbers", numbers)]),
        href: format!("/dau-hieu?{}&dau-hieu={code}#bang-chung", scope.query()),
    }
}

/// Was something recorded that a detector could look at?
pub(crate) fn looked(signs: &Signs, detector: Detector) -> bool {
    let reported = detector == Detector::Claim && signs.claims > 0;
    reported || detector.is_told_by_facts() || signs.shown.count(detector) > 0
}

/// The evidence by month, as bars and as numbers.
fn trend(scope: &Scope, signs: &Signs, detector: Detector) -> (Vec<Bar>, String) {
    let months = scope.months();
    let counts: Vec<u64> =
        months.iter().map(|month| signs.shown.count_in(detector, month)).collect();
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let bar = |(at, count): (usize, &u64)| {
        let height = (count * HEIGHT).div_ceil(most);
        Bar { x: at * MONTH, y: HEIGHT - height, height }
    };
    let numbers: Vec<String> = counts.iter().map(u64::to_string).collect();
    (counts.iter().enumerate().map(bar).collect(), numbers.join(", "))
}

fn list(
    web: &Web,
    lang: Language,
    (signs, explained): (&Signs, &[Record]),
    detector: Detector,
) -> List {
    let row = |found: &Evidence| Found {
        code: found.code.clone().unwrap_or_else(|| t(lang, "staff-no-code")),
        href: found.dossier.as_ref().map(|id| format!("/ho-so/{id}")),
        agency: super::scope::unit_name(web, &found.agency),
        at: words::moment(lang, found.at),
        entry: found.entry,
        odd: odd(web, lang, &found.oddity),
        explain: format!(
            "/dieu-hanh/giai-trinh?co-quan={}&tieu-de={}#title",
            form_urlencode(&found.agency),
            form_urlencode(&subject(found))
        ),
        explained: explained
            .iter()
            .find(|record| {
                record.agency == found.agency
                    && record.entry.texts.get("title") == Some(&subject(found))
            })
            .map(|record| format!("/dieu-hanh/giai-trinh/{}", record.id)),
    };
    List {
        title: format!(
            "{}: {}",
            detector.code().to_uppercase(),
            t(lang, &format!("detector-{}", detector.code()))
        ),
        rows: signs.shown.found.iter().map(row).collect(),
        more: Some(signs.shown.count(detector)).filter(|count| *count > MOST as u64),
    }
}

/// What an explanation is about, in its title: the sign, the dossier, the entry.
fn subject(found: &Evidence) -> String {
    let dossier = found.code.as_ref().or(found.dossier.as_ref());
    let entry = found.entry.map_or_else(String::new, |entry| format!(" #{entry}"));
    let code = found.detector.code().to_uppercase();
    format!("{code} {}{entry}", dossier.map_or("", String::as_str))
}

/// What is odd, as a sentence.
pub(crate) fn odd(web: &Web, lang: Language, oddity: &Oddity) -> String {
    let say = |key: &str, values: &[(&str, String)]| t_with(lang, key, values);
    let time = |minutes: i64| span(lang, minutes);
    match oddity {
        Oddity::LateRequest { left_minutes, whole_minutes } => {
            let whole = ("whole", time(*whole_minutes));
            if *left_minutes < 0 {
                say("odd-late-request-beyond", &[("late", time(*left_minutes)), whole])
            } else {
                say("odd-late-request", &[("left", time(*left_minutes)), whole])
            }
        }
        Oddity::NothingNew { asked } => say("odd-nothing-new", &[("asked", asked.to_string())]),
        Oddity::WithdrawnNearDue { left_minutes } if *left_minutes < 0 => {
            say("odd-withdrawn-late", &[("late", time(*left_minutes))])
        }
        Oddity::WithdrawnNearDue { left_minutes } => {
            say("odd-withdrawn-near", &[("left", time(*left_minutes))])
        }
        Oddity::ManyWithdrawn { official, withdrawn, ended } => say(
            "odd-many-withdrawn",
            &[
                ("official", desk::official(web, official)),
                ("withdrawn", withdrawn.to_string()),
                ("ended", ended.to_string()),
            ],
        ),
        Oddity::Refiled { before, before_code, days } => say(
            "odd-refiled",
            &[
                ("before", before_code.clone().unwrap_or_else(|| before.clone())),
                ("days", days.to_string()),
            ],
        ),
        Oddity::AtDue { left_minutes, close, of } => say(
            "odd-at-due",
            &[
                ("left", left_minutes.to_string()),
                ("close", close.to_string()),
                ("of", of.to_string()),
            ],
        ),
        Oddity::Bulk { official, steps } => say(
            "odd-bulk",
            &[("official", desk::official(web, official)), ("steps", steps.to_string())],
        ),
        Oddity::LateReception { minutes, allowed } => {
            say("odd-late-reception", &[("passed", time(*minutes)), ("allowed", time(*allowed))])
        }
        Oddity::StillWaiting { minutes, allowed } => {
            say("odd-still-waiting", &[("passed", time(*minutes)), ("allowed", time(*allowed))])
        }
        Oddity::CounterClosed
        | Oddity::EnteredLater { .. }
        | Oddity::Unsigned
        | Oddity::Stuck { .. }
        | Oddity::NoApology { .. }
        | Oddity::ApologyLate
        | Oddity::ClaimDiffers { .. }
        | Oddity::FeeDiffers { .. }
        | Oddity::NotListed { .. }
        | Oddity::RatingBurst { .. } => odd_as_such(lang, oddity),
    }
}

/// What is odd without regard to the time that was left; empty for the rest.
fn odd_as_such(lang: Language, oddity: &Oddity) -> String {
    let say = |key: &str, values: &[(&str, String)]| t_with(lang, key, values);
    match oddity {
        Oddity::CounterClosed => t(lang, "odd-counter-closed"),
        Oddity::EnteredLater { said_on, days } => {
            let said_on = said_on.strftime("%d/%m/%Y").to_string();
            say("odd-entered-later", &[("said", said_on), ("days", days.to_string())])
        }
        Oddity::Unsigned => t(lang, "odd-unsigned"),
        Oddity::Stuck { step, minutes, planned } => say(
            "odd-stuck",
            &[
                ("step", step.clone()),
                ("passed", span(lang, *minutes)),
                ("planned", span(lang, *planned)),
            ],
        ),
        Oddity::NoApology { days } => say("odd-no-apology", &[("days", days.to_string())]),
        Oddity::ApologyLate => t(lang, "odd-apology-late"),
        Oddity::ClaimDiffers { figure, claimed, counted } => {
            let (figure, [claimed, counted]) = claim(lang, figure, [*claimed, *counted]);
            say("odd-claim", &[("figure", figure), ("claimed", claimed), ("counted", counted)])
        }
        Oddity::FeeDiffers { asked_vnd, listed_vnd } => {
            let listed: Vec<String> = listed_vnd.iter().map(u64::to_string).collect();
            say("odd-fee", &[("asked", asked_vnd.to_string()), ("listed", listed.join(", "))])
        }
        Oddity::NotListed { component } if component.is_empty() => t(lang, "odd-not-named"),
        Oddity::NotListed { component } => {
            say("odd-not-listed", &[("component", component.clone())])
        }
        Oddity::RatingBurst { device, ratings } => {
            say("odd-ratings", &[("device", device.clone()), ("ratings", ratings.to_string())])
        }
        Oddity::LateRequest { .. }
        | Oddity::NothingNew { .. }
        | Oddity::WithdrawnNearDue { .. }
        | Oddity::ManyWithdrawn { .. }
        | Oddity::Refiled { .. }
        | Oddity::AtDue { .. }
        | Oddity::Bulk { .. }
        | Oddity::LateReception { .. }
        | Oddity::StillWaiting { .. } => String::new(),
    }
}

/// A claimed figure and its numbers in words: a measure of inspections, percents as hundredths.
fn claim(lang: Language, figure: &str, numbers: [i64; 2]) -> (String, [String; 2]) {
    let name = figure.split(' ').next().unwrap_or(figure);
    let Some(measure) = Measure::named(name) else {
        return (figure.to_owned(), numbers.map(|number| number.to_string()));
    };
    let words = t(lang, &format!("measure-{}", name.replace('_', "-")));
    let amount = |number: i64| match measure.unit() {
        Unit::Percent => format!("{} %", written(number.unsigned_abs())),
        Unit::Procedure | Unit::Dossier => number.to_string(),
    };
    (words, numbers.map(amount))
}

/// Working minutes as people say them.
fn span(lang: Language, minutes: i64) -> String {
    let size = minutes.abs();
    let (amount, key) = match size {
        0..60 => (size.to_string(), "span-minutes"),
        60..HOURS_MAX => (hours(lang, size), "span-hours"),
        _ => ((size / DAY_MINUTES).to_string(), "span-days"),
    };
    t_with(lang, key, &[("amount", amount)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_told_in_words() {
        let told = |figure: &str, numbers| claim(Language::Vi, figure, numbers);
        let share = told("time_cut_min (1/100 %)", [3_300, 2_050]);
        let least = "Cắt giảm thời gian, thấp nhất".to_owned();
        assert_eq!(share, (least, ["33 %".to_owned(), "20,5 %".to_owned()]));
        let (_, numbers) = told("online_level_4", [41, 15]);
        assert_eq!(numbers, ["41", "15"]);
        let (name, numbers) = told("số khác", [1, 2]);
        assert_eq!((name.as_str(), numbers), ("số khác", ["1".to_owned(), "2".to_owned()]));
    }

    #[test]
    fn every_detector_has_its_words() {
        let catalogue = office::catalogue::Catalogue::embedded().unwrap();
        for lang in Language::ALL {
            for detector in Detector::ALL {
                let code = detector.code();
                for key in [format!("detector-{code}"), format!("detector-{code}-definition")] {
                    assert!(!t(lang, &key).contains(&key), "{key} in {lang:?}");
                }
                for (name, _) in catalogue.thresholds.of(detector) {
                    let key = format!("threshold-{}", name.replace('_', "-"));
                    assert!(!t(lang, &key).contains(&key), "{key} in {lang:?}");
                }
            }
        }
    }
}
