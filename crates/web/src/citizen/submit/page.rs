//! The page of a filing: everything typed, everything wrong, everything taken.

use super::Subject;
use super::form::{Section, sections};
use super::typed::Typed;
use crate::Web;
use crate::citizen::field::{Choice, Complaint, Field, Look, Told};
use crate::citizen::upload::{OfferRow, PaperRow, Taken, refused};
use crate::kit::i18n::{Language, t};
use crate::kit::layout::Layout;
use crate::kit::session::Visitor;
use crate::public::answer;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::dossier::Problem;
use domain::procedure::Procedure;
use office::accounts::SignedIn;

/// What the page says besides what was typed.
pub(super) struct Shown {
    pub(super) status: StatusCode,
    pub(super) problems: Vec<Problem>,
    pub(super) banner: Option<String>,
    pub(super) flash: Option<String>,
}

impl Default for Shown {
    fn default() -> Shown {
        Shown { status: StatusCode::OK, problems: Vec::new(), banner: None, flash: None }
    }
}

#[derive(Template)]
#[template(path = "citizen/submit.html")]
struct Page<'p> {
    l: Layout,
    procedure: &'p Procedure,
    case: String,
    case_name: Option<String>,
    csrf: String,
    key: String,
    complaints: Vec<Complaint>,
    banner: Option<String>,
    agency: Field,
    applicant: Vec<Field>,
    form_title: Option<String>,
    form_ref: Option<String>,
    sections: Vec<Section>,
    papers: Vec<PaperRow>,
    result: Field,
}

/// The page.
pub(super) fn page(
    web: &Web,
    visitor: &Visitor,
    who: &SignedIn,
    subject: &Subject<'_>,
    typed: &Typed,
    shown: Shown,
) -> Response {
    let lang = visitor.lang;
    let mut told = Told::of(lang, &shown.problems);
    for (component, taken) in &typed.papers {
        if let Some(refusal) = taken.refused {
            told.say(&format!("paper.{component}"), refused(lang, refusal));
        }
    }
    let agency = agency(web, lang, subject, typed, &told);
    let applicant = applicant(lang, typed, &told);
    let sections = sections(lang, subject, typed, &told);
    let papers = papers(web, lang, subject, typed, &told);
    let fields = std::iter::once(&agency)
        .chain(&applicant)
        .chain(sections.iter().flat_map(|section| &section.fields));
    let mut complaints: Vec<Complaint> = fields.filter_map(Field::summary).collect();
    complaints.extend(papers.iter().filter_map(PaperRow::summary));
    complaints.extend(told.elsewhere(&complaints));
    let wrong = !told.is_empty() || shown.banner.is_some();
    let title = t(lang, "filing-title");
    let case = subject.case.as_deref();
    let case_of = subject.procedure.cases.iter().find(|known| Some(known.id.as_str()) == case);
    let page = Page {
        l: web.layout(visitor, title).with_error(wrong).with_flash(shown.flash),
        procedure: subject.procedure,
        case: case.unwrap_or_default().to_owned(),
        case_name: case_of.map(|case| case.name.clone()),
        csrf: who.csrf.clone(),
        key: typed.key.clone(),
        complaints,
        banner: shown.banner,
        agency,
        applicant,
        form_title: subject.form.map(|form| form.title.clone()),
        form_ref: subject.form.and_then(|form| form.form_ref.clone()),
        sections,
        papers,
        result: result(lang, subject, typed),
    };
    answer(lang, shown.status, &page)
}

fn agency(web: &Web, lang: Language, subject: &Subject<'_>, typed: &Typed, told: &Told) -> Field {
    let organisation = &web.office.catalogue.organisation;
    let choices: Vec<Choice> = organisation
        .agencies_of_kind(&subject.procedure.agency_kind, subject.today)
        .map(|unit| Choice::new(&unit.id, &unit.name))
        .collect();
    let chosen = match choices.as_slice() {
        [only] if typed.agency.is_empty() => only.value.clone(),
        _ => typed.agency.clone(),
    };
    Field::new("agency", t(lang, "filing-agency"))
        .hint(t(lang, "filing-agency-hint"))
        .look(Look::Select(choices))
        .required(true)
        .value(chosen)
        .told(told)
}

fn applicant(lang: Language, typed: &Typed, told: &Told) -> Vec<Field> {
    let of = &typed.applicant;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let fields = [
        Field::new("applicant.name", t(lang, "applicant-name"))
            .value(&of.name)
            .required(true)
            .typing("name", ""),
        Field::new("applicant.personal_number", t(lang, "applicant-personal-number"))
            .hint(t(lang, "applicant-personal-number-hint"))
            .value(text(&of.personal_number))
            .look(Look::Line("govuk-input--width-20"))
            .typing("", "numeric"),
        Field::new("applicant.tax_code", t(lang, "applicant-tax-code"))
            .hint(t(lang, "applicant-tax-code-hint"))
            .value(text(&of.tax_code))
            .look(Look::Line("govuk-input--width-20"))
            .typing("", "numeric"),
        Field::new("applicant.phone", t(lang, "applicant-phone"))
            .hint(t(lang, "applicant-phone-hint"))
            .value(text(&of.phone))
            .look(Look::Line("govuk-input--width-20"))
            .typing("tel", "tel"),
        Field::new("applicant.email", t(lang, "applicant-email"))
            .value(text(&of.email))
            .typing("email", "email"),
        Field::new("applicant.address", t(lang, "applicant-address"))
            .hint(t(lang, "applicant-address-hint"))
            .value(&of.address)
            .required(true)
            .typing("street-address", ""),
    ];
    fields.into_iter().map(|field| field.told(told)).collect()
}

fn papers(
    web: &Web,
    lang: Language,
    subject: &Subject<'_>,
    typed: &Typed,
    told: &Told,
) -> Vec<PaperRow> {
    let nothing = Taken::default();
    let components = subject.procedure.components_for(subject.case.as_deref());
    let row = |component: &domain::procedure::Component| {
        let taken = typed.papers.get(&component.id).unwrap_or(&nothing);
        let mut row = PaperRow::new(lang, component, taken, told);
        row.by_form = subject.is_filled_here(component);
        let offer = typed.offers.iter().find(|offer| offer.component == component.id);
        row.offer = offer.map(|offer| OfferRow::new(web, lang, offer, taken.reused.as_ref()));
        row
    };
    components.into_iter().map(row).collect()
}

/// Where the result may go by this procedure's rule; all ways when it has none.
fn result(lang: Language, subject: &Subject<'_>, typed: &Typed) -> Field {
    let rule = subject.procedure.result_delivery.as_ref();
    let offered = |way: &str| match (rule, way) {
        (None, _) => true,
        (Some(rule), "online") => rule.online,
        (Some(rule), "post") => rule.post,
        (Some(rule), _) => rule.counter,
    };
    let ways = ["online", "counter", "post"];
    let choices: Vec<Choice> = ways
        .into_iter()
        .filter(|way| offered(way))
        .map(|way| Choice::new(way, t(lang, &format!("result-way-{way}"))))
        .collect();
    let chosen = match choices.iter().find(|choice| choice.value == typed.result) {
        Some(choice) => choice.value.clone(),
        None => choices.first().map(|choice| choice.value.clone()).unwrap_or_default(),
    };
    Field::new("result", t(lang, "filing-result")).look(Look::Radios(choices)).value(chosen)
}
