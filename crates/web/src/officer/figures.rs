//! The figures of a period, each with the dossiers behind it, as of any instant.

use crate::Web;
use crate::kit::components::SelectItem;
use crate::kit::error::{WebError, form_urlencode};
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
use domain::statistics::{Figure, Figures, Period};
use domain::time::{Instant, instant, local};
use jiff::civil::{Date, DateTime, date};
use office::figures::{self, Counted};
use std::sync::Arc;

/// Dossiers of a list.
const MOST: usize = 200;
/// Days as people write them.
const DAY: &str = "%d/%m/%Y";
/// Instants as people write them.
const MOMENT: &str = "%d/%m/%Y %H:%M";

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
    agency: Option<String>,
    from: String,
    to: String,
    as_of: String,
    wrong: Option<String>,
    agencies: Vec<Choice>,
    groups: Vec<Group>,
    averages: Vec<(String, String)>,
    list: Option<List>,
    footer: String,
    size: u64,
    root: String,
}

/// An agency to choose.
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

/// `GET /so-lieu?tu=&den=&luc=&co-quan=&chi-tieu=`
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
    let figures_asked = figures::Asked {
        period: wanted.period,
        agency: wanted.agency.clone(),
        as_of: wanted.as_of,
    };
    let counted = web.office.count(actor, figures_asked).await;
    let counted = counted.map_err(|error| WebError::from_act(error, lang))?;
    let sums = Figures::over(&counted.courses, &counted.window);
    let basis = &counted.basis;
    let wrong = wanted.wrong.then(|| t(lang, "figures-wrong"));
    let mut l = web.layout(&staff.visitor, t(lang, "figures-title"));
    l.error = wanted.wrong;
    let as_of = words::moment(lang, basis.as_of);
    let (from, to) = (day(wanted.period.from()), day(wanted.period.to()));
    let page = Page {
        period: l.t2("figures-period", "from", &from, "to", &to),
        footer: l.t1("figures-as-of", "moment", as_of),
        l,
        as_of: wanted.as_of.map_or_else(String::new, |at| local(at).strftime(MOMENT).to_string()),
        agency: wanted.agency.as_deref().map(|id| unit_name(&web, id)),
        from,
        to,
        wrong,
        agencies: agencies(&web, actor, &wanted),
        groups: groups(lang, &sums, &wanted),
        averages: averages(lang, &sums),
        list: wanted.figure.map(|figure| list(&web, lang, &counted, figure)),
        size: basis.size,
        root: basis.root.clone(),
    };
    let status = if wanted.wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(answer(lang, status, &page))
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

/// What the address asks for.
struct Wanted {
    period: Period,
    as_of: Option<Instant>,
    agency: Option<String>,
    figure: Option<Figure>,
    /// Something typed is no day, no instant, or the wrong way round.
    wrong: bool,
}

impl Wanted {
    /// The year so far, unless the address says otherwise.
    fn of(asked: &Asked, today: Date, own: Option<&str>) -> Wanted {
        let day = |name: &str, otherwise: Date| match asked.text(name) {
            "" => Some(otherwise),
            text => text.parse().or_else(|_| Date::strptime(DAY, text)).ok(),
        };
        let year = date(today.year(), 1, 1);
        let period = day("tu", year).zip(day("den", today));
        let period = period.and_then(|(from, to)| Period::new(from, to));
        let as_of = match asked.text("luc") {
            "" => Some(None),
            text => moment(text).filter(in_range).map(|wall| Some(instant(wall))),
        };
        let agency = match asked.text("co-quan") {
            "" => own.map(str::to_owned),
            id => Some(id.to_owned()),
        };
        let named = asked.text("chi-tieu");
        Wanted {
            wrong: period.is_none() || as_of.is_none(),
            period: period.or(Period::new(year, today)).expect("a year begins before its days"),
            as_of: as_of.flatten(),
            agency,
            figure: Figure::ALL.iter().copied().find(|figure| figure.name() == named),
        }
    }

    /// The address of the list behind a figure.
    fn href(&self, figure: Figure) -> String {
        let (from, to) = (self.period.from(), self.period.to());
        let mut href = format!("/so-lieu?tu={from}&den={to}");
        if let Some(as_of) = self.as_of {
            href.push_str(&format!("&luc={}", form_urlencode(&local(as_of).to_string())));
        }
        if let Some(agency) = &self.agency {
            href.push_str(&format!("&co-quan={}", form_urlencode(agency)));
        }
        format!("{href}&chi-tieu={}#danh-sach", figure.name())
    }
}

