//! What must follow a fact once it is committed: values, carried out by jobs that may run twice.

use super::Dossier;
use super::event::Event;
use super::reminder::Occasion;
use serde::{Deserialize, Serialize};

/// Something to do after the commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// Tell someone that `about` happened.
    Notify {
        /// Whom.
        audience: Audience,
        /// The fact's kind.
        about: String,
    },
    /// Remind someone of what is due, late or stuck.
    Remind {
        /// Whom.
        audience: Audience,
        /// Of what.
        about: Occasion,
    },
}

/// Who is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The applicant, by e-mail or text message.
    Applicant,
    /// An official, by their id.
    Official(String),
}

/// What follows this fact. Every change the applicant can feel is told at once
/// (NĐ 224/2026 Đ15.1.g); the agency's inner steps are not.
#[must_use]
pub fn effects(event: &Event, dossier: &Dossier) -> Vec<Effect> {
    let reachable =
        dossier.submitted.applicant.email.is_some() || dossier.submitted.applicant.phone.is_some();
    let tell = match event {
        Event::Submitted(_)
        | Event::Received(_)
        | Event::SupplementRequested(_)
        | Event::Supplemented(_)
        | Event::NotAccepted(_)
        | Event::Issued(_)
        | Event::Returned(_)
        | Event::Withdrawn(_)
        | Event::PaymentRequested(_)
        | Event::PaymentConfirmed(_)
        | Event::Reappointed(_)
        | Event::DueCorrected(_)
        | Event::Stopped(_) => reachable,
        Event::Transferred(_)
        | Event::Assigned(_)
        | Event::StepCompleted(_)
        | Event::Proposed(_)
        | Event::SentBack(_)
        | Event::Signed(_) => false,
    };
    if tell {
        vec![Effect::Notify { audience: Audience::Applicant, about: event.kind().to_owned() }]
    } else {
        Vec::new()
    }
}
