//! The parts of the Monday page, each from the figures or the outlook alone.

use super::scope::{Scope, hours, hundredths, percent, unit_name};
use crate::Web;
use crate::kit::i18n::{Language, t};
use crate::kit::words;
use crate::officer::desk;
use domain::dossier::Actor;
use domain::statistics::flow::{Load, Place};
use domain::statistics::offer::Offer;
use domain::statistics::qd766::{self, Group};
use domain::statistics::{Figure, Figures, Rate, Times};
use domain::worktime::DAY_MINUTES;
use office::ActError;
use office::figures::{Asked, Slice};
use office::outlook::{Outlook, Running};
use std::collections::BTreeMap;

/// Working minutes ahead that leaders look at: 48 working hours.
const AHEAD: i64 = 48 * 60;
/// Dossiers of the list.
const MOST: usize = 25;
/// Steps by name.
const STEPS: usize = 10;

/// A number on top.
pub(crate) struct Tile {
    pub(crate) label: String,
    pub(crate) value: String,
    pub(crate) variant: &'static str,
    pub(crate) href: String,
}

/// The numbers that a Monday begins with.
pub(crate) fn tiles(lang: Language, sums: &Figures, scope: &Scope) -> Vec<Tile> {
    let href =
        |figure: Figure| format!("/so-lieu?{}&chi-tieu={}#danh-sach", scope.query(), figure.name());
    let count = |key: &str, figure: Figure, variant| Tile {
        label: t(lang, key),
        value: sums.of(figure).to_string(),
        variant,
        href: href(figure),
    };
    let late = if sums.of(Figure::RunningLate) > 0 { "late" } else { "ok" };
    vec![
        Tile {
            label: t(lang, "monday-on-time"),
            value: percent(lang, sums.on_time()),
            variant: "ok",
            href: href(Figure::Handled),
        },
        count("monday-running", Figure::Running, "ok"),
        count("monday-running-late", Figure::RunningLate, late),
        count("monday-waiting-late", Figure::WaitingLate, "soon"),
    ]
}

