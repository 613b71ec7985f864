//! The table of contents: which rule answers which verb.

use super::claim::Reading;
use super::command::Command;
use super::event::{Basis, Event};
use super::listed::Listed;
use super::permission::{is_open, may, may_plan, may_see};
use super::refusal::{Refusal, Rule};
use super::state::Inspection;
use super::{
    announce, answer, check, conclude, delegate, draw_sample, escalate, extend, find,
    fix_population, follow_up, meet, plan, report, sign_minutes, verify,
};
use crate::dossier::Actor;
use crate::organisation::Organisation;
use crate::time::{Instant, local};
use crate::worktime::Calendar;
use jiff::civil::Date;

/// What the record said when the act was asked for. The office looks before it decides; an act that
/// needs nothing gets nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Observed {
    /// The system's values, and from what they were computed.
    pub values: Option<(Vec<Reading>, Basis)>,
    /// The dossiers that data forms list, of the agency that reports.
    pub listed: Vec<Listed>,
    /// The dossiers of the agencies.
    pub population: Option<Population>,
    /// What a later checkpoint draws.
    pub draw: Option<Draw>,
}

/// The dossiers received by the agencies in the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Population {
    /// Entries of the log.
    pub ledger_size: u64,
    /// Root over them.
    pub root: String,
    /// How many.
    pub dossiers: u32,
    /// SHA-256 over their codes.
    pub hash: String,
}

/// A checkpoint and what it draws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// Entries the checkpoint covers.
    pub checkpoint_size: u64,
    /// The signed note.
    pub note: String,
    /// SHA-256 of the note.
    pub seed: String,
    /// The codes, in the order of drawing.
    pub codes: Vec<String>,
}

/// The world as the rule may see it.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Now, UTC, milliseconds.
    pub at: Instant,
    /// Who acts.
    pub actor: &'a Actor,
    /// Agencies and officials.
    pub organisation: &'a Organisation,
    /// Working days.
    pub calendar: &'a Calendar,
    /// What the record said.
    pub observed: &'a Observed,
}

impl Context<'_> {
    pub(super) fn today(&self) -> Date {
        local(self.at).date()
    }
}

/// Which fact this command causes, or why none. Never changes anything itself.
///
/// # Errors
/// A [`Refusal`] with the reason for the person.
pub fn decide(
    inspection: Option<&Inspection>,
    command: &Command,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let act = command.act();
    let Some(of) = inspection else {
        return match command {
            Command::Plan(wish) if may_plan(ctx.actor) => plan::decide(wish, ctx),
            Command::Plan(_) => Err(Refusal::NotPermitted(act)),
            _ => Err(Refusal::NotOpen(act)),
        };
    };
    permit(of, command, ctx)?;
    match command {
        Command::Plan(_) => Err(Refusal::NotOpen(act)),
        Command::Delegate(wish) => delegate::decide(of, wish, ctx),
        Command::Announce(wish) => announce::decide(of, wish, ctx),
        Command::Report(wish) => report::decide(of, wish, ctx),
        Command::Meet(wish) => meet::decide(of, wish, ctx),
        Command::FixPopulation(wish) => fix_population::decide(wish, ctx),
        Command::DrawSample(_) => draw_sample::decide(of, ctx),
        Command::Check(wish) => check::decide(of, wish),
        Command::Find(wish) => find::decide(of, wish),
        Command::Answer(wish) => answer::decide(of, wish, ctx),
        Command::SignMinutes(wish) => sign_minutes::decide(of, wish, ctx),
        Command::Conclude(wish) => conclude::decide(of, wish, ctx),
        Command::FollowUp(wish) => follow_up::decide(of, wish, ctx),
        Command::Verify(wish) => verify::decide(of, wish, ctx),
        Command::Extend(wish) => extend::decide(of, wish),
        Command::Escalate(wish) => escalate::decide(of, wish, ctx),
    }
}

/// What is out of order is told, with its rule, to those who may see the inspection; the others
/// hear that there is none.
fn permit(of: &Inspection, command: &Command, ctx: &Context<'_>) -> Result<(), Refusal> {
    let act = command.act();
    if may(ctx.actor, act, of, ctx.at) {
        return Ok(());
    }
    if !may_see(ctx.actor, of) {
        return Err(Refusal::NotPermitted(act));
    }
    if !is_open(act, of) {
        let signing = !of.signatures.is_empty() && of.conclusion.is_none();
        let written = matches!(
            command,
            Command::Report(_) | Command::Find(_) | Command::Check(_) | Command::Answer(_)
        );
        return Err(match signing && written {
            true => Refusal::Rule(Rule::MinutesStand),
            false => Refusal::NotOpen(act),
        });
    }
    let member = matches!(ctx.actor, Actor::Official { id, .. } if of.role(id).is_some());
    match member && !of.period_runs(ctx.at) {
        true => Err(Refusal::Rule(Rule::OutsidePeriod)),
        false => Err(Refusal::NotPermitted(act)),
    }
}
