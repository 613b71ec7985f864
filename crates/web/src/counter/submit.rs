//! Filing at the counter on behalf of who came, or for what the post brought. The statutory form
//! stays on paper; the components are ticked off with kind and number.

use super::checklist;
use super::desk::{agencies, channels, is_counter, is_offered, today};
use super::scans::Scans;
use crate::Web;
use crate::citizen::field::{Choice, Complaint, Field, Look, Told};
use crate::citizen::own::refused;
use crate::citizen::upload::{OfferRow, reused};
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t};
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::kit::session::Staff;
use crate::officer::act_page::{Typed, done};
use crate::officer::parts::{Papers, Part, complaints};
use crate::public::answer;
use crate::public::asked::Asked;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::dossier::command::Submit;
use domain::dossier::event::{Applicant, Channel, ResultChannel};
use domain::dossier::{Act, Command, Problem, Reason};
use domain::procedure::{Component, Procedure};
use office::Target;
use office::reuse::Offer;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "counter/submit.html")]
struct Page {
    l: Layout,
    csrf: String,
    key: String,
    procedure: String,
    name: String,
    case: String,
    case_name: Option<String>,
    complaints: Vec<Complaint>,
    banner: Option<String>,
    fields: Vec<Part>,
    /// Some paper of the procedure may be a result.
    may_reuse: bool,
    /// Results were looked for, and whether there are none.
    found: Option<bool>,
}

#[derive(Template)]
#[template(path = "counter/cases.html")]
struct CasesPage<'p> {
    l: Layout,
    procedure: &'p Procedure,
}

/// What is being filed.
struct Subject<'w> {
    procedure: &'w Procedure,
    case: Option<String>,
    agencies: Vec<Choice>,
    lang: Language,
}

/// How the page stands.
struct Standing {
    status: StatusCode,
    told: Told,
    banner: Option<String>,
    key: String,
    /// The applicant's results, once they were looked for.
    offers: Option<Vec<Offer>>,
    /// What was scanned.
    scans: Scans,
}

impl<'w> Subject<'w> {
    /// What the counter may take in; a case that is not known is not chosen yet.
    fn of(
        web: &'w Web,
        staff: &Staff,
        procedure: &str,
        case: &str,
    ) -> Result<Subject<'w>, WebError> {
        let missing = || WebError::not_found(&staff.visitor);
        let actor = &staff.who.actor;
        let known = web.office.catalogue.procedure(procedure).filter(|_| is_counter(actor));
        let procedure = known.ok_or_else(missing)?;
        let here = agencies(web, actor, procedure);
        if here.is_empty() || !is_offered(procedure, today(web)) {
            return Err(missing());
        }
        let chosen = procedure.cases.iter().find(|known| known.id == case);
        Ok(Subject {
            procedure,
            case: chosen.map(|case| case.id.clone()),
            agencies: here.iter().map(|unit| Choice::new(&unit.id, &unit.name)).collect(),
            lang: staff.visitor.lang,
        })
    }

    fn must_choose(&self) -> bool {
        self.case.is_none() && !self.procedure.cases.is_empty()
    }

    fn components(&self) -> Vec<&'w Component> {
        self.procedure.components_for(self.case.as_deref())
    }

    fn t(&self, key: &str) -> String {
        t(self.lang, key)
    }
}

/// `GET /quay/nop/{procedure}?truong-hop=`
///
/// # Errors
/// [`WebError::NotFound`] away from the counter and for what it does not take in.
pub async fn get(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(procedure): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let subject = Subject::of(&web, &staff, &procedure, asked.text("truong-hop"))?;
    if subject.must_choose() {
        return Ok(cases(&web, &staff, &subject, StatusCode::OK));
    }
    let (status, told, key) = (StatusCode::OK, Told::default(), web.fresh_key());
    let scans = Scans::default();
    let standing = Standing { status, told, banner: None, key, offers: None, scans };
    Ok(page(&web, &staff, &subject, &Typed::NOTHING, standing))
}