/// A dossier that is late or soon will be.
pub(crate) struct Soon {
    pub(crate) id: String,
    pub(crate) code: String,
    pub(crate) procedure: String,
    pub(crate) official: String,
    pub(crate) due: String,
    pub(crate) badge: (String, &'static str),
}

/// Running dossiers that are late, or will be within 48 working hours; and how many there are when
/// not all are shown.
pub(crate) fn soon(web: &Web, lang: Language, outlook: &Outlook) -> (Vec<Soon>, Option<usize>) {
    let near = |running: &&Running| running.left_minutes.is_some_and(|left| left <= AHEAD);
    let all: Vec<&Running> = outlook.running.iter().filter(near).collect();
    let row = |running: &&Running| Soon {
        id: running.id.clone(),
        code: running.code.clone(),
        procedure: web
            .office
            .catalogue
            .procedure(&running.procedure)
            .map_or_else(|| running.procedure.clone(), |known| desk::short(&known.name)),
        official: running
            .official
            .as_deref()
            .map_or_else(|| t(lang, "monday-nobody"), |id| desk::official(web, id)),
        due: running.due.map_or_else(String::new, |due| words::moment(lang, due)),
        badge: words::time_left(lang, running.left_minutes),
    };
    let rows = all.iter().take(MOST).map(row).collect();
    (rows, (all.len() > MOST).then_some(all.len()))
}

/// A line of the ranking.
pub(crate) struct Rank {
    pub(crate) place: usize,
    pub(crate) name: String,
    pub(crate) handled: u64,
    pub(crate) on_time: String,
    pub(crate) late: u64,
    pub(crate) running_late: u64,
    pub(crate) median: String,
}

/// Agencies, or the units of one agency, the best first: by the share on time, then by the number
/// handled. Who handled nothing has no rank. The table is by agency, or by official.
pub(crate) fn ranking(
    web: &Web,
    lang: Language,
    table: BTreeMap<Vec<String>, Figures>,
    scope: &Scope,
) -> Vec<Rank> {
    let organisation = &web.office.catalogue.organisation;
    let unit_of = |key: String| match &scope.agency {
        None => key,
        Some(agency) => {
            let official = organisation.official(&key);
            let unit =
                official.map(|official| official.division.as_ref().unwrap_or(&official.unit));
            unit.unwrap_or(agency).clone()
        }
    };
    let mut groups: BTreeMap<String, Figures> = BTreeMap::new();
    for (key, figures) in table {
        let unit = unit_of(key.concat());
        let sum = groups.remove(&unit).unwrap_or_default().and(&figures);
        groups.insert(unit, sum);
    }
    let mut lines: Vec<(String, Figures)> =
        groups.into_iter().filter(|(_, sums)| sums.of(Figure::Handled) > 0).collect();
    let worth = |sums: &Figures| (sums.on_time().basis_points(), sums.of(Figure::Handled));
    lines.sort_by_key(|(_, sums)| std::cmp::Reverse(worth(sums)));
    let line = |(at, (id, sums)): (usize, &(String, Figures))| Rank {
        place: at + 1,
        name: unit_name(web, id),
        handled: sums.of(Figure::Handled),
        on_time: percent(lang, sums.on_time()),
        late: sums.of(Figure::ResolvedLate),
        running_late: sums.of(Figure::RunningLate),
        median: sums
            .percentile_minutes(50)
            .map_or_else(|| "–".to_owned(), |minutes| hours(lang, minutes)),
    };
    lines.iter().enumerate().map(line).collect()
}

/// Open dossiers of an age.
pub(crate) struct Age {
    pub(crate) label: String,
    pub(crate) count: usize,
    pub(crate) late: usize,
    pub(crate) width: u64,
    pub(crate) late_width: u64,
}

/// Width of the widest bar.
const WIDE: u64 = 300;
/// Working days up to which an age reaches, and the key of its words.
const AGES: [(i64, &str); 5] = [
    (2, "monday-age-2"),
    (5, "monday-age-5"),
    (10, "monday-age-10"),
    (20, "monday-age-20"),
    (i64::MAX, "monday-age-more"),
];

/// How long the open dossiers have been there.
pub(crate) fn ages(lang: Language, outlook: &Outlook) -> Vec<Age> {
    let mut groups: [(usize, usize); 5] = [(0, 0); 5];
    for running in &outlook.running {
        let days = running.age_minutes / DAY_MINUTES;
        let at = AGES.iter().position(|(most, _)| days < *most).unwrap_or(AGES.len() - 1);
        groups[at].0 += 1;
        groups[at].1 += usize::from(running.left_minutes.is_some_and(|left| left < 0));
    }
    let most = groups.iter().map(|(count, _)| *count).max().unwrap_or(0).max(1) as u64;
    let wide = |count: usize| count as u64 * WIDE / most;
    let age = |((_, key), (count, late)): (&(i64, &str), (usize, usize))| Age {
        label: t(lang, key),
        count,
        late,
        width: wide(count),
        late_width: wide(late),
    };
    AGES.iter().zip(groups).map(age).collect()
}

/// A month of the trend.
pub(crate) struct Month {
    pub(crate) name: String,
    pub(crate) short: String,
    pub(crate) issued: u64,
    pub(crate) in_time: u64,
    pub(crate) share: String,
    pub(crate) x: usize,
    pub(crate) y: u64,
    pub(crate) height: u64,
}

/// Width of a month in the chart, and the height of all.
const MONTH: usize = 28;
const HIGH: u64 = 100;

/// Results on time by the month of their issue, from the first month that had any.
pub(crate) async fn trend(
    web: &Web,
    actor: &Actor,
    lang: Language,
    (scope, asked): (&Scope, &Asked),
) -> Result<Vec<Month>, ActError> {
    let mut months = Vec::new();
    for (at, period) in scope.months().into_iter().enumerate() {
        let asked = Asked { period, ..asked.clone() };
        let sums =
            web.office.counts(actor, asked, &Slice::default(), (&[], Times::Left)).await?.all;
        let issued = sums.of(Figure::Issued);
        let in_time = issued - sums.of(Figure::IssuedLate);
        let rate = Rate { part: in_time, whole: issued };
        let height = rate.basis_points().unwrap_or(0) * HIGH / 10_000;
        months.push(Month {
            name: period.from().strftime("%m/%Y").to_string(),
            short: period.from().month().to_string(),
            issued,
            in_time,
            share: percent(lang, rate),
            x: at * MONTH,
            y: HIGH - height,
            height,
        });
    }
    Ok(months.into_iter().skip_while(|month| month.issued == 0).collect())
}

/// The map of the hours.
pub(crate) struct Flow {
    pub(crate) steps: Vec<Step>,
    pub(crate) height: usize,
}

/// A place of the map.
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) hand_over: bool,
    pub(crate) waits: bool,
    pub(crate) stays: u64,
    pub(crate) hours: String,
    pub(crate) median: String,
    pub(crate) share: String,
    pub(crate) late: u64,
    pub(crate) y: usize,
    pub(crate) width: u64,
}

/// Height of a place of the map with its arrow.
const STEP: usize = 58;

/// Working hours by place, in the order of a dossier's way.
pub(crate) fn flow(lang: Language, outlook: &Outlook) -> Flow {
    let places = &outlook.loads.places;
    let all: i64 = places.values().map(|load| load.minutes).sum();
    let most = places.values().map(|load| load.minutes).max().unwrap_or(0).max(1);
    let step = |(at, (place, load)): (usize, (&Place, &Load))| Step {
        name: t(lang, &format!("flow-{}", place.name().replace('_', "-"))),
        hand_over: place.is_hand_over(),
        waits: *place == Place::Applicant,
        stays: load.stays,
        hours: hours(lang, load.minutes),
        median: hours(lang, load.median),
        share: share(lang, load.minutes, all),
        late: load.late,
        y: at * STEP,
        width: load.minutes.unsigned_abs() * 316 / most.unsigned_abs(),
    };
    let steps: Vec<Step> = places.iter().enumerate().map(step).collect();
    Flow { height: (steps.len() * STEP).max(1), steps }
}

