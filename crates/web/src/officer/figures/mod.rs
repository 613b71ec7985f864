//! The figures of a period, each with the dossiers behind it, as of any instant.

pub mod download;
mod drawn;
mod wanted;

use crate::Web;
use crate::kit::components::SelectItem;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t};
use crate::kit::layout::Layout;
use crate::kit::session::Staff;
use crate::kit::words;
use crate::public::answer;
use crate::public::asked::Asked;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::dossier::Actor;
use domain::organisation::Position;
use domain::statistics::{Course, Dimension, Figure, Figures, Times};
use domain::time::local;
use drawn::{Drawing, Line};
use jiff::civil::Date;
use office::figures::{Counts, Form, Slice};
use std::sync::Arc;
use wanted::{BY, DAY, MOMENT, Wanted, presets};

/// Dossiers of a list.
const MOST: usize = 200;

/// The figures of the page, in groups as the forms have them. What is part of another figure is set
/// in by one.
const GROUPS: [(&str, &[(Figure, Within)]); 4] = {
    use Figure::*;
    use Within::{Part, Whole};
    [
        (
            "figures-taken-in",
            &[
                (Handled, Whole),
                (CarriedOver, Part),
                (TakenInOnline, Part),
                (TakenInCounter, Part),
                (TakenInPost, Part),
                (Waiting, Whole),
                (WaitingLate, Part),
                (ReceivedLate, Whole),
                (NotAccepted, Whole),
            ],
        ),
        (
            "figures-resolved",
            &[
                (Resolved, Whole),
                (ResolvedEarly, Part),
                (ResolvedOnTime, Part),
                (ResolvedLate, Part),
                (SettledLateWithApology, Part),
                (AwaitingApplicant, Whole),
                (Withdrawn, Whole),
                (Stopped, Whole),
            ],
        ),
        ("figures-running", &[(Running, Whole), (RunningInTime, Part), (RunningLate, Part)]),
        (
            "figures-issued",
            &[
                (Issued, Whole),
                (Refused, Part),
                (IssuedBeyondLaw, Part),
                (SupplementedOnce, Part),
                (SupplementedOften, Part),
                (Paid, Whole),
            ],
        ),
    ]
};

/// Is a figure part of the one above it?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Whole,
    Part,
}

#[derive(Template)]
#[template(path = "officer/figures.html")]
struct Page {
    l: Layout,
    period: String,
    scope: String,
    from: String,
    to: String,
    as_of: String,
    wrong: Option<String>,
    presets: Vec<(String, String)>,
    choices: Vec<Choices>,
    shares: Vec<Share>,
    drawings: Vec<Drawing>,
    lines: Vec<Line>,
    lines_title: String,
    groups: Vec<Group>,
    times: Vec<(String, String)>,
    list: Option<List>,
    files: Vec<(String, Vec<(String, String)>)>,
    footer: String,
    size: u64,
    root: String,
    witnesses: String,
}

/// A choice of the form.
struct Choices {
    name: &'static str,
    label: String,
    /// The first item, for all of them.
    all: Option<String>,
    items: Vec<Choice>,
}

/// An item to choose.
struct Choice {
    id: String,
    name: String,
    chosen: bool,
}

impl From<&Choice> for SelectItem {
    fn from(choice: &Choice) -> SelectItem {
        SelectItem::new(&choice.id, &choice.name).chosen(choice.chosen)
    }
}

/// A share with what it is of.
struct Share {
    text: String,
    value: String,
    of: String,
}

/// Figures under a heading.
struct Group {
    title: String,
    rows: Vec<Row>,
}

/// A figure.
struct Row {
    text: String,
    part: Within,
    count: u64,
    href: String,
}

/// The dossiers behind a figure.
struct List {
    title: String,
    rows: Vec<Behind>,
    more: Option<usize>,
}

/// A dossier of the list.
struct Behind {
    id: String,
    code: String,
    procedure: String,
    filed: String,
    end: Option<String>,
}

