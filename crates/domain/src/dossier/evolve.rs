//! Facts become state. One arm per fact; nothing here can fail or refuse: what is written happened.

mod promise;

use super::event::{
    Assigned, By, Event, Fact, Moves, NotAccepted, Proposed, Received, SupplementRequested,
    SupplementStage, Supplemented, TaskOpened,
};
use super::{ClockState, Dossier, Draft, IssuedResult, Officer, Stage, SupplementCycle, Task};
use crate::text::ResultCode;
use crate::time::Instant;

impl Dossier {
    /// The state after the first fact; `None` when it is not a filing.
    #[must_use]
    pub fn begin(fact: &Fact) -> Option<Dossier> {
        let Event::Submitted(submitted) = &fact.event else { return None };
        let mut dossier = Dossier {
            version: 1,
            submitted: submitted.clone(),
            submitted_at: fact.at,
            code: None,
            profile: None,
            rules: None,
            process: None,
            changed_at: fact.at,
            stage: Stage::Submitted,
            clock: ClockState::default(),
            papers: submitted.papers.clone(),
            tasks: Vec::new(),
            officer: None,
            supplements: Vec::new(),
            payments: Vec::new(),
            draft: None,
            result_number: None,
            result: None,
        };
        dossier.apply(&submitted.moves, fact);
        Some(dossier)
    }

    /// The state after one more fact.
    #[must_use]
    pub fn evolve(mut self, fact: &Fact) -> Dossier {
        self.take(fact);
        self
    }

    /// One fact more, in place.
    pub(crate) fn take(&mut self, fact: &Fact) {
        let at = fact.at;
        self.version += 1;
        self.changed_at = at;
        if !matches!(fact.event, Event::Submitted(_)) {
            self.apply(fact.event.moves(), fact);
        }
        match &fact.event {
            Event::Submitted(_) | Event::StepCompleted(_) => {}
            Event::SupplementRequested(requested) => self.supplement_requested(requested, at),
            Event::Received(received) => self.received(received, fact),
            Event::Supplemented(done) => self.supplemented(done),
            Event::NotAccepted(refused) => {
                let NotAccepted { reason, legal_basis, .. } = refused;
                let (reason, legal_basis) = (reason.clone(), legal_basis.clone());
                self.stage = Stage::NotAccepted { at, reason, legal_basis };
            }
            Event::Transferred(_) => self.stage = Stage::Transferred,
            Event::Assigned(assigned) => {
                let Assigned { officer, officer_name, .. } = assigned;
                self.officer = Some(Officer { id: officer.clone(), name: officer_name.clone() });
                self.stage = Stage::InProgress;
            }
            Event::Proposed(proposed) => self.proposed(proposed),
            Event::SentBack(back) => {
                if let Some(draft) = &mut self.draft {
                    draft.sent_back = Some(back.reason.clone());
                }
                self.stage = Stage::InProgress;
            }
            Event::Signed(signed) => {
                if let Some(draft) = &mut self.draft {
                    draft.signed_at = Some(at);
                    draft.signed_by = Some(signer_name(&fact.by));
                    draft.paper.clone_from(&signed.file);
                }
                self.stage = Stage::AwaitingIssue;
            }
            Event::Issued(issued) => {
                if let (Some(draft), Some(_)) = (&mut self.draft, &issued.file) {
                    draft.paper.clone_from(&issued.file);
                }
                self.result_number = Some(format!("{}/{}", issued.number, issued.book));
                let kind = issued.paper.as_ref().map(|paper| paper.kind.as_str());
                let code = ResultCode::compose(&issued.book, kind, issued.number);
                self.result = Some(IssuedResult { code, paper: issued.paper.clone(), at });
                self.clock.finished_at = Some(at);
                self.stage = Stage::Issued { at };
            }
            Event::Returned(_) => self.stage = Stage::Returned { at },
            Event::Withdrawn(_) => {
                if self.clock.received_at.is_some() {
                    self.clock.finished_at = Some(at);
                }
                self.stage = Stage::Withdrawn { at };
            }
            Event::PaymentRequested(requested) => self.payment_requested(requested, at),
            Event::PaymentConfirmed(confirmed) => self.payment_confirmed(confirmed, at),
            Event::Reappointed(moved) => self.reappointed(moved, at),
            Event::DueCorrected(corrected) => self.due_corrected(corrected, at),
            Event::Stopped(stopped) => self.stopped(stopped, at),
        }
    }

