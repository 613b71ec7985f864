//! Letters to applicants and officials, carried out after the commit that asked for them. A letter
//! tells the code and what to do next; nothing else about a person leaves the house.

use crate::error::ActError;
use crate::office::Office;
use crate::ports::Message;
use crate::reminders;
use domain::dossier::{Audience, Dossier, Effect};
use domain::time::local;
use storage::OutboxRow;

/// Letters sent in one round.
const ROUND: u32 = 100;
/// The first repetition of a failed letter comes after so long, then twice as long each time, ms.
const AGAIN_MS: i64 = 30_000;
/// The longest wait between two tries, ms.
const AGAIN_MAX_MS: i64 = 6 * 3_600_000;

impl Office {
    /// Sends the letters whose time has come. Returns how many went out.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer; a channel that fails is tried again.
    pub async fn send_letters(&self) -> Result<usize, ActError> {
        let now = self.clock.now().as_millisecond();
        let due = self.store.outbox_due(now, ROUND).await.map_err(fault)?;
        let mut sent = Vec::new();
        for job in due {
            match self.send_letter(&job).await {
                Ok(()) => sent.push(job.id),
                Err(cause) => {
                    let wait = (AGAIN_MS << job.attempts.min(16)).min(AGAIN_MAX_MS);
                    tracing::warn!(letter = job.id, cause, "a letter is tried again later");
                    let attempts = job.attempts.saturating_add(1);
                    self.store.outbox_later(&job.id, attempts, now + wait).await.map_err(fault)?;
                }
            }
        }
        // One commit for the round; one that is killed before it sends its letters again.
        self.store.outbox_done(&sent, now).await.map_err(fault)?;
        Ok(sent.len())
    }

    async fn send_letter(&self, job: &OutboxRow) -> Result<(), String> {
        let effect: Effect = serde_json::from_str(&job.payload).map_err(|e| e.to_string())?;
        let dossier = self.load(&job.dossier).await.map_err(|e| e.to_string())?;
        let what = match &effect {
            Effect::Notify { about, .. } => happened(about, &dossier),
            Effect::Remind { audience: Audience::Applicant, about } => {
                reminders::to_the_applicant(*about)
            }
            Effect::Remind { audience: Audience::Official(_), about } => {
                reminders::to_an_official(*about, &dossier)
            }
        };
        let (Effect::Notify { audience, .. } | Effect::Remind { audience, .. }) = effect;
        let message = match audience {
            Audience::Applicant => self.letter(job, &what, &dossier),
            Audience::Official(id) => self.note(job, &what, &dossier, &id).await?,
        };
        message.map_or(Ok(()), |message| self.mailer.send(&message))
    }

    /// A letter to an official, if they have an account: to their address, else to their login.
    async fn note(
        &self,
        job: &OutboxRow,
        what: &str,
        of: &Dossier,
        official: &str,
    ) -> Result<Option<Message>, String> {
        let account = self.store.account_of_official(official).await.map_err(|e| e.to_string())?;
        let Some(account) = account else { return Ok(None) };
        let name = of.code.clone().unwrap_or_else(|| "mới nộp".to_owned());
        let link = format!("{}/ho-so/{}", self.base_url, job.dossier);
        Ok(Some(Message {
            id: job.id.clone(),
            to: account.email.or(account.phone).unwrap_or(account.login),
            subject: format!("Nhắc việc: hồ sơ {name}"),
            text: format!("Hồ sơ {name} {what}\n{link}\n"),
        }))
    }

    /// The letter, if the applicant left an address.
    fn letter(&self, job: &OutboxRow, what: &str, of: &Dossier) -> Option<Message> {
        let applicant = &of.submitted.applicant;
        let to = applicant.email.clone().or_else(|| applicant.phone.clone())?;
        let (name, link) = match &of.code {
            Some(code) => (code.clone(), format!("{}/tra-cuu?ma={code}", self.base_url)),
            None => {
                ("mới nộp".to_owned(), format!("{}/ho-so-cua-toi/{}", self.base_url, job.dossier))
            }
        };
        Some(Message {
            id: job.id.clone(),
            to,
            subject: format!("Hồ sơ {name}"),
            text: format!("Hồ sơ {name} {what}\n{link}\n"),
        })
    }
}

/// What happened, for the applicant.
fn happened(about: &str, of: &Dossier) -> String {
    let due = of.clock.due.as_ref().map(|due| local(due.at));
    let promise = due.map_or_else(String::new, |due| {
        let (day, time) = (due.strftime("%d/%m/%Y"), due.strftime("%Hg%M"));
        format!(" Hẹn trả kết quả: {time} ngày {day}.")
    });
    match about {
        "submitted" => "đã nộp, đang chờ Bộ phận Một cửa tiếp nhận.".to_owned(),
        "received" => format!("đã được tiếp nhận.{promise}"),
        "supplement_requested" => "cần bổ sung. Mở liên kết để xem cần bổ sung gì.".to_owned(),
        "supplemented" => "đã nhận giấy tờ bổ sung, đang được kiểm tra.".to_owned(),
        "not_accepted" => "không được tiếp nhận. Mở liên kết để xem lý do.".to_owned(),
        "issued" => "đã có kết quả. Mời nhận theo cách đã đăng ký.".to_owned(),
        "returned" => "đã trả kết quả. Cảm ơn ông/bà.".to_owned(),
        "withdrawn" => "đã được rút theo yêu cầu.".to_owned(),
        "payment_requested" => "cần nộp tiền. Mở liên kết để xem khoản phải nộp.".to_owned(),
        "payment_confirmed" => format!("đã ghi nhận tiền đã nộp.{promise}"),
        "reappointed" => format!(
            "chưa trả kết quả đúng hẹn được. Cơ quan giải quyết xin lỗi và hẹn lại.{promise}"
        ),
        "due_corrected" => format!("có ngày hẹn mới do lịch làm việc thay đổi.{promise}"),
        "stopped" => "đã dừng giải quyết. Mở liên kết để xem lý do.".to_owned(),
        _ => "có thay đổi.".to_owned(),
    }
}

fn fault(error: impl std::fmt::Display) -> ActError {
    ActError::fault("letters", error)
}