/// `GET /so-lieu?tu=&den=&luc=&co-quan=&linh-vuc=&thu-tuc=&kenh=&can-bo=&theo=&chi-tieu=`
///
/// # Errors
/// Faults of the database; an agency whose figures this official may not see is not there.
pub async fn get(
    State(web): State<Arc<Web>>,
    staff: Staff,
    asked: Asked,
) -> Result<Response, WebError> {
    let (lang, actor) = (staff.visitor.lang, &staff.who.actor);
    let today = local(web.office.clock.now()).date();
    let wanted = Wanted::of(&asked, today, own_agency(actor));
    let fault = |error| WebError::from_act(error, lang);
    let by = [wanted.by.1];
    let counts =
        web.office.counts(actor, wanted.asked(), &wanted.slice, (&by, Times::Wanted)).await;
    let counts = counts.map_err(fault)?;
    let by_time = drawn::by_time(&web, actor, lang, &wanted).await.map_err(fault)?;
    let by_part = drawn::by_part(&web, lang, &wanted, &counts.rows);
    let list = match wanted.figure {
        Some(figure) => Some(list(&web, actor, lang, &wanted, figure).await?),
        None => None,
    };
    let mut l = web.layout(&staff.visitor, t(lang, "figures-title"));
    l.error = wanted.wrong;
    let status = if wanted.wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let drawings = by_time.into_iter().chain(by_part).collect();
    let page = page(&web, l, actor, (&wanted, today), Shown { counts, drawings, list });
    Ok(answer(lang, status, &page))
}

/// What the page shows.
struct Shown {
    counts: Counts,
    drawings: Vec<Drawing>,
    list: Option<List>,
}

fn page(
    web: &Web,
    l: Layout,
    actor: &Actor,
    (wanted, today): (&Wanted, Date),
    shown: Shown,
) -> Page {
    let lang = l.lang;
    let Shown { counts, drawings, list } = shown;
    let basis = &counts.basis;
    let as_of = words::moment(lang, basis.as_of);
    let (from, to) = (day(wanted.period.from()), day(wanted.period.to()));
    let by = t(lang, &format!("figures-by-{}", wanted.by.0));
    Page {
        period: l.t2("figures-period", "from", &from, "to", &to),
        scope: scope(web, lang, wanted),
        footer: l.t1("figures-as-of", "moment", as_of),
        as_of: wanted.as_of.map_or_else(String::new, |at| local(at).strftime(MOMENT).to_string()),
        wrong: wanted.wrong.then(|| t(lang, "figures-wrong")),
        presets: preset_links(lang, wanted, today),
        choices: choices(web, lang, actor, wanted),
        shares: shares(lang, &counts.all),
        lines: drawn::lines(web, lang, wanted, &counts.rows),
        lines_title: by,
        groups: groups(lang, &counts.all, wanted),
        times: times(lang, &counts.all),
        files: files(wanted),
        size: basis.size,
        root: basis.root.clone(),
        witnesses: match basis.witnesses.as_slice() {
            [] => t(lang, "figures-no-witness"),
            _ => l.t1("figures-witnesses", "names", basis.witnessed()),
        },
        l,
        from,
        to,
        drawings,
        list,
    }
}

/// The agency whose figures this official sees; `None` for those who see the province.
#[must_use]
pub fn own_agency(actor: &Actor) -> Option<&str> {
    match actor {
        Actor::Official { position: Position::Controller, .. } | Actor::System => None,
        Actor::Official { unit, .. } => Some(unit),
        Actor::Applicant { .. } => None,
    }
}