/// `POST /quay/nop/{procedure}`
///
/// # Errors
/// As [`get`]; faults.
pub async fn post(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(procedure): Path<String>,
    mut posted: Posted,
) -> Result<Response, WebError> {
    let subject = Subject::of(&web, &staff, &procedure, posted.text("case"))?;
    if subject.must_choose() {
        return Ok(cases(&web, &staff, &subject, StatusCode::UNPROCESSABLE_ENTITY));
    }
    let (lang, components) = (subject.lang, subject.components());
    let who = (&staff.who.actor, staff.who.account.as_str());
    let scans = Scans::take(&web, lang, who, &components, &mut posted).await;
    let scans = scans.map_err(|error| WebError::from_act(error, lang))?;
    let offers = offers(&web, &staff, &subject, &posted).await?;
    let outcome = match posted.text("find") == "1" {
        true => Ok(None),
        false => wish(&subject, &posted, &scans).map(Some),
    };
    let (status, told, banner) = match outcome {
        Ok(None) => (StatusCode::OK, Told::default(), None),
        Err(told) => (StatusCode::UNPROCESSABLE_ENTITY, told, None),
        Ok(Some(wish)) => {
            let target = Target::New { procedure: subject.procedure.id.clone() };
            let command = Command::Submit(wish);
            match web.office.act(&staff.who.actor, posted.key(), &target, &command).await {
                Ok(acted) => return Ok(done(&acted.id, Act::Submit)),
                Err(error) => {
                    let (status, problems, banner) = refused(subject.lang, error)?;
                    (status, in_words(&subject, &problems), banner)
                }
            }
        }
    };
    let key = posted.key().to_owned();
    let standing = Standing { status, told, banner, key, offers, scans };
    Ok(page(&web, &staff, &subject, &Typed::of(&posted), standing))
}

/// The applicant's results, when the clerk looks for them or has.
async fn offers(
    web: &Web,
    staff: &Staff,
    subject: &Subject<'_>,
    posted: &Posted,
) -> Result<Option<Vec<Offer>>, WebError> {
    if posted.text("find") != "1" && posted.text("found") != "1" {
        return Ok(None);
    }
    let number = posted.text("applicant.personal_number").trim();
    let code = posted.text("applicant.tax_code").trim();
    let identity = if number.is_empty() { code } else { number };
    let components = subject.components();
    let found = web.office.offers_at_counter(&staff.who.actor, identity, &components).await;
    found.map(Some).map_err(|error| WebError::from_act(error, subject.lang))
}

