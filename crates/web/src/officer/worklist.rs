//! What waits for this official, most urgent first.

use super::desk::{Due, short};
use crate::Web;
use crate::counter;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t};
use crate::kit::layout::Layout;
use crate::kit::session::Staff;
use crate::kit::words;
use crate::public::answer;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::time::{from_millis, local};
use jiff::civil::Date;
use std::sync::Arc;

/// Most tasks of the page.
const MOST: u32 = 50;

#[derive(Template)]
#[template(path = "officer/worklist.html")]
struct Page {
    l: Layout,
    tiles: Vec<Tile>,
    groups: Vec<Group>,
    counter: bool,
    full: bool,
}

/// A count on top.
struct Tile {
    label: String,
    count: usize,
    variant: &'static str,
    anchor: &'static str,
}

/// Tasks of like urgency.
struct Group {
    anchor: &'static str,
    title: String,
    rows: Vec<Row>,
}

/// A task.
struct Row {
    id: String,
    code: String,
    applicant: String,
    procedure: String,
    step: String,
    task: Option<Due>,
    due: Option<String>,
    late: bool,
}

/// How urgent a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Urgency {
    Late,
    Today,
    Coming,
}

impl Urgency {
    const ALL: [Urgency; 3] = [Urgency::Late, Urgency::Today, Urgency::Coming];

    /// By the working minutes left, and by the day on which they end.
    fn of(left: Option<i64>, due: Option<Date>, today: Date) -> Urgency {
        match (left, due) {
            (Some(left), _) if left < 0 => Urgency::Late,
            (Some(_), Some(due)) if due <= today => Urgency::Today,
            _ => Urgency::Coming,
        }
    }

    fn anchor(self) -> &'static str {
        match self {
            Urgency::Late => "qua-han",
            Urgency::Today => "hom-nay",
            Urgency::Coming => "sap-toi",
        }
    }

    fn variant(self) -> &'static str {
        match self {
            Urgency::Late => "late",
            Urgency::Today => "soon",
            Urgency::Coming => "ok",
        }
    }

    fn title(self, lang: Language) -> String {
        t(lang, &format!("staff-group-{}", self.anchor()))
    }
}

/// `GET /cong-viec`
///
/// # Errors
/// Faults of the database.
pub async fn get(State(web): State<Arc<Web>>, staff: Staff) -> Result<Response, WebError> {
    let lang = staff.visitor.lang;
    let items = web.office.worklist(&staff.who.actor, MOST).await;
    let items = items.map_err(|error| WebError::from_act(error, lang))?;
    let full = items.len() >= MOST as usize;
    let today = local(web.office.clock.now()).date();
    let mut groups: [Vec<Row>; 3] = Default::default();
    for item in items {
        let (task, left) = (item.task, item.remaining_minutes);
        let due = task.task_due_at.map(from_millis);
        let urgency = Urgency::of(left, due.map(|due| local(due).date()), today);
        let known = web.office.catalogue.procedure(&task.dossier.procedure);
        groups[urgency as usize].push(Row {
            code: task.dossier.code.unwrap_or_else(|| t(lang, "staff-no-code")),
            applicant: task.dossier.applicant_name,
            procedure: known.map_or(task.dossier.procedure, |known| short(&known.name)),
            step: step(lang, &task.name, &task.kind),
            task: due.map(|due| Due {
                at: words::moment(lang, due),
                machine: words::machine(due),
                badge: left.map(|left| words::time_left(lang, Some(left))),
            }),
            due: task.dossier.due_at.map(|at| words::moment(lang, from_millis(at))),
            late: urgency == Urgency::Late,
            id: task.dossier.id,
        });
    }
    let page = page(&web, &staff, groups, full);
    Ok(answer(lang, StatusCode::OK, &page))
}

/// The step's name; the kind of step where the process has no name for it.
fn step(lang: Language, name: &str, kind: &str) -> String {
    if name.is_empty() { t(lang, &format!("staff-kind-{kind}")) } else { name.to_owned() }
}

fn page(web: &Web, staff: &Staff, groups: [Vec<Row>; 3], full: bool) -> Page {
    let lang = staff.visitor.lang;
    let tile = |(urgency, rows): (Urgency, &Vec<Row>)| Tile {
        label: urgency.title(lang),
        count: rows.len(),
        variant: urgency.variant(),
        anchor: urgency.anchor(),
    };
    let tiles = Urgency::ALL.into_iter().zip(&groups).map(tile).collect();
    let group = |(urgency, rows): (Urgency, Vec<Row>)| Group {
        anchor: urgency.anchor(),
        title: urgency.title(lang),
        rows,
    };
    let groups = Urgency::ALL.into_iter().zip(groups).map(group);
    Page {
        l: web.layout(&staff.visitor, t(lang, "staff-worklist")),
        tiles,
        groups: groups.filter(|group| !group.rows.is_empty()).collect(),
        counter: counter::is_counter(&staff.who.actor),
        full,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_late_comes_before_what_ends_today() {
        let today = date(2026, 11, 24);
        let of = |left, day| Urgency::of(left, Some(date(2026, 11, day)), today);
        assert_eq!(of(Some(-1), 24), Urgency::Late);
        assert_eq!(of(Some(-900), 20), Urgency::Late);
        assert_eq!(of(Some(0), 24), Urgency::Today);
        assert_eq!(of(Some(240), 24), Urgency::Today);
        assert_eq!(of(Some(240), 25), Urgency::Coming);
        assert_eq!(Urgency::of(None, None, today), Urgency::Coming);
        assert_eq!(of(Some(0), 22), Urgency::Today, "ended on a day off, no minute lost");
    }

    #[test]
    fn every_kind_of_step_has_a_name() {
        for kind in [
            "receive",
            "assign",
            "work",
            "consult",
            "propose",
            "review",
            "sign",
            "issue",
            "give_back",
        ] {
            for lang in Language::ALL {
                assert!(!step(lang, "", kind).starts_with('['), "{kind}");
            }
        }
        assert_eq!(step(Language::Vi, "Thẩm định", "work"), "Thẩm định");
    }
}