/// Whose figures these are, in words.
fn scope(web: &Web, lang: Language, wanted: &Wanted) -> String {
    let named =
        |by, key: &Option<String>| key.as_deref().map(|key| drawn::name(web, lang, by, key));
    let slice = &wanted.slice;
    let channel = slice.channel.map(|channel| channel.name().to_owned());
    let agency = named(Dimension::Agency, &wanted.agency);
    let parts = [
        Some(agency.unwrap_or_else(|| t(lang, "figures-whole"))),
        named(Dimension::Field, &slice.field),
        named(Dimension::Procedure, &slice.procedure),
        named(Dimension::Channel, &channel),
        named(Dimension::Official, &slice.official),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn preset_links(lang: Language, wanted: &Wanted, today: Date) -> Vec<(String, String)> {
    let link = |(key, period): (&str, _)| {
        let wanted = Wanted { period, ..wanted.clone() };
        (t(lang, key), format!("/so-lieu?{}&theo={}", wanted.query(), wanted.by.0))
    };
    presets(today).into_iter().map(link).collect()
}

/// What can be chosen: what occurs in the catalogue, less the more is chosen already.
fn choices(web: &Web, lang: Language, actor: &Actor, wanted: &Wanted) -> Vec<Choices> {
    let catalogue = &web.office.catalogue;
    let kind = wanted.agency.as_deref().and_then(|id| catalogue.organisation.unit(id));
    let kind = kind.map(|unit| unit.kind.clone());
    let theirs = || {
        let kind = kind.clone();
        let all = catalogue.procedures.values();
        all.filter(move |p| kind.as_ref().is_none_or(|kind| *kind == p.agency_kind))
    };
    let fields = theirs().map(|p| p.field.code.clone()).collect();
    let within = wanted.slice.field.as_deref();
    let procedures = theirs().filter(|p| within.is_none_or(|field| field == p.field.code));
    let procedures = procedures.map(|p| p.id.clone()).collect();
    let officials = wanted.agency.as_deref().map_or_else(Vec::new, |agency| {
        let all = catalogue.organisation.officials.iter();
        all.filter(|official| official.unit == agency).map(|one| one.id.clone()).collect()
    });
    let channel = wanted.slice.channel.map(|channel| channel.name().to_owned());
    let channels = ["online", "counter", "post"].map(str::to_owned).to_vec();
    let agencies = match own_agency(actor) {
        Some(_) => Vec::new(),
        None => catalogue.agencies_offering(wanted.period.to()),
    };
    let of = [
        (BY[0], agencies, wanted.agency.clone()),
        (BY[1], fields, wanted.slice.field.clone()),
        (BY[2], procedures, wanted.slice.procedure.clone()),
        (BY[3], channels, channel),
        (BY[4], officials, wanted.slice.official.clone()),
    ];
    let mut choices: Vec<Choices> = of
        .into_iter()
        .filter(|(_, ids, _)| !ids.is_empty())
        .map(|((name, by), ids, chosen)| one_choice(web, lang, (name, by), ids, chosen))
        .collect();
    let by = BY.iter().map(|(name, _)| Choice {
        id: (*name).to_owned(),
        name: t(lang, &format!("figures-by-{name}")),
        chosen: *name == wanted.by.0,
    });
    let label = t(lang, "figures-by");
    choices.push(Choices { name: "theo", label, all: None, items: by.collect() });
    choices
}

fn one_choice(
    web: &Web,
    lang: Language,
    (name, by): (&'static str, Dimension),
    ids: Vec<String>,
    chosen: Option<String>,
) -> Choices {
    let mut items: Vec<Choice> = ids
        .into_iter()
        .map(|id| Choice {
            name: drawn::name(web, lang, by, &id),
            chosen: chosen.as_ref() == Some(&id),
            id,
        })
        .collect();
    items.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
    items.dedup_by(|one, other| one.id == other.id);
    let all = Some(t(lang, "figures-all"));
    Choices { name, label: t(lang, &format!("figures-choose-{name}")), all, items }
}

fn day(date: Date) -> String {
    date.strftime(DAY).to_string()
}

/// What a leader asks first. Nothing is said of nothing.
fn shares(lang: Language, sums: &Figures) -> Vec<Share> {
    use crate::kit::chart::grouped;
    let missing = || t(lang, "figures-not-recorded");
    let of = |part: u64, whole: u64| {
        crate::kit::i18n::t_with(
            lang,
            "figures-share-of",
            &[("part", grouped(part)), ("whole", grouped(whole))],
        )
    };
    let in_time = sums.on_time();
    let online = (sums.of(Figure::TakenInOnline), sums.of(Figure::TakenIn));
    let rate = domain::statistics::Rate { part: online.0, whole: online.1 };
    let percent = |points: u64| format!("{},{} %", points / 100, points % 100 / 10);
    let days = |minutes| format!("{} {}", drawn::days(minutes), t(lang, "figures-days-short"));
    vec![
        Share {
            text: t(lang, "share-in-time"),
            value: drawn::share(sums).unwrap_or_else(missing),
            of: of(in_time.part, in_time.whole),
        },
        Share {
            text: t(lang, "share-online"),
            value: rate.basis_points().map_or_else(missing, percent),
            of: of(online.0, online.1),
        },
        Share {
            text: t(lang, "share-median"),
            value: sums.percentile_minutes(50).map_or_else(missing, days),
            of: t(lang, "share-median-of"),
        },
        Share {
            text: t(lang, "share-running-late"),
            value: grouped(sums.of(Figure::RunningLate)),
            of: of(sums.of(Figure::RunningLate), sums.of(Figure::Running)),
        },
    ]
}

fn groups(lang: Language, sums: &Figures, wanted: &Wanted) -> Vec<Group> {
    let row = |(figure, part): &(Figure, Within)| Row {
        text: figure_text(lang, *figure),
        part: *part,
        count: sums.of(*figure),
        href: wanted.href(*figure),
    };
    let group = |(title, figures): &(&str, &[(Figure, Within)])| Group {
        title: t(lang, title),
        rows: figures.iter().map(row).collect(),
    };
    GROUPS.iter().map(group).collect()
}

fn figure_text(lang: Language, figure: Figure) -> String {
    t(lang, &format!("figure-{}", figure.name().replace('_', "-")))
}

/// Working time from reception to result, the waiting for the applicant apart.
fn times(lang: Language, sums: &Figures) -> Vec<(String, String)> {
    let told = [
        ("figures-mean", sums.mean_minutes()),
        ("figures-median", sums.percentile_minutes(50)),
        ("figures-three-quarters", sums.percentile_minutes(75)),
        ("figures-nine-tenths", sums.percentile_minutes(90)),
        ("figures-longest", sums.percentile_minutes(100)),
        ("figures-stood", sums.mean_minutes_stood()),
    ];
    let days = |minutes| crate::kit::i18n::t_with(lang, "figures-days", &[("days", minutes)]);
    let known = told.into_iter().filter_map(|(key, minutes)| Some((key, drawn::days(minutes?))));
    known.map(|(key, text)| (t(lang, key), days(text))).collect()
}

/// The reports as files, each in each format.
fn files(wanted: &Wanted) -> Vec<(String, Vec<(String, String)>)> {
    // A form is about an agency or the province.
    let wanted = Wanted { slice: Slice::default(), ..wanted.clone() };
    let file = |form: Form| {
        let link = |(ending, _): (&str, &str)| {
            let address =
                format!("/so-lieu/tai-ve?mau={}&dang={ending}&{}", form.name(), wanted.query());
            (ending.to_uppercase(), address)
        };
        (form.title().to_owned(), download::FORMATS.map(link).to_vec())
    };
    Form::ALL.map(file).to_vec()
}

async fn list(
    web: &Web,
    actor: &Actor,
    lang: Language,
    wanted: &Wanted,
    figure: Figure,
) -> Result<List, WebError> {
    let (asked, slice) = (wanted.asked(), &wanted.slice);
    let behind = web.office.list(actor, &asked, slice, (figure, MOST)).await;
    let behind = behind.map_err(|error| WebError::from_act(error, lang))?;
    let row = |course: &Course| Behind {
        id: course.dossier.clone(),
        code: course.code.clone().unwrap_or_else(|| t(lang, "staff-no-code")),
        procedure: drawn::name(web, lang, Dimension::Procedure, &course.procedure),
        filed: words::date(course.filed_at),
        end: course.end.map(|(at, _)| words::date(at)),
    };
    Ok(List {
        title: figure_text(lang, figure),
        rows: behind.courses.iter().map(row).collect(),
        more: (behind.count > MOST).then_some(behind.count),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_of_the_page_has_its_words() {
        for figure in GROUPS.iter().flat_map(|(_, figures)| figures.iter().map(|(f, _)| *f)) {
            for lang in Language::ALL {
                let text = figure_text(lang, figure);
                assert!(!text.contains("figure-"), "{} in {lang:?}: {text}", figure.name());
            }
        }
    }
}
