//! The decision on the delegation, or on its renewal (thành lập, kiện toàn đoàn). Nobody inspects
//! the agency they work for.

use super::command::{Delegate, Member, Role};
use super::decide::Context;
use super::event::Event;
use super::plan::refuse;
use super::refusal::{Refusal, Rule};
use super::state::Inspection;
use crate::dossier::Reason;
use crate::dossier::refusal::{Problems, limit};

/// Most members of a delegation.
const MEMBERS: usize = 30;

pub(super) fn decide(
    of: &Inspection,
    wish: &Delegate,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let mut wrong = Problems::default();
    let number = wrong.text("number", &wish.number, limit::LINE);
    let signed_by = wrong.text("signed_by", &wish.signed_by, limit::LINE);
    if wish.to < wish.from || wish.from < wish.decided_on {
        wrong.add("to", Reason::NotTheCase);
    }
    let mut members: Vec<Member> = Vec::new();
    for member in &wish.members {
        let known = ctx.organisation.official(&member.official);
        match known {
            None => wrong.add("members", Reason::Unknown),
            Some(official) if !official.serves(wish.from) => {
                wrong.add("members", Reason::Unknown);
            }
            Some(official) if of.plan.units.contains(&official.unit) => {
                return Err(Refusal::Rule(Rule::OwnAgency));
            }
            Some(_) if members.iter().any(|one| one.official == member.official) => {}
            Some(_) => members.push(member.clone()),
        }
    }
    if members.is_empty() {
        wrong.add("members", Reason::Missing);
    }
    if members.len() > MEMBERS {
        wrong.add("members", Reason::TooMany(MEMBERS));
    }
    refuse(wrong)?;
    let count = |role: Role| members.iter().filter(|member| member.role == role).count();
    if count(Role::Lead) != 1 || count(Role::Secretary) != 1 {
        return Err(Refusal::Rule(Rule::OneLeadOneSecretary));
    }
    Ok(Event::Delegated(Delegate { number, signed_by, members, ..wish.clone() }))
}
