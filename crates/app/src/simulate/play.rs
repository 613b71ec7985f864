//! The play itself: what comes next by the moved clock, one act after the other, every one through
//! `office.act`. People are late, hasty and forgetful in proportions that a one-stop knows.

use super::dice::Dice;
use super::filing::{self, Filing};
use super::hand;
use domain::dossier::event::{Channel, FileRef, TaskOpened};
use domain::dossier::{Actor, Command, Dossier, Stage};
use domain::organisation::Position;
use domain::process::StepKind;
use domain::time::{Instant, from_millis, instant, local};
use jiff::ToSpan as _;
use jiff::civil::Date;
use office::ports::MovedClock;
use office::{ActError, Office, Target};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a play is about.
pub(crate) struct Plan {
    /// First day of filing.
    pub(crate) from: Date,
    /// Last day; the play stops in its evening.
    pub(crate) to: Date,
    /// Dossiers filed.
    pub(crate) dossiers: u32,
    /// Seed of everything.
    pub(crate) seed: u64,
    /// The agencies that are asked; all when empty.
    pub(crate) agencies: Vec<String>,
    /// Accounts of citizens who file online; others get made-up ones.
    pub(crate) accounts: Vec<String>,
}

/// What happened, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) filed: u32,
    pub(crate) acts: u64,
    /// Acts that a rule refused: mistakes of the people played.
    pub(crate) refused_acts: u64,
    /// Second clicks that changed nothing.
    pub(crate) repeated: u64,
    /// Tasks for which nobody is in office.
    pub(crate) stuck: u64,
}

enum Move {
    File(Box<Filing>),
    Task { case: usize, no: u32 },
    Supplement(usize),
    Withdraw(usize),
    Pay(usize),
    Apologise(usize),
    Stop(usize),
}

struct Case {
    id: String,
    applicant: Actor,
    scheduled: BTreeSet<u32>,
    /// Working speed, per mille of the planned time.
    pace: u64,
    /// Somebody has seen that the promise will not be kept.
    foreseen: bool,
}

/// A play under way.
pub(crate) struct Play<'o> {
    office: &'o Office,
    clock: Arc<MovedClock>,
    dice: Dice,
    scans: [FileRef; 3],
    ahead: BTreeMap<(i64, u64), Move>,
    moves: u64,
    cases: Vec<Case>,
    accounts: Vec<String>,
    agencies: Vec<String>,
    pub(crate) tally: Tally,
}