/// A step by its name.
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) stays: u64,
    pub(crate) median: String,
    pub(crate) share: String,
    pub(crate) late: u64,
}

/// The steps that take the most hours.
pub(crate) fn named(lang: Language, outlook: &Outlook) -> Vec<Named> {
    let all: i64 = outlook.loads.places.values().map(|load| load.minutes).sum();
    let steps = outlook.loads.named.iter().take(STEPS);
    let step = |((place, name), load): &((Place, String), Load)| Named {
        name: name.clone(),
        place: t(lang, &format!("flow-{}", place.name().replace('_', "-"))),
        stays: load.stays,
        median: hours(lang, load.median),
        share: share(lang, load.minutes, all),
        late: load.late,
    };
    steps.map(step).collect()
}

fn share(lang: Language, part: i64, whole: i64) -> String {
    percent(lang, Rate { part: part.unsigned_abs(), whole: whole.unsigned_abs() })
}

/// A group of the index.
pub(crate) struct Indicators {
    pub(crate) name: String,
    pub(crate) points: u64,
    pub(crate) rows: Vec<Indicator>,
}

/// An indicator of the index.
pub(crate) struct Indicator {
    pub(crate) id: &'static str,
    pub(crate) name: String,
    pub(crate) rate: Option<String>,
    pub(crate) of: String,
    pub(crate) reached: Option<String>,
    pub(crate) width: u64,
}

/// The index of QĐ 766: the offer of the agency, or of all agencies together.
pub(crate) fn indicators(
    web: &Web,
    lang: Language,
    sums: &Figures,
    scope: &Scope,
) -> Vec<Indicators> {
    let day = scope.period.to();
    let catalogue = &web.office.catalogue;
    let agencies = match &scope.agency {
        Some(agency) => vec![agency.clone()],
        None => catalogue.agencies_offering(day),
    };
    let mut offer = Offer::default();
    for agency in agencies {
        let theirs = catalogue.offer(&agency, day);
        offer.procedures += theirs.procedures;
        offer.online += theirs.online;
        offer.complete += theirs.complete;
    }
    let all = qd766::indicators(sums, &offer);
    let row = |indicator: &qd766::Indicator| {
        let rate = indicator.rate.value();
        let reached = indicator.reached().value();
        Indicator {
            id: indicator.id,
            name: t(lang, &format!("qd766-{}", indicator.id.replace('.', "-"))),
            rate: rate.map(|rate| percent(lang, rate)),
            of: rate.map_or_else(String::new, |rate| format!("{}/{}", rate.part, rate.whole)),
            reached: reached.map(|points| hundredths(lang, points)),
            width: reached.unwrap_or(0) / 100,
        }
    };
    let group = |group: Group| Indicators {
        name: t(lang, &format!("qd766-{}", group.name().replace('_', "-"))),
        points: group.points(),
        rows: all.iter().filter(|indicator| indicator.group == group).map(row).collect(),
    };
    Group::ALL.into_iter().map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::statistics::flow::Loads;

    fn open(days: i64, left: Option<i64>) -> Running {
        Running {
            id: "x".into(),
            code: "M".into(),
            procedure: "P".into(),
            official: None,
            due: None,
            left_minutes: left,
            age_minutes: days * DAY_MINUTES,
        }
    }

    #[test]
    fn open_dossiers_are_grouped_by_age() {
        let running = vec![open(0, Some(5)), open(2, Some(-5)), open(4, None), open(40, Some(-1))];
        let outlook = Outlook { loads: Loads::default(), running };
        let ages = ages(Language::Vi, &outlook);
        let counts: Vec<_> = ages.iter().map(|age| (age.count, age.late)).collect();
        assert_eq!(counts, [(1, 0), (2, 1), (0, 0), (0, 0), (1, 1)]);
        assert_eq!(ages[1].width, WIDE);
    }

    #[test]
    fn every_place_indicator_and_age_has_its_words() {
        use domain::process::StepKind::*;
        let kinds = [Receive, Assign, Work, Consult, Propose, Review, Sign, Issue, GiveBack];
        let places = kinds.into_iter().map(Place::Step).chain([Place::Applicant]);
        let mut keys: Vec<String> =
            places.map(|place| format!("flow-{}", place.name().replace('_', "-"))).collect();
        let all = qd766::indicators(&Figures::default(), &Offer::default());
        keys.extend(all.iter().map(|one| format!("qd766-{}", one.id.replace('.', "-"))));
        keys.extend(Group::ALL.map(|group| format!("qd766-{}", group.name().replace('_', "-"))));
        keys.extend(AGES.map(|(_, key)| key.to_owned()));
        for (key, lang) in keys.iter().flat_map(|key| Language::ALL.map(|lang| (key, lang))) {
            assert!(!t(lang, key).contains(key.as_str()), "{key} in {lang:?}");
        }
    }
}
