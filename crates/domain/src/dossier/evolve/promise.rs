//! Facts about the promise become state: payments, re-appointments, corrections, a stop.

use crate::dossier::event::{
    DueCorrected, PaymentConfirmed, PaymentRequested, Reappointed, Stopped,
};
use crate::dossier::{Correction, Dossier, Payment, Reappointment, Stage};
use crate::time::Instant;

impl Dossier {
    /// Open tasks are remembered, so that they go on when the payment is there.
    pub(super) fn payment_requested(&mut self, requested: &PaymentRequested, at: Instant) {
        let reopen = self.interrupted(&requested.moves);
        self.payments.push(Payment {
            requested_at: at,
            what: requested.what.clone(),
            amount_vnd: requested.amount_vnd,
            legal_basis: requested.legal_basis.clone(),
            pay_by: requested.pay_by,
            pauses: requested.pauses,
            remaining_minutes: requested.remaining_minutes,
            statutory_remaining_minutes: requested.statutory_remaining_minutes,
            confirmed_at: None,
            receipt_number: None,
        });
        self.stage = Stage::AwaitingPayment { reopen };
    }

    pub(super) fn payment_confirmed(&mut self, confirmed: &PaymentConfirmed, at: Instant) {
        if let Some(payment) = self.payments.last_mut() {
            payment.confirmed_at = Some(at);
            payment.receipt_number = Some(confirmed.receipt_number.clone());
        }
        if let Some(due) = &confirmed.due {
            self.clock.promised_at = Some(due.at);
            self.clock.due = Some(due.clone());
        }
        if let Some(due) = &confirmed.statutory_due {
            self.clock.statutory_due = Some(due.clone());
        }
        self.stage = Stage::InProgress;
    }

    pub(super) fn reappointed(&mut self, moved: &Reappointed, at: Instant) {
        self.clock.reappointments.push(Reappointment {
            at,
            old_due: moved.old_due.at,
            due: moved.due.at,
            reason: moved.reason.clone(),
        });
        self.clock.due = Some(moved.due.clone());
    }

    pub(super) fn due_corrected(&mut self, corrected: &DueCorrected, at: Instant) {
        self.clock.corrections.push(Correction {
            at,
            old_due: corrected.old_due.at,
            due: corrected.due.at,
            decision: corrected.decision.clone(),
        });
        if self.clock.reappointments.is_empty() {
            self.clock.promised_at = Some(corrected.due.at);
        }
        self.clock.due = Some(corrected.due.clone());
        self.clock.statutory_due = Some(corrected.statutory_due.clone());
    }

    pub(super) fn stopped(&mut self, stopped: &Stopped, at: Instant) {
        if self.clock.received_at.is_some() {
            self.clock.finished_at = Some(at);
        }
        let (reason, legal_basis) = (stopped.reason.clone(), stopped.legal_basis.clone());
        self.stage = Stage::Stopped { at, reason, legal_basis };
    }
}
