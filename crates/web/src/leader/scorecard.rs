//! The scorecard of a department: automatic, own and appraised scores side by side. The right
//! people edit their side; every mark keeps who gave it.

use super::scope::{Choice, percent, unit_name};
use crate::Web;
use crate::citizen::field::{Complaint, Told, id_of};
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::kit::session::Staff;
use crate::officer::figures::own_agency;
use crate::public::asked::Asked;
use crate::public::{answer, marks};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::permission::{may_detect, may_score};
use domain::scorecard::{Criterion, Mark, Side, points};
use domain::statistics::{Period, Times};
use domain::steering::LINE_MAX;
use domain::time::local;
use office::figures;
use office::scorecard::Given;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Years that can be scored.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2100;

#[derive(Template)]
#[template(path = "leader/scorecard.html")]
struct Page {
    l: Layout,
    year: i16,
    agency_id: String,
    agency: String,
    agencies: Vec<Choice>,
    source: String,
    mark: Option<String>,
    csrf: String,
    key: String,
    complaints: Vec<Complaint>,
    banner: Option<String>,
    groups: Vec<Group>,
    sums: [String; 4],
    side: Option<&'static str>,
}

/// A field of the scorecard.
struct Group {
    title: String,
    rows: Vec<Row>,
}

/// A criterion.
struct Row {
    id: String,
    name: String,
    evidence: String,
    max: String,
    auto: Option<(String, String)>,
    scores: [(String, String); 2],
    field: Option<Editable>,
}

/// The inputs of the side that this official may edit.
struct Editable {
    names: [String; 2],
    ids: [String; 2],
    score: String,
    score_error: Option<String>,
    reason: String,
    reason_error: Option<String>,
}

/// Whose year.
struct Whose {
    agency: String,
    year: i16,
}

impl Whose {
    fn of(web: &Web, staff: &Staff, agency: &str, year: &str) -> Result<Whose, WebError> {
        let today = local(web.office.clock.now()).date();
        let own = own_agency(&staff.who.actor);
        let first = || web.office.catalogue.agencies_offering(today).into_iter().next();
        let asked = Some(agency.to_owned()).filter(|agency| !agency.is_empty());
        let agency = asked.or(own.map(str::to_owned)).or_else(first).unwrap_or_default();
        if !may_detect(&staff.who.actor, Some(&agency)) {
            return Err(WebError::not_found(&staff.visitor));
        }
        let year = year.parse().ok().filter(|year| YEARS.contains(year)).unwrap_or(today.year());
        Ok(Whose { agency, year })
    }
}

/// `GET /dieu-hanh/cham-diem?co-quan=&nam=`
///
/// # Errors
/// Faults of the database; for those who may not see it, it is not there.
pub async fn get(
    State(web): State<Arc<Web>>,
    staff: Staff,
    asked: Asked,
) -> Result<Response, WebError> {
    let whose = Whose::of(&web, &staff, asked.text("co-quan"), asked.text("nam"))?;
    let mut page = page(&web, &staff, &whose, &BTreeMap::new(), &Told::default()).await?;
    if asked.text("da") == "nhap" {
        page.l.flash = Some(t(staff.visitor.lang, "scorecard-saved"));
    }
    Ok(answer(staff.visitor.lang, StatusCode::OK, &page))
}