impl<'o> Play<'o> {
    /// Prepares the filings; nothing has happened yet.
    pub(crate) fn prepare(
        office: &'o Office,
        clock: Arc<MovedClock>,
        plan: &Plan,
        scans: [FileRef; 3],
    ) -> anyhow::Result<Play<'o>> {
        let mut play = Play {
            office,
            clock,
            dice: Dice::new(plan.seed),
            scans,
            ahead: BTreeMap::new(),
            moves: 0,
            cases: Vec::new(),
            accounts: plan.accounts.clone(),
            agencies: plan.agencies.clone(),
            tally: Tally::default(),
        };
        let days = working_days(office, plan)?;
        anyhow::ensure!(
            !days.is_empty(),
            "no procedure is offered on a working day between {} and {}",
            plan.from,
            plan.to
        );
        for _ in 0..plan.dossiers {
            play.plan_filing(&days)?;
        }
        Ok(play)
    }

    /// One more filing, on one of these days, in office hours or (online) in the evening.
    fn plan_filing(&mut self, days: &[Date]) -> anyhow::Result<()> {
        let day = *self.dice.pick(days).unwrap_or(&days[0]);
        let asked = (&*self.office.catalogue, self.agencies.as_slice());
        let filing = filing::make(asked, day, &self.scans[0], &mut self.dice);
        let Some(filing) = filing else { return Ok(()) };
        let evening = filing.submit.channel == Channel::Online && self.dice.per_mille(200);
        let start = day.to_datetime(jiff::civil::Time::midnight());
        let at = if evening {
            let minutes = i64::try_from(self.dice.between(17 * 60, 22 * 60))?;
            start.checked_add(minutes.minutes())?
        } else {
            let minutes = i64::try_from(self.dice.between(5, 440))?;
            self.office.calendar().calendar.add_minutes(start, minutes)?
        };
        let seconds = i64::try_from(self.dice.below(60_000))?;
        let ms = instant(at).as_millisecond() + seconds;
        self.plan_at(ms, Move::File(Box::new(filing)));
        Ok(())
    }

    fn plan_at(&mut self, ms: i64, next: Move) {
        self.moves += 1;
        self.ahead.insert((ms, self.moves), next);
    }

    /// Plans something after some working minutes, at a second of its own.
    fn plan_after(&mut self, minutes: u64, next: Move) -> anyhow::Result<()> {
        let now = local(self.office.clock.now());
        let minutes = i64::try_from(minutes)?;
        let at = self.office.calendar().calendar.add_minutes(now, minutes)?;
        let ms = instant(at).as_millisecond() + i64::try_from(self.dice.below(59_000))?;
        self.plan_at(ms, next);
        Ok(())
    }

    /// Plays until nothing is ahead before `until`.
    pub(crate) async fn run(&mut self, until: Instant) -> anyhow::Result<()> {
        while let Some(first) = self.ahead.first_entry() {
            let at = from_millis(first.key().0);
            if at > until {
                break;
            }
            let next = first.remove();
            self.clock.set(at.max(self.office.clock.now()));
            match next {
                Move::File(filing) => self.file(*filing).await?,
                Move::Task { case, no } => self.work(case, no).await?,
                Move::Supplement(case) => self.answer(case).await?,
                Move::Withdraw(case) => self.withdraw(case).await?,
                Move::Pay(case) => self.pay(case).await?,
                Move::Apologise(case) => self.lead(case, hand::apology).await?,
                Move::Stop(case) => self.lead(case, hand::stop).await?,
            }
        }
        self.clock.set(until.max(self.office.clock.now()));
        Ok(())
    }

    async fn file(&mut self, filing: Filing) -> anyhow::Result<()> {
        let applicant = match filing.submit.channel {
            Channel::Online => self.online_applicant(),
            Channel::Counter | Channel::Post => {
                let agency = filing.submit.agency.clone();
                let place = self.office.catalogue.organisation.one_stop_of(&agency);
                let place = place.unwrap_or(&agency).to_owned();
                let counter = Position::CounterOfficer;
                match hand::one_of(self.office, &place, counter, &mut self.dice) {
                    Some(actor) => actor,
                    None => {
                        self.tally.stuck += 1;
                        return Ok(());
                    }
                }
            }
        };
        let target = Target::New { procedure: filing.procedure.clone() };
        if self.dice.per_mille(30) {
            let mut wrong = filing.submit.clone();
            wrong.applicant.personal_number = Some("12345".to_owned());
            self.act(&applicant, &target, &Command::Submit(wrong)).await?;
        }
        let command = Command::Submit(filing.submit);
        let Some(id) = self.act(&applicant, &target, &command).await? else { return Ok(()) };
        self.tally.filed += 1;
        let pace = if self.dice.per_mille(130) {
            self.dice.between(900, 1_500)
        } else {
            self.dice.between(250, 850)
        };
        self.cases.push(Case { id, applicant, scheduled: BTreeSet::new(), pace, foreseen: false });
        let case = self.cases.len() - 1;
        if self.dice.per_mille(12) {
            let minutes = self.dice.between(60, 4_000);
            self.plan_after(minutes, Move::Withdraw(case))?;
        }
        self.follow(case).await
    }

    fn online_applicant(&mut self) -> Actor {
        let account = self.dice.pick(&self.accounts).cloned();
        let account = account.unwrap_or_else(|| format!("dan-{:04}", self.dice.below(3_000)));
        Actor::Applicant { account }
    }

    /// Plans whatever waits in a dossier and is not yet planned.
    async fn follow(&mut self, case: usize) -> anyhow::Result<()> {
        let dossier = self.office.state(&Actor::System, &self.cases[case].id).await?;
        match dossier.stage {
            Stage::AwaitingSupplement { .. } => {
                let limit = dossier.supplements.last().and_then(|cycle| cycle.answer_by);
                return self.await_applicant(Move::Supplement(case), Move::Stop(case), limit);
            }
            Stage::AwaitingPayment { .. } => {
                let limit = dossier.payments.last().and_then(|payment| payment.pay_by);
                return self.await_applicant(Move::Pay(case), Move::Stop(case), limit);
            }
            _ => {}
        }
        self.foresee(case, &dossier)?;
        for task in dossier.open_tasks() {
            if self.cases[case].scheduled.insert(task.no) {
                let minutes = self.minutes_for(case, task)?;
                self.plan_after(minutes, Move::Task { case, no: task.no })?;
            }
        }
        Ok(())
    }

    /// Most people do what they are asked for; who does not is stopped where a law sets a limit.
    fn await_applicant(
        &mut self,
        done: Move,
        stopped: Move,
        limit: Option<Instant>,
    ) -> anyhow::Result<()> {
        if !self.dice.per_mille(80) {
            let minutes = self.dice.between(120, 2_600);
            return self.plan_after(minutes, done);
        }
        if let Some(limit) = limit {
            let minutes = i64::try_from(self.dice.between(30, 900))?;
            let work = self.office.calendar();
            let at = instant(work.calendar.add_minutes(local(limit), minutes)?);
            self.plan_at(at.as_millisecond(), stopped);
        }
        Ok(())
    }

    /// Slow work is sometimes noticed in time: the head apologises the working day before.
    fn foresee(&mut self, case: usize, dossier: &Dossier) -> anyhow::Result<()> {
        let Some(due) = &dossier.clock.due else { return Ok(()) };
        if self.cases[case].foreseen || self.cases[case].pace < 900 {
            return Ok(());
        }
        self.cases[case].foreseen = true;
        let mut day = local(due.at).date().yesterday()?;
        while !self.office.calendar().calendar.is_working_day(day)? {
            day = day.yesterday()?;
        }
        let morning = instant(day.at(8, 0, 0, 0));
        if morning > self.office.clock.now() && self.dice.per_mille(600) {
            let ms = i64::try_from(self.dice.below(3_000_000))?;
            self.plan_at(morning.as_millisecond() + ms, Move::Apologise(case));
        }
        Ok(())
    }

    /// How long the task lies there: the planned time by the dossier's pace, more or less.
    fn minutes_for(&mut self, case: usize, task: &TaskOpened) -> anyhow::Result<u64> {
        if task.kind == StepKind::GiveBack {
            return Ok(self.dice.between(30, 1_900));
        }
        let now = local(self.office.clock.now());
        let planned = match task.due_at {
            Some(due) => self.office.calendar().calendar.count_minutes(now, local(due))?.max(20),
            None => 120,
        };
        let swing = self.dice.between(600, 1_250);
        let minutes = u64::try_from(planned)? * self.cases[case].pace / 1_000 * swing / 1_000;
        Ok(minutes.max(3))
    }

    async fn work(&mut self, case: usize, no: u32) -> anyhow::Result<()> {
        let id = self.cases[case].id.clone();
        let dossier = self.office.state(&Actor::System, &id).await?;
        let Some(task) = dossier.open_tasks().find(|task| task.no == no).cloned() else {
            return Ok(());
        };
        let Some(actor) = hand::actor(self.office, &dossier, &task, &mut self.dice) else {
            self.tally.stuck += 1;
            return Ok(());
        };
        let target = Target::Dossier(id);
        let detour = hand::detour(self.office, &dossier, &task, &mut self.dice);
        if let Some(detour) = detour
            && self.act(&actor, &target, &detour).await?.is_some()
        {
            return self.follow(case).await;
        }
        let straight = hand::straight(self.office, &dossier, &task, &mut self.dice);
        let Some(command) = straight else {
            self.tally.stuck += 1;
            return Ok(());
        };
        if self.act(&actor, &target, &command).await?.is_none() {
            self.tally.stuck += 1;
        }
        self.follow(case).await
    }

    /// The applicant's answer to a request, or the counter's for those who came in person.
    async fn answer(&mut self, case: usize) -> anyhow::Result<()> {
        let Case { id, applicant, .. } = &self.cases[case];
        let (id, applicant) = (id.clone(), applicant.clone());
        let dossier: Arc<Dossier> = self.office.state(&Actor::System, &id).await?;
        let command = hand::supplement(&dossier, &self.scans);
        self.act(&applicant, &Target::Dossier(id), &command).await?;
        self.follow(case).await
    }

    async fn withdraw(&mut self, case: usize) -> anyhow::Result<()> {
        let Case { id, applicant, .. } = &self.cases[case];
        let (id, applicant) = (id.clone(), applicant.clone());
        self.act(&applicant, &Target::Dossier(id), &hand::withdraw()).await?;
        Ok(())
    }

    /// The counter takes the money and notes the receipt.
    async fn pay(&mut self, case: usize) -> anyhow::Result<()> {
        let id = self.cases[case].id.clone();
        let dossier = self.office.state(&Actor::System, &id).await?;
        let (place, counter) = (dossier.one_stop(), Position::CounterOfficer);
        let Some(actor) = hand::one_of(self.office, place, counter, &mut self.dice) else {
            self.tally.stuck += 1;
            return Ok(());
        };
        let command = hand::paid(&mut self.dice);
        self.act(&actor, &Target::Dossier(id), &command).await?;
        self.follow(case).await
    }

    /// What the head of the agency does beside all tasks, if it is still called for.
    async fn lead(
        &mut self,
        case: usize,
        command: fn(&Dossier, Instant, &mut Dice) -> Option<Command>,
    ) -> anyhow::Result<()> {
        let id = self.cases[case].id.clone();
        let dossier = self.office.state(&Actor::System, &id).await?;
        let now = self.office.clock.now();
        let Some(command) = command(&dossier, now, &mut self.dice) else { return Ok(()) };
        let (agency, head) = (&dossier.submitted.agency, Position::AgencyLeader);
        match hand::one_of(self.office, agency, head, &mut self.dice) {
            Some(actor) => {
                self.act(&actor, &Target::Dossier(id), &command).await?;
            }
            None => self.tally.stuck += 1,
        }
        Ok(())
    }

    /// One act; the id when it happened, `None` when a rule refused it.
    async fn act(
        &mut self,
        actor: &Actor,
        target: &Target,
        command: &Command,
    ) -> anyhow::Result<Option<String>> {
        self.moves += 1;
        let key = format!("play-{}", self.moves);
        let acted = match self.office.act(actor, &key, target, command).await {
            Ok(acted) => acted,
            Err(ActError::Refused(refusal)) => {
                tracing::info!(act = command.act().name(), ?refusal, "refused");
                self.tally.refused_acts += 1;
                return Ok(None);
            }
            Err(ActError::NotFound) => {
                self.tally.refused_acts += 1;
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        };
        self.tally.acts += 1;
        if self.dice.per_mille(8) {
            let again = self.office.act(actor, &key, target, command).await?;
            anyhow::ensure!(again.repeated && again.id == acted.id, "a second click acted twice");
            self.tally.repeated += 1;
        }
        Ok(Some(acted.id))
    }
}

/// The working days of the plan on which something is offered.
fn working_days(office: &Office, plan: &Plan) -> anyhow::Result<Vec<Date>> {
    let mut days = Vec::new();
    let mut day = plan.from;
    while day <= plan.to {
        let work = office.calendar();
        let calendar = &work.calendar;
        if calendar.is_working_day(day)? && !filing::offered(&office.catalogue, day).is_empty() {
            days.push(day);
        }
        day = day.tomorrow()?;
    }
    Ok(days)
}
