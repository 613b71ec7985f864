//! The payment is confirmed, with the number of its receipt: the interrupted tasks go on. A clock
//! that stood goes on with what was left; one that ran on is not touched.

use super::command::ConfirmPayment;
use super::context::Context;
use super::decide::Decision;
use super::event::{Event, Moves, PaymentConfirmed, TaskOpened};
use super::refusal::{Problems, Refusal, limit};
use super::{Act, Dossier, Stage, clock, tasks};

pub(super) fn decide(
    dossier: &Dossier,
    wish: &ConfirmPayment,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let mut problems = Problems::default();
    let receipt_number = problems.text("receipt_number", &wish.receipt_number, limit::LINE);
    let note = problems.optional("note", &wish.note, limit::NOTE);
    problems.none_or_refuse()?;
    let (Stage::AwaitingPayment { reopen }, Some(payment)) =
        (&dossier.stage, dossier.payments.last())
    else {
        return Err(Refusal::NotOpen(Act::ConfirmPayment));
    };
    let (due, statutory_due, opens) = if payment.pauses {
        let promise = clock::after_payment(dossier, payment, ctx)?;
        let opens = tasks::go_on(dossier, reopen, payment.requested_at, ctx)?;
        (Some(promise.due), Some(promise.statutory_due), opens)
    } else {
        (None, None, again(dossier, reopen))
    };
    Ok(Decision::one(
        ctx,
        Event::PaymentConfirmed(PaymentConfirmed {
            receipt_number,
            note,
            due,
            statutory_due,
            moves: Moves { closes: Vec::new(), opens },
        }),
    ))
}

/// The same tasks under new numbers: their clocks never stood.
fn again(dossier: &Dossier, reopen: &[TaskOpened]) -> Vec<TaskOpened> {
    let numbered = (dossier.next_task()..).zip(reopen);
    numbered.map(|(no, old)| TaskOpened { no, ..old.clone() }).collect()
}
