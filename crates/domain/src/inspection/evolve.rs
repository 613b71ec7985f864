//! Folds a fact into the state; never fails. What cannot happen changes nothing.

use super::command::Judgement;
use super::event::{Event, Fact};
use super::state::{Finding, Inspection, Recommendation, Stamped, Status};
use crate::dossier::By;

impl Inspection {
    /// Begins with the first fact; `None` when that is not an item of a plan.
    #[must_use]
    pub fn begin(fact: &Fact) -> Option<Inspection> {
        let Event::Planned(plan) = &fact.event else { return None };
        Some(Inspection {
            version: 1,
            plan: plan.clone(),
            delegations: Vec::new(),
            announced: None,
            reports: Vec::new(),
            sessions: Vec::new(),
            population: None,
            sample: None,
            checks: Vec::new(),
            findings: Vec::new(),
            signatures: Vec::new(),
            conclusion: None,
            recommendations: Vec::new(),
        })
    }

    /// All facts, oldest first; `None` without any.
    #[must_use]
    pub fn replay<'f>(facts: impl IntoIterator<Item = &'f Fact>) -> Option<Inspection> {
        let mut facts = facts.into_iter();
        let first = Inspection::begin(facts.next()?)?;
        Some(facts.fold(first, Inspection::evolve))
    }

    /// One fact more.
    #[must_use]
    pub fn evolve(mut self, fact: &Fact) -> Inspection {
        self.version += 1;
        match &fact.event {
            Event::Planned(_) => {}
            Event::Delegated(what) => self.delegations.push(stamped(fact, what)),
            Event::Announced(what) => self.announced = Some(stamped(fact, what)),
            Event::Reported(what) => self.reports.push(stamped(fact, what)),
            Event::Met(what) => self.sessions.push(stamped(fact, what)),
            Event::PopulationFixed(what) => self.population = Some(stamped(fact, what)),
            Event::SampleDrawn(what) => self.sample = Some(stamped(fact, what)),
            Event::Checked(what) => {
                self.checks
                    .retain(|old| (&old.what.unit, &old.what.point) != (&what.unit, &what.point));
                self.checks.push(stamped(fact, what));
            }
            Event::Found(what) => self.findings.push(Finding {
                no: what.no,
                found: stamped(fact, &what.found),
                answer: None,
            }),
            Event::Answered(what) => {
                let finding = self.findings.iter_mut().find(|known| known.no == what.finding);
                if let Some(finding) = finding {
                    finding.answer = Some(stamped(fact, what));
                }
            }
            Event::MinutesSigned(what) => self.signatures.push(stamped(fact, what)),
            Event::Concluded(what) => {
                self.recommendations =
                    (1..).zip(&what.recommendations).map(|(no, what)| opened(no, what)).collect();
                self.conclusion = Some(stamped(fact, what));
            }
            Event::FollowedUp(_)
            | Event::Verified(_)
            | Event::Extended(_)
            | Event::Escalated(_) => self.followed(fact),
        }
        self
    }

    /// What happens to a recommendation.
    fn followed(&mut self, fact: &Fact) {
        let no = match &fact.event {
            Event::FollowedUp(what) => what.recommendation,
            Event::Verified(what) => what.recommendation,
            Event::Extended(what) => what.recommendation,
            Event::Escalated(what) => what.recommendation,
            _ => return,
        };
        let Some(of) = self.recommendations.iter_mut().find(|known| known.no == no) else { return };
        match &fact.event {
            Event::FollowedUp(what) => {
                of.status = Status::Reported;
                of.reports.push(stamped(fact, what));
            }
            Event::Verified(what) => {
                of.status = match what.judgement {
                    Judgement::Done => Status::Verified,
                    Judgement::NotDone => Status::Rejected,
                };
                of.judgements.push(stamped(fact, what));
            }
            Event::Extended(what) => {
                of.what.due_on = what.due_on;
                of.extensions.push(stamped(fact, &what.reason));
            }
            Event::Escalated(what) => {
                let told = format!("{}: {}", what.to, what.reason);
                of.escalations.push(stamped(fact, &told));
            }
            _ => {}
        }
    }
}

fn opened(no: u32, what: &super::command::Recommend) -> Recommendation {
    Recommendation {
        no,
        what: what.clone(),
        first_due_on: what.due_on,
        status: Status::Open,
        reports: Vec::new(),
        judgements: Vec::new(),
        extensions: Vec::new(),
        escalations: Vec::new(),
    }
}

fn stamped<T: Clone>(fact: &Fact, what: &T) -> Stamped<T> {
    let by = match &fact.by {
        By::Official { name, .. } => name.clone(),
        By::Applicant { .. } | By::System => String::new(),
    };
    Stamped { at: fact.at, by, what: what.clone() }
}
