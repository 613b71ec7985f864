//! Filing (nộp hồ sơ), NĐ 61/2018 Đ15–16: the form complete, every mandatory component there, an
//! agency that may decide it. Texts are parsed here and are normal ever after.

use super::command::Submit;
use super::context::{Actor, Context};
use super::decide::{Decision, filed};
use super::event::{Applicant, Moves, Paper, Submitted};
use super::refusal::{Problems, Reason, Refusal, limit};
use super::{reuse, tasks};
use crate::permission::may_submit;
use crate::procedure::ChannelKind;
use crate::procedure::form::{FieldReason, validate};
use crate::text::{EmailAddress, PersonName, PersonalNumber, PhoneNumber, TaxCode};
use crate::time::local;

pub(super) fn decide(wish: &Submit, ctx: &Context<'_>) -> Result<Decision, Refusal> {
    let today = local(ctx.at).date();
    if !ctx.procedure.offers(today) {
        return Err(Refusal::ProcedureNotInForce);
    }
    let mut problems = Problems::default();
    let one_stop = addressed_to(wish, ctx, &mut problems);
    let applicant = applicant(&wish.applicant, &mut problems);
    let case = case(wish, ctx, &mut problems);
    channel(wish, ctx, &mut problems);
    form(wish, ctx, &mut problems);
    let papers = papers(wish, case.as_deref(), ctx, &mut problems);
    problems.none_or_refuse()?;
    if !may_submit(ctx.actor, &one_stop) {
        return Err(Refusal::NotPermitted(super::Act::Submit));
    }
    let task = tasks::reception(&one_stop, 1, ctx)?;
    Ok(filed(
        ctx,
        Submitted {
            procedure: ctx.procedure.id.clone(),
            time_class: ctx.procedure.time_class_of(case.as_deref()),
            case,
            agency: wish.agency.clone(),
            one_stop,
            channel: wish.channel,
            account: match ctx.actor {
                Actor::Applicant { account } => Some(account.clone()),
                Actor::Official { .. } | Actor::System => None,
            },
            applicant,
            form: wish
                .form
                .iter()
                .map(|(name, text)| (name.clone(), crate::text::normalise(text)))
                .filter(|(_, text)| !text.is_empty())
                .collect(),
            papers,
            result_channel: wish.result_channel,
            moves: Moves { closes: Vec::new(), opens: vec![task] },
        },
    ))
}

/// The agency must be one that decides this procedure today; its one-stop takes the dossier in.
fn addressed_to(wish: &Submit, ctx: &Context<'_>, problems: &mut Problems) -> String {
    let today = local(ctx.at).date();
    let competent = ctx
        .organisation
        .agencies_of_kind(&ctx.procedure.agency_kind, today)
        .any(|unit| unit.id == wish.agency);
    if wish.agency.is_empty() {
        problems.add("agency", Reason::Missing);
    } else if !competent {
        problems.add("agency", Reason::Unknown);
    }
    ctx.organisation.one_stop_of(&wish.agency).unwrap_or(&wish.agency).to_owned()
}

fn applicant(raw: &Applicant, problems: &mut Problems) -> Applicant {
    let field = |reason: FieldReason| Reason::Field(reason);
    let name = name(raw, problems);
    let given = |text: &Option<String>| {
        text.as_deref().map(crate::text::normalise).filter(|t| !t.is_empty())
    };
    let personal_number = given(&raw.personal_number).and_then(|text| {
        PersonalNumber::parse(&text)
            .map_err(|e| {
                problems.add("applicant.personal_number", field(FieldReason::PersonalNumber(e)))
            })
            .ok()
            .map(|number| number.to_string())
    });
    let tax_code = given(&raw.tax_code).and_then(|text| {
        TaxCode::parse(&text)
            .map_err(|e| problems.add("applicant.tax_code", field(FieldReason::TaxCode(e))))
            .ok()
            .map(|code| code.to_string())
    });
    if given(&raw.personal_number).is_none() && given(&raw.tax_code).is_none() {
        problems.add("applicant.personal_number", Reason::IdentityMissing);
    }
    let phone = given(&raw.phone).and_then(|text| {
        PhoneNumber::parse(&text)
            .map_err(|e| problems.add("applicant.phone", field(FieldReason::Phone(e))))
            .ok()
            .map(|number| number.to_string())
    });
    let email = given(&raw.email).and_then(|text| {
        EmailAddress::parse(&text)
            .map_err(|e| problems.add("applicant.email", field(FieldReason::Email(e))))
            .ok()
            .map(|address| address.to_string())
    });
    Applicant {
        name,
        personal_number,
        tax_code,
        phone,
        email,
        address: problems.text("applicant.address", &raw.address, limit::LINE),
        filed_by: given(&raw.filed_by)
            .map(|text| problems.optional("applicant.filed_by", &text, 100)),
    }
}