fn wish(subject: &Subject<'_>, posted: &Posted, scans: &Scans) -> Result<Submit, Told> {
    let mut papers = checklist::read(subject.lang, &subject.components(), posted, &[])?;
    scans.put(subject.lang, &mut papers)?;
    let given = |name: &str| {
        let text = posted.text(name).trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let post = posted.text("channel") == "post" || channels(subject.procedure) == ["post"];
    Ok(Submit {
        case: subject.case.clone(),
        agency: posted.text("agency").to_owned(),
        channel: if post { Channel::Post } else { Channel::Counter },
        applicant: Applicant {
            name: posted.text("applicant.name").to_owned(),
            personal_number: given("applicant.personal_number"),
            tax_code: given("applicant.tax_code"),
            phone: given("applicant.phone"),
            email: given("applicant.email"),
            address: posted.text("applicant.address").to_owned(),
            filed_by: given("applicant.filed_by"),
        },
        form: Default::default(),
        papers,
        result_channel: match posted.text("result") {
            "online" => ResultChannel::Online,
            "post" => ResultChannel::Post,
            _ => ResultChannel::Counter,
        },
    })
}

/// The problems as sentences; a missing paper is ticked off here, not attached.
fn in_words(subject: &Subject<'_>, problems: &[Problem]) -> Told {
    let mut told = Told::of(subject.lang, problems);
    for problem in problems.iter().filter(|problem| problem.reason == Reason::PaperMissing) {
        told.say(&problem.place, subject.t("staff-paper-missing"));
    }
    told
}

fn cases(web: &Web, staff: &Staff, subject: &Subject<'_>, status: StatusCode) -> Response {
    let l = web.layout(&staff.visitor, subject.t("staff-file-title"));
    answer(subject.lang, status, &CasesPage { l, procedure: subject.procedure })
}

fn page(
    web: &Web,
    staff: &Staff,
    subject: &Subject<'_>,
    typed: &Typed<'_>,
    standing: Standing,
) -> Response {
    let Standing { status, mut told, banner, key, offers, scans } = standing;
    for (place, sentence) in &scans.refused {
        told.say(place, sentence.clone());
    }
    let (lang, procedure) = (subject.lang, subject.procedure);
    let mut fields: Vec<Part> = head(subject, typed, &told).into_iter().map(Part::Field).collect();
    fields.extend(applicant(subject, typed, &told).map(Part::Field));
    let mut papers: Papers = checklist::rows(lang, &subject.components(), typed, &told, &[]);
    papers.hint = subject.t("staff-file-papers-hint");
    for row in &mut papers.rows {
        row.may_scan = true;
        row.scan = scans.row(lang, &row.component);
        let offer = offers.iter().flatten().find(|offer| offer.component == row.component);
        let reused = typed.posted().and_then(|posted| reused(posted, &row.component));
        row.offer = offer.map(|offer| OfferRow::new(web, lang, offer, reused.as_ref()));
    }
    if !papers.rows.is_empty() {
        fields.push(Part::Papers(papers));
    }
    let mut complaints = complaints(&fields);
    complaints.extend(told.elsewhere(&complaints));
    let wrong = !complaints.is_empty() || banner.is_some();
    let case = procedure.cases.iter().find(|known| Some(&known.id) == subject.case.as_ref());
    let page = Page {
        l: web.layout(&staff.visitor, subject.t("staff-file-title")).with_error(wrong),
        csrf: staff.who.csrf.clone(),
        key,
        procedure: procedure.id.clone(),
        name: procedure.name.clone(),
        case: subject.case.clone().unwrap_or_default(),
        case_name: case.map(|case| case.name.clone()),
        complaints,
        banner,
        fields,
        may_reuse: subject.components().iter().any(|known| known.may_be_reused()),
        found: offers.map(|offers| offers.is_empty()),
    };
    answer(lang, status, &page)
}

/// Where to, how it came, where the result goes.
fn head(subject: &Subject<'_>, typed: &Typed<'_>, told: &Told) -> Vec<Field> {
    let ways = channels(subject.procedure);
    let way = |name: &&str| Choice::new(*name, subject.t(&format!("channel-{name}")));
    let result = |name: &&str| Choice::new(*name, subject.t(&format!("staff-result-way-{name}")));
    let results = results(subject.procedure);
    let only = match subject.agencies.as_slice() {
        [only] => only.value.as_str(),
        _ => "",
    };
    vec![
        Field::new("agency", subject.t("staff-agency"))
            .look(Look::Select(subject.agencies.clone()))
            .required(true)
            .value(typed.or("agency", only))
            .told(told),
        Field::new("channel", subject.t("staff-channel"))
            .look(Look::Radios(ways.iter().map(way).collect()))
            .value(typed.or("channel", ways.first().copied().unwrap_or_default()))
            .told(told),
        Field::new("result", subject.t("staff-result-way"))
            .look(Look::Radios(results.iter().map(result).collect()))
            .value(typed.or("result", results.first().copied().unwrap_or_default()))
            .told(told),
    ]
}

/// The ways in which the procedure hands out its result, the counter first; all where it does not
/// say.
fn results(procedure: &Procedure) -> Vec<&'static str> {
    let all = ["counter", "post", "online"];
    let Some(delivery) = &procedure.result_delivery else { return all.to_vec() };
    let offered = [delivery.counter, delivery.post, delivery.online];
    all.into_iter().zip(offered).filter_map(|(way, offered)| offered.then_some(way)).collect()
}

fn applicant(subject: &Subject<'_>, typed: &Typed<'_>, told: &Told) -> impl Iterator<Item = Field> {
    let field = |name: &str, label: &str| {
        let place = format!("applicant.{name}");
        let value = typed.text(&place).to_owned();
        Field::new(place, subject.t(label)).value(value).told(told)
    };
    let short = || Look::Line("govuk-input--width-20");
    [
        field("name", "staff-applicant-name").required(true),
        field("personal_number", "staff-personal-number")
            .hint(subject.t("staff-personal-number-hint"))
            .look(short())
            .typing("off", "numeric"),
        field("tax_code", "staff-tax-code")
            .hint(subject.t("staff-tax-code-hint"))
            .look(short())
            .typing("off", "numeric"),
        field("phone", "staff-phone").look(short()).typing("off", "tel"),
        field("email", "staff-email").typing("off", "email"),
        field("address", "staff-address").required(true),
        field("filed_by", "staff-filed-by").hint(subject.t("staff-filed-by-hint")),
    ]
    .into_iter()
}
