//! Reminders become letters: looked for in every running dossier, put into the outbox under a key
//! that stands for their occasion, and so sent once each, whatever restarts.

use crate::error::ActError;
use crate::office::Office;
use domain::dossier::reminder::{Occasion, Recipient, Reminder, reminders};
use domain::dossier::{Audience, Dossier, Effect};
use domain::time::local;
use storage::NewJob;
use storage::reads::DossierFilter;

/// Dossiers looked at in one read.
const PAGE: u32 = 200;
/// The stages in which somebody may have to be reminded.
const RUNNING: [&str; 9] = [
    "submitted",
    "awaiting_supplement",
    "supplemented",
    "awaiting_payment",
    "received",
    "transferred",
    "in_progress",
    "awaiting_signature",
    "awaiting_issue",
];

impl Office {
    /// Puts a letter into the outbox for everything that somebody should be reminded of now and
    /// was not before. Returns how many.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn remind(&self) -> Result<usize, ActError> {
        let mut added = 0;
        for stage in RUNNING {
            added += self.remind_in(stage).await?;
        }
        Ok(added)
    }

    /// All dossiers of a stage, newest first, page by page.
    async fn remind_in(&self, stage: &str) -> Result<usize, ActError> {
        let (mut added, mut before) = (0, None);
        loop {
            let filter = DossierFilter {
                stage: stage.to_owned(),
                before,
                limit: PAGE,
                ..DossierFilter::default()
            };
            let page = self.store.dossiers(&filter).await.map_err(fault)?;
            let Some(last) = page.last() else { return Ok(added) };
            before = Some(last.id.clone());
            for row in &page {
                added += self.remind_of(&row.id).await?;
            }
        }
    }

    async fn remind_of(&self, id: &str) -> Result<usize, ActError> {
        let dossier = self.load(id).await?;
        let now = self.clock.now();
        let Ok(due) = reminders(&dossier, now, &self.calendar().calendar) else {
            tracing::warn!(dossier = id, "no reminders: a year of the calendar is not entered");
            return Ok(0);
        };
        let mut jobs = Vec::new();
        for reminder in due {
            for audience in self.audience(&dossier, &reminder) {
                let job = job(id, &reminder, audience);
                if !self.store.outbox_knows(&job.id).await.map_err(fault)? {
                    jobs.push(job);
                }
            }
        }
        let at = now.as_millisecond();
        self.store.outbox_once("remind", &jobs, at).await.map_err(fault)?;
        Ok(jobs.len())
    }

    /// Who is meant today. Where nobody of ours sits (an agency that is consulted), the officer in
    /// charge.
    fn audience(&self, dossier: &Dossier, reminder: &Reminder) -> Vec<Audience> {
        match &reminder.to {
            Recipient::Applicant => vec![Audience::Applicant],
            Recipient::Official(id) => vec![Audience::Official(id.clone())],
            Recipient::Holders { place, position } => {
                let today = local(self.clock.now()).date();
                let organisation = &self.catalogue.organisation;
                let there = organisation.officials_at(place, *position, today);
                let mut ids: Vec<String> = there.map(|official| official.id.clone()).collect();
                if ids.is_empty() {
                    ids.extend(dossier.officer.as_ref().map(|officer| officer.id.clone()));
                }
                ids.into_iter().map(Audience::Official).collect()
            }
        }
    }
}

fn job(id: &str, reminder: &Reminder, audience: Audience) -> NewJob {
    let whom = match &audience {
        Audience::Applicant => "applicant",
        Audience::Official(official) => official,
    };
    let key = format!("{id}-{}-{whom}", reminder.key);
    let effect = Effect::Remind { audience, about: reminder.occasion };
    let payload = serde_json::to_string(&effect).expect("an effect is plain data");
    NewJob { id: key, dossier: id.to_owned(), payload }
}

/// The sentence after "Hồ sơ …", for an official.
pub(crate) fn to_an_official(occasion: Occasion, of: &Dossier) -> String {
    let due = of.clock.due.as_ref().map(|due| local(due.at).strftime("%d/%m/%Y").to_string());
    let due = due.unwrap_or_default();
    match occasion {
        Occasion::StepDueSoon => "có bước sắp hết hạn, còn không quá 4 giờ làm việc.".to_owned(),
        Occasion::DueTomorrow => format!("phải trả kết quả vào ngày làm việc kế tiếp, {due}."),
        Occasion::Late => format!("đã quá hạn trả kết quả ({due})."),
        Occasion::Stuck => {
            "không có diễn biến nào trong hơn hai lần thời gian của bước đang mở.".to_owned()
        }
        Occasion::ApologyDue => format!(
            "hẹn trả ngày {due} mà chưa có kết quả. Hôm nay là ngày làm việc cuối cùng để ký văn \
             bản xin lỗi và hẹn lại."
        ),
        Occasion::ApplicantOverdue => {
            "đã quá hạn mà người nộp chưa thực hiện yêu cầu. Hệ thống đề xuất dừng giải quyết."
                .to_owned()
        }
    }
}

/// The sentence after "Hồ sơ …", for the applicant.
pub(crate) fn to_the_applicant(occasion: Occasion) -> String {
    match occasion {
        Occasion::Late => "đã quá ngày hẹn mà chưa có kết quả. Cơ quan giải quyết xin lỗi ông/bà.",
        Occasion::ApplicantOverdue => {
            "đã quá hạn mà ông/bà chưa thực hiện yêu cầu và có thể bị dừng giải quyết. Mở liên \
             kết để xem cần làm gì."
        }
        Occasion::StepDueSoon | Occasion::DueTomorrow | Occasion::Stuck | Occasion::ApologyDue => {
            "đang được giải quyết."
        }
    }
    .to_owned()
}

fn fault(error: impl std::fmt::Display) -> ActError {
    ActError::fault("reminders", error)
}