/// A person's name, or an organisation's, which may have digits and other signs.
fn name(raw: &Applicant, problems: &mut Problems) -> String {
    let empty = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
    if empty(&raw.personal_number) && !empty(&raw.tax_code) {
        return problems.text("applicant.name", &raw.name, 200);
    }
    match PersonName::parse(&raw.name) {
        Ok(name) => name.to_string(),
        Err(_) if crate::text::normalise(&raw.name).is_empty() => {
            problems.add("applicant.name", Reason::Missing);
            String::new()
        }
        Err(error) => {
            problems.add("applicant.name", Reason::Field(FieldReason::PersonName(error)));
            String::new()
        }
    }
}

fn case(wish: &Submit, ctx: &Context<'_>, problems: &mut Problems) -> Option<String> {
    let cases = &ctx.procedure.cases;
    match &wish.case {
        _ if cases.is_empty() => None,
        Some(id) if cases.iter().any(|case| case.id == *id) => Some(id.clone()),
        Some(_) => {
            problems.add("case", Reason::Unknown);
            None
        }
        None => {
            problems.add("case", Reason::Missing);
            None
        }
    }
}

fn channel(wish: &Submit, ctx: &Context<'_>, problems: &mut Problems) {
    let kind = match wish.channel {
        super::event::Channel::Online => ChannelKind::Online,
        super::event::Channel::Counter => ChannelKind::Counter,
        super::event::Channel::Post => ChannelKind::Post,
    };
    if !ctx.procedure.accepts_channel(kind) {
        problems.add("channel", Reason::ChannelNotOffered);
    }
}

/// Online filings bring the statutory form; at the counter it is on paper.
fn form(wish: &Submit, ctx: &Context<'_>, problems: &mut Problems) {
    let Some(form) = ctx.form else { return };
    if wish.form.is_empty() && wish.channel != super::event::Channel::Online {
        return;
    }
    for error in validate(form, &wish.form) {
        problems.add(format!("form.{}", error.field), Reason::Field(error.reason));
    }
}

/// Every mandatory component of the case must be there. Online: as a file, a filled form or a
/// look-up in a data base; at the counter: ticked on the checklist.
fn papers(
    wish: &Submit,
    case: Option<&str>,
    ctx: &Context<'_>,
    problems: &mut Problems,
) -> Vec<Paper> {
    if wish.papers.len() > limit::PAPERS {
        problems.add("papers", Reason::TooMany(limit::PAPERS));
        return Vec::new();
    }
    let needed = ctx.procedure.components_for(case);
    for component in needed.iter().filter(|component| component.mandatory) {
        let by_form = component.is_application_form() && !wish.form.is_empty();
        if !by_form && !wish.papers.iter().any(|paper| paper.component == component.id) {
            problems.add(format!("paper.{}", component.id), Reason::PaperMissing);
        }
    }
    for paper in &wish.papers {
        if !needed.iter().any(|component| component.id == paper.component) {
            problems.add(format!("paper.{}", paper.component), Reason::Unknown);
        }
    }
    reuse::check(&wish.papers, &needed, problems);
    wish.papers.clone()
}