/// Day and hour as people write them, or as addresses do.
fn moment(text: &str) -> Option<DateTime> {
    text.parse().or_else(|_| DateTime::strptime(MOMENT, text)).ok()
}

/// Years that the house knows.
fn in_range(wall: &DateTime) -> bool {
    (1900..9999).contains(&wall.year())
}

/// The agencies to choose from, for those who see the province.
fn agencies(web: &Web, actor: &Actor, wanted: &Wanted) -> Vec<Choice> {
    if own_agency(actor).is_some() {
        return Vec::new();
    }
    let there = web.office.catalogue.agencies_offering(wanted.period.to());
    let choice = |id: String| Choice {
        name: unit_name(web, &id),
        chosen: wanted.agency.as_ref() == Some(&id),
        id,
    };
    there.into_iter().map(choice).collect()
}

fn day(date: Date) -> String {
    date.strftime(DAY).to_string()
}

fn unit_name(web: &Web, id: &str) -> String {
    let unit = web.office.catalogue.organisation.unit(id);
    unit.map_or_else(|| id.to_owned(), |unit| unit.name.clone())
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

/// Working time from reception to result; nothing is said of no results.
fn averages(lang: Language, sums: &Figures) -> Vec<(String, String)> {
    let days = |minutes: i64| format!("{}.{}", minutes / 480, minutes % 480 * 10 / 480);
    let told = [
        ("figures-mean", sums.mean_minutes()),
        ("figures-median", sums.percentile_minutes(50)),
        ("figures-nine-tenths", sums.percentile_minutes(90)),
        ("figures-stood", sums.mean_minutes_stood()),
    ];
    let known = told.into_iter().filter_map(|(key, minutes)| Some((key, minutes?)));
    known.map(|(key, minutes)| (t(lang, key), days(minutes))).collect()
}

fn list(web: &Web, lang: Language, counted: &Counted, figure: Figure) -> List {
    let behind: Vec<_> =
        counted.courses.iter().filter(|course| figure.includes(course, &counted.window)).collect();
    let row = |course: &&domain::statistics::Course| Behind {
        id: course.dossier.clone(),
        code: course.code.clone().unwrap_or_else(|| t(lang, "staff-no-code")),
        procedure: web
            .office
            .catalogue
            .procedure(&course.procedure)
            .map_or_else(|| course.procedure.clone(), |known| super::desk::short(&known.name)),
        filed: words::date(course.filed_at),
        end: course.end.map(|(at, _)| words::date(at)),
    };
    List {
        title: figure_text(lang, figure),
        rows: behind.iter().take(MOST).map(row).collect(),
        more: (behind.len() > MOST).then_some(behind.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_say_what_is_counted() {
        let today = date(2026, 11, 9);
        let query = "tu=2026-01-01&den=2026-03-31&luc=2026-02-01T10:00:00&co-quan=U26.XA1";
        let wanted = Wanted::of(&Asked::of(query), today, None);
        assert!(!wanted.wrong);
        assert_eq!(
            wanted.href(Figure::ResolvedLate),
            "/so-lieu?tu=2026-01-01&den=2026-03-31&luc=2026-02-01T10%3A00%3A00&co-quan=U26.XA1\
             &chi-tieu=resolved_late#danh-sach"
        );
        let otherwise = Wanted::of(&Asked::default(), today, Some("U26.XA1"));
        assert_eq!(otherwise.agency.as_deref(), Some("U26.XA1"));
        assert_eq!(otherwise.period, Period::new(date(2026, 1, 1), today).unwrap());
        let written = "tu=01/01/2026&den=31%2F03%2F2026&luc=01/02/2026+10:00&co-quan=U26.XA1";
        let same = Wanted::of(&Asked::of(written), today, None);
        assert_eq!(same.href(Figure::Issued), wanted.href(Figure::Issued));
        for wrong in [
            "tu=hom-qua",
            "tu=31/02/2026",
            "tu=2026-02-01&den=2026-01-01",
            "luc=x",
            "luc=-009999-01-01",
        ] {
            assert!(Wanted::of(&Asked::of(wrong), today, None).wrong, "{wrong}");
        }
    }

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
