//! The table of contents: which rule answers which verb. The parent branches, the leaves compute.

use super::command::{Act, Command};
use super::context::Context;
use super::event::{By, Event, Fact};
use super::refusal::Refusal;
use super::{Dossier, assign, give_back, issue, propose, receive, refuse, request_supplement};
use super::{confirm_payment, correct_due, reappoint, request_payment, stop};
use super::{send_back, sign, submit, supplement, transfer, withdraw, work};
use crate::permission;
use crate::text::DossierCode;
use std::sync::Arc;

/// New facts, and the book whose next number one of them needs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decision {
    /// Facts, in order.
    pub events: Vec<(By, Event)>,
    /// The number book to draw from inside the commit, so that no number is ever burnt.
    pub book: Option<Book>,
}

/// A book of contiguous numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// Its key: `agency-code|YYMMDD` for dossier codes, `result|agency|year` for results.
    pub key: String,
    /// The number that the facts were made for: when it is not the next one, nothing happens.
    pub number: Option<u32>,
}

impl Decision {
    pub(super) fn one(ctx: &Context<'_>, event: Event) -> Decision {
        Decision { events: vec![(ctx.actor.by(), event)], book: None }
    }

    /// The facts, with the drawn number filled in.
    #[must_use]
    pub fn numbered(self, number: Option<u32>, at: crate::time::Instant) -> Vec<Fact> {
        self.events
            .into_iter()
            .map(|(by, mut event)| {
                match (&mut event, number) {
                    (Event::Received(received), Some(number)) if received.code.is_empty() => {
                        received.number = number;
                        let day = crate::time::local(at).date();
                        received.code =
                            DossierCode::compose(&received.agency_code, day, number).to_string();
                    }
                    (Event::Issued(issued), Some(number)) => issued.number = number,
                    _ => {}
                }
                Fact { at, by, event }
            })
            .collect()
    }
}

/// Which facts this command causes, or why none. Never changes anything itself.
///
/// # Errors
/// A [`Refusal`] with the reason for the person.
pub fn decide(
    dossier: Option<&Dossier>,
    command: &Command,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let act = command.act();
    let Some(dossier) = dossier else {
        return match command {
            Command::Submit(wish) => submit::decide(wish, ctx),
            _ => Err(Refusal::NotOpen(act)),
        };
    };
    permit(dossier, act, ctx)?;
    match command {
        Command::Submit(_) => Err(Refusal::NotOpen(act)),
        Command::Receive(wish) => receive::decide(dossier, wish, ctx),
        Command::RequestSupplement(wish) => request_supplement::decide(dossier, wish, ctx),
        Command::Supplement(wish) => supplement::decide(dossier, wish, ctx),
        Command::Refuse(wish) => refuse::decide(dossier, wish, ctx),
        Command::Transfer => transfer::decide(dossier, ctx),
        Command::Assign(wish) => assign::decide(dossier, wish, ctx),
        Command::Work(wish) => work::decide(dossier, wish, ctx),
        Command::Propose(wish) => propose::decide(dossier, wish, ctx),
        Command::SendBack(wish) => send_back::decide(dossier, wish, ctx),
        Command::Sign(wish) => sign::decide(dossier, wish, ctx),
        Command::Issue(wish) => issue::decide(dossier, wish, ctx),
        Command::GiveBack(wish) => give_back::decide(dossier, wish, ctx),
        Command::Withdraw(wish) => withdraw::decide(dossier, wish, ctx),
        Command::RequestPayment(wish) => request_payment::decide(dossier, wish, ctx),
        Command::ConfirmPayment(wish) => confirm_payment::decide(dossier, wish, ctx),
        Command::Reappoint(wish) => reappoint::decide(dossier, wish, ctx),
        Command::CorrectDue(wish) => correct_due::decide(dossier, wish, ctx),
        Command::Stop(wish) => stop::decide(dossier, wish, ctx),
    }
}

/// Out of order is told before not allowed, to those who may read the dossier at all.
fn permit(dossier: &Dossier, act: Act, ctx: &Context<'_>) -> Result<(), Refusal> {
    if permission::may(ctx.actor, act, dossier) {
        Ok(())
    } else if permission::may_read(ctx.actor, dossier) && !permission::is_open(act, dossier) {
        Err(Refusal::NotOpen(act))
    } else {
        Err(Refusal::NotPermitted(act))
    }
}

/// The open task of this kind that the actor holds; `permit` has made sure that there is one.
pub(super) fn own_task<'d>(
    dossier: &'d Dossier,
    act: Act,
    wanted: Option<u32>,
    ctx: &Context<'_>,
) -> Result<&'d super::event::TaskOpened, Refusal> {
    let open = permission::acts_open_to(ctx.actor, dossier);
    let mut mine = open.iter().filter(|open| open.act == act).filter_map(|open| open.task);
    let no = match wanted {
        Some(no) => mine.find(|mine| *mine == no),
        None => mine.next(),
    };
    dossier.open_tasks().find(|task| Some(task.no) == no).ok_or(Refusal::NotOpen(act))
}

/// Wraps a filing for the log.
pub(super) fn filed(ctx: &Context<'_>, submitted: super::event::Submitted) -> Decision {
    Decision::one(ctx, Event::Submitted(Arc::new(submitted)))
}