    /// Open tasks are remembered, so that they go on when the papers are there.
    fn supplement_requested(&mut self, requested: &SupplementRequested, at: Instant) {
        let reopen = self.interrupted(&requested.moves);
        self.supplements.push(SupplementCycle {
            stage: requested.stage,
            requested_at: at,
            items: requested.items.clone(),
            reason: requested.reason.clone(),
            remaining_minutes: requested.remaining_minutes,
            statutory_remaining_minutes: requested.statutory_remaining_minutes,
            answer_by: requested.answer_by,
            completed_at: None,
        });
        self.stage = Stage::AwaitingSupplement { at: requested.stage, reopen };
    }

    /// The tasks that a fact interrupted.
    fn interrupted(&self, moves: &Moves) -> Vec<TaskOpened> {
        let tasks = self.tasks.iter().map(|task| &task.opened);
        tasks.filter(|task| moves.closes.contains(&task.no)).cloned().collect()
    }

    fn supplemented(&mut self, done: &Supplemented) {
        self.take_papers(&done.papers);
        if let Stage::AwaitingSupplement { at, reopen } = &mut self.stage {
            self.stage = Stage::Supplemented { at: *at, reopen: std::mem::take(reopen) };
        }
    }

    fn proposed(&mut self, proposed: &Proposed) {
        self.draft = Some(Draft {
            number: proposed.draft,
            outcome: proposed.outcome,
            title: proposed.title.clone(),
            body: proposed.body.clone(),
            note: proposed.note.clone(),
            signed_by: None,
            signed_at: None,
            sent_back: None,
            paper: None,
        });
        self.stage = Stage::AwaitingSignature;
    }

    fn received(&mut self, received: &Received, fact: &Fact) {
        self.papers.clone_from(&received.papers);
        self.code = Some(received.code.clone());
        self.profile = Some(received.profile.clone());
        self.rules = self.rules.or(received.rules);
        self.process = Some(received.process.clone());
        self.clock.received_at.get_or_insert(fact.at);
        self.clock.started_at = Some(fact.at);
        self.clock.original_due.get_or_insert_with(|| received.due.clone());
        self.clock.promised_at = Some(received.due.at);
        self.clock.due = Some(received.due.clone());
        self.clock.statutory_due = Some(received.statutory_due.clone());
        if let Some(cycle) = self.supplements.last_mut() {
            cycle.completed_at.get_or_insert(fact.at);
        }
        let during_appraisal =
            matches!(self.stage, Stage::Supplemented { at: SupplementStage::Appraisal, .. });
        self.stage = match (during_appraisal, &self.officer) {
            (true, Some(_)) => Stage::InProgress,
            (true, None) => Stage::Transferred,
            (false, _) => Stage::Received,
        };
    }

    /// Closes and opens tasks.
    fn apply(&mut self, moves: &Moves, fact: &Fact) {
        for task in &mut self.tasks {
            if task.closed.is_none() && moves.closes.contains(&task.opened.no) {
                task.closed = Some((fact.at, hand(&fact.by)));
            }
        }
        self.tasks.extend(moves.opens.iter().map(|opened| Task {
            opened: opened.clone(),
            opened_at: fact.at,
            closed: None,
        }));
    }

    /// New papers replace those of the same component; others are added.
    fn take_papers(&mut self, papers: &[super::event::Paper]) {
        for paper in papers {
            match self.papers.iter_mut().find(|old| old.component == paper.component) {
                Some(old) => old.clone_from(paper),
                None => self.papers.push(paper.clone()),
            }
        }
    }
}

fn hand(by: &By) -> String {
    match by {
        By::Applicant { .. } => "applicant".to_owned(),
        By::Official { id, .. } => id.clone(),
        By::System => "system".to_owned(),
    }
}

fn signer_name(by: &By) -> String {
    match by {
        By::Official { name, .. } => name.clone(),
        By::Applicant { .. } | By::System => String::new(),
    }
}