/// `POST /dieu-hanh/cham-diem`
///
/// # Errors
/// As [`get`].
pub async fn post(
    State(web): State<Arc<Web>>,
    staff: Staff,
    posted: Posted,
) -> Result<Response, WebError> {
    let (lang, actor) = (staff.visitor.lang, &staff.who.actor);
    let whose = Whose::of(&web, &staff, posted.text("agency"), posted.text("year"))?;
    let Some(side) = side_of(&staff, &whose.agency) else {
        return Err(WebError::not_found(&staff.visitor));
    };
    let known = web.office.marks(actor, &whose.agency, whose.year).await;
    let known = known.map_err(|error| WebError::from_act(error, lang))?;
    let (mut given, mut told, mut typed) = (Vec::new(), Told::default(), BTreeMap::new());
    for criterion in web.office.catalogue.scorecard.fields.iter().flat_map(|f| &f.criteria) {
        let (score, reason) = places(&criterion.id);
        let texts = (posted.text(&score).trim().to_owned(), posted.text(&reason).trim().to_owned());
        typed.insert(criterion.id.clone(), texts.clone());
        if texts.0.is_empty() && texts.1.is_empty() {
            continue;
        }
        if texts.1.chars().count() > LINE_MAX {
            let limit = [("limit", LINE_MAX.to_string())];
            told.say(&reason, t_with(lang, "reason-too-long", &limit));
        }
        let Some(hundredths) = points(&texts.0, criterion.max_hundredths) else {
            let max = [("max", written(lang, criterion.max_hundredths))];
            told.say(&score, t_with(lang, "scorecard-wrong", &max));
            continue;
        };
        let id = criterion.id.clone();
        let mark = Mark { year: whose.year, criterion: id, side, hundredths, reason: texts.1 };
        let before = known.get(&(criterion.id.clone(), side)).map(|given| &given.mark);
        if before != Some(&mark) {
            given.push(mark);
        }
    }
    if !told.is_empty() {
        let page = page(&web, &staff, &whose, &typed, &told).await?;
        return Ok(answer(lang, StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    let done = web.office.give_marks(actor, posted.key(), &whose.agency, &given).await;
    done.map_err(|error| WebError::from_act(error, lang))?;
    let Whose { agency, year } = whose;
    let address = format!("/dieu-hanh/cham-diem?co-quan={agency}&nam={year}&da=nhap");
    Ok(Redirect::to(&address).into_response())
}

/// The side that this official may edit.
fn side_of(staff: &Staff, agency: &str) -> Option<Side> {
    let sides = [Side::Own, Side::Appraised];
    sides.into_iter().find(|side| may_score(&staff.who.actor, *side, agency))
}

/// Names of a criterion's inputs.
fn places(criterion: &str) -> (String, String) {
    (format!("score.{criterion}"), format!("why.{criterion}"))
}

async fn page(
    web: &Web,
    staff: &Staff,
    whose: &Whose,
    typed: &BTreeMap<String, (String, String)>,
    told: &Told,
) -> Result<Page, WebError> {
    let (lang, actor) = (staff.visitor.lang, &staff.who.actor);
    let fault = |error| WebError::from_act(error, lang);
    let marks_given = web.office.marks(actor, &whose.agency, whose.year).await.map_err(fault)?;
    let period = Period::year(whose.year).expect("a year between 2000 and 2100 has its days");
    let asked = figures::Asked { period, agency: Some(whose.agency.clone()), as_of: None };
    let counts =
        web.office.counts(actor, asked, &figures::Slice::default(), (&[], Times::Left)).await;
    let figures::Counts { all: figures, window, .. } = counts.map_err(fault)?;
    let offer = web.office.catalogue.offer(&whose.agency, local(window.end).date());
    let side = side_of(staff, &whose.agency);
    let scorecard = &web.office.catalogue.scorecard;
    let (mut sums, mut complaints) = ([0u64; 4], Vec::new());
    let mut groups = Vec::new();
    for field in &scorecard.fields {
        let mut rows = Vec::new();
        for criterion in &field.criteria {
            let auto = criterion.auto_score(&figures, &offer);
            let rate = criterion.auto.map(|auto| auto.metric.rate(&figures, &offer));
            let of = |side| marks_given.get(&(criterion.id.clone(), side));
            let points = |side| of(side).map_or(0, |given: &Given| given.mark.hundredths);
            let more = [
                criterion.max_hundredths,
                auto.unwrap_or(0),
                points(Side::Own),
                points(Side::Appraised),
            ];
            sums = std::array::from_fn(|at| sums[at] + more[at]);
            let editable = side.map(|side| editable(lang, criterion, of(side), typed, told));
            complaints.extend(editable.iter().flat_map(|e| complaints_of(criterion, e)));
            rows.push(Row {
                id: criterion.id.clone(),
                name: criterion.name.clone(),
                evidence: criterion.evidence.clone(),
                max: written(lang, criterion.max_hundredths),
                auto: auto
                    .zip(rate)
                    .map(|(score, rate)| (written(lang, score), percent(lang, rate))),
                scores: [shown(lang, of(Side::Own)), shown(lang, of(Side::Appraised))],
                field: editable,
            });
        }
        groups.push(Group { title: format!("{}. {}", field.id, field.name), rows });
    }
    let mut l = web.layout(&staff.visitor, t(lang, "scorecard-title"));
    l.error = !told.is_empty();
    Ok(Page {
        year: whose.year,
        agency_id: whose.agency.clone(),
        agency: unit_name(web, &whose.agency),
        agencies: agencies(web, staff, whose),
        source: scorecard.source.clone(),
        mark: marks::tag(lang, scorecard.confidence),
        csrf: staff.who.csrf.clone(),
        key: web.fresh_key(),
        complaints,
        banner: None,
        groups,
        sums: sums.map(|sum| written(lang, sum)),
        side: side.map(Side::name),
        l,
    })
}

fn agencies(web: &Web, staff: &Staff, whose: &Whose) -> Vec<Choice> {
    if own_agency(&staff.who.actor).is_some() {
        return Vec::new();
    }
    let today = local(web.office.clock.now()).date();
    let choice = |id: String| Choice { name: unit_name(web, &id), chosen: id == whose.agency, id };
    web.office.catalogue.agencies_offering(today).into_iter().map(choice).collect()
}

fn editable(
    lang: Language,
    criterion: &Criterion,
    given: Option<&Given>,
    typed: &BTreeMap<String, (String, String)>,
    told: &Told,
) -> Editable {
    let known =
        given.map(|given| (written(lang, given.mark.hundredths), given.mark.reason.clone()));
    let (score, reason) = typed.get(&criterion.id).cloned().or(known).unwrap_or_default();
    let (at_score, at_reason) = places(&criterion.id);
    let (score_error, reason_error) = (told.at(&at_score), told.at(&at_reason));
    let ids = [id_of(&at_score), id_of(&at_reason)];
    Editable { names: [at_score, at_reason], ids, score, score_error, reason, reason_error }
}

fn complaints_of(criterion: &Criterion, editable: &Editable) -> Vec<Complaint> {
    let (score, reason) = places(&criterion.id);
    let label = format!("{} {}", criterion.id, criterion.name);
    let at = |place: String, error: &Option<String>| {
        error.as_ref().map(|error| Complaint::new(&place, &label, error))
    };
    let errors = [at(score, &editable.score_error), at(reason, &editable.reason_error)];
    errors.into_iter().flatten().collect()
}

fn shown(lang: Language, given: Option<&Given>) -> (String, String) {
    given.map_or_else(
        || ("–".to_owned(), String::new()),
        |given| (written(lang, given.mark.hundredths), given.mark.reason.clone()),
    )
}

/// Hundredths as people write them: `4`, `1,5`, `1,25`.
fn written(lang: Language, hundredths: u64) -> String {
    let mark = if lang == Language::Vi { ',' } else { '.' };
    match (hundredths / 100, hundredths % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) if part % 10 == 0 => format!("{whole}{mark}{}", part / 10),
        (whole, part) => format!("{whole}{mark}{part:02}"),
    }
}
