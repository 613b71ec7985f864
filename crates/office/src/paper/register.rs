//! The register of dossiers, and the hand-over of results to the post.
//!
//! The number of a dossier in its agency's book of the year needs no number of its own: reception
//! draws the order in the day inside the commit, without gaps, and codes sort by day and order. The
//! number is how many were received before it in the year, and it never changes.

use super::unit_name;
use crate::error::ActError;
use crate::office::Office;
use documents::{
    DocumentNumber, Form, Letterhead, PostalHandOver, PostalItem, Register, RegisterClosing,
    RegisterEntry, RegisterLine, RegisterTotals,
};
use domain::dossier::event::{Event, Fact, Received, ResultChannel};
use domain::dossier::{Actor, Dossier, Stage};
use domain::organisation::Position;
use domain::permission::may_count;
use domain::text::DossierCode;
use domain::time::local;
use jiff::ToSpan;
use jiff::civil::Date;

/// So many dossiers fit one printed register; a longer period is printed in parts.
pub const REGISTER_LIMIT: u32 = 1000;
/// So many pieces fit one hand-over to the post.
const POST_LIMIT: u32 = 200;

/// A register for a page: the same lines as on paper.
pub struct RegisterView {
    /// What is printed.
    pub register: Register,
    /// There are more dossiers in the period than fit.
    pub is_cut: bool,
}

impl Office {
    /// The register of an agency for a period within one year.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for those who may not see the agency's figures.
    pub async fn register(
        &self,
        actor: &Actor,
        agency: &str,
        from: Date,
        until: Date,
    ) -> Result<RegisterView, ActError> {
        if !self.keeps_book(actor, agency) {
            return Err(ActError::NotFound);
        }
        let until = until.min(from.last_of_year());
        let code = self.catalogue.organisation.code_of(agency);
        let first = format!("{code}-{}", short(from));
        let end = format!("{code}-{}", short(until.saturating_add(1.day())));
        let before = self.before(code, from).await?;
        let mut found =
            self.store.registered(&first, &end, REGISTER_LIMIT + 1).await.map_err(fault)?;
        let is_cut = found.len() > REGISTER_LIMIT as usize;
        found.truncate(REGISTER_LIMIT as usize);
        found.sort_by_cached_key(|one| order(&one.code));
        let mut lines = Vec::new();
        let mut totals = RegisterTotals::default();
        for (ordinal, one) in (before + 1..).zip(&found) {
            let facts = self.facts(&one.id).await?;
            let dossier = Dossier::replay(&facts).ok_or(ActError::NotFound)?;
            add(&mut totals, &dossier);
            lines.push(self.register_line(ordinal, &facts, &dossier)?);
        }
        let last = before + u32::try_from(lines.len()).unwrap_or(u32::MAX);
        let now = self.clock.now();
        let year_is_over = local(now).date() > from.last_of_year();
        let whole = last > 0 && until == from.last_of_year() && !is_cut && year_is_over;
        let register = Register {
            letterhead: self.book_head(agency, until),
            year: from.year(),
            from,
            until,
            lines,
            totals,
            closing: whole.then_some(RegisterClosing { on: until, last }),
            kept_by: keeper(self, actor),
            head: "Người đứng đầu Bộ phận Một cửa".to_owned(),
            head_name: None,
        };
        Ok(RegisterView { register, is_cut })
    }

    /// The same on paper.
    ///
    /// # Errors
    /// As [`Office::register`].
    pub async fn register_pdf(
        &self,
        actor: &Actor,
        agency: &str,
        from: Date,
        until: Date,
    ) -> Result<Vec<u8>, ActError> {
        let view = self.register(actor, agency, from, until).await?;
        self.set(Form::Register(view.register)).await
    }

    /// The minutes for the post: every result of this one-stop that waits to be sent.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for others than the counter, and when nothing waits.
    pub async fn postal_hand_over_pdf(&self, actor: &Actor) -> Result<Vec<u8>, ActError> {
        let Actor::Official { unit, .. } = actor else { return Err(ActError::NotFound) };
        let items = self.waiting_for_post(actor).await?;
        if items.is_empty() {
            return Err(ActError::NotFound);
        }
        let today = local(self.clock.now()).date();
        let mut letterhead = self.book_head(unit, today);
        letterhead.number = DocumentNumber { ordinal: None, suffix: "BBBG".to_owned() };
        self.set(Form::PostalHandOver(PostalHandOver {
            letterhead,
            at: self.clock.now(),
            from_unit: unit_name(&self.catalogue.organisation, unit),
            from_person: keeper(self, actor),
            to_unit: None,
            items,
        }))
        .await
    }

    /// The agencies whose register this official may see: id and name, by name.
    #[must_use]
    pub fn books_of(&self, actor: &Actor) -> Vec<(String, String)> {
        let organisation = &self.catalogue.organisation;
        let today = local(self.clock.now()).date();
        let agencies = self.catalogue.agencies_offering(today).into_iter();
        let seen = agencies.filter(|agency| self.keeps_book(actor, agency));
        let mut books: Vec<_> = seen.map(|id| (id.clone(), unit_name(organisation, &id))).collect();
        books.sort_by(|a, b| a.1.cmp(&b.1));
        books
    }

    /// Those who see an agency's figures see its book; and a counter keeps the books of the agency
    /// it stands in, or of those beside it under the same head.
    fn keeps_book(&self, actor: &Actor, agency: &str) -> bool {
        let organisation = &self.catalogue.organisation;
        let Some(kept) = organisation.unit(agency) else { return false };
        let counter = match actor {
            Actor::Official { unit, position: Position::CounterOfficer, .. } => {
                organisation.unit(unit).and_then(|unit| unit.parent.as_deref())
            }
            Actor::Official { .. } | Actor::Applicant { .. } | Actor::System => None,
        };
        let beside = counter
            .is_some_and(|parent| parent == agency || kept.parent.as_deref() == Some(parent));
        beside || may_count(actor, Some(agency))
    }

    /// The results that wait at this counter to be sent by post.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn waiting_for_post(&self, actor: &Actor) -> Result<Vec<PostalItem>, ActError> {
        let Actor::Official { unit, position: Position::CounterOfficer, .. } = actor else {
            return Ok(Vec::new());
        };
        let waiting = self.store.waiting_at(unit, POST_LIMIT).await.map_err(fault)?;
        let mut items = Vec::new();
        for one in waiting {
            let dossier = self.load(&one.id).await?;
            if dossier.submitted.result_channel == ResultChannel::Post {
                items.push(postal_item(one.code, &dossier));
            }
        }
        Ok(items)
    }

    /// The line of a dossier in the register, for its receipt.
    pub(super) async fn register_entry(
        &self,
        received: &Received,
    ) -> Result<Option<RegisterEntry>, ActError> {
        let Ok(code) = DossierCode::parse(&received.code) else { return Ok(None) };
        let before = self.before(code.agency(), code.date()).await?;
        Ok(Some(RegisterEntry { volume: "01".to_owned(), ordinal: before + code.number() }))
    }

    /// How many dossiers the agency received in the year before that day.
    async fn before(&self, agency_code: &str, day: Date) -> Result<u32, ActError> {
        let first = format!("{agency_code}-{}", short(day.first_of_year()));
        let end = format!("{agency_code}-{}", short(day));
        let count = self.store.count_codes(&first, &end).await.map_err(fault)?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// The head of a book: dated by its last day, so that the same period gives the same bytes.
    fn book_head(&self, agency: &str, day: Date) -> Letterhead {
        let noon = domain::time::instant(day.at(12, 0, 0, 0));
        let rules = domain::rules::profile_on(day).map(|profile| profile.id);
        Letterhead {
            number: DocumentNumber::none(),
            ..self.letterhead_of(agency, agency, "", rules, noon)
        }
    }

    fn register_line(
        &self,
        ordinal: u32,
        facts: &[Fact],
        dossier: &Dossier,
    ) -> Result<RegisterLine, ActError> {
        let submitted = &dossier.submitted;
        let applicant = &submitted.applicant;
        let procedure = self.version_of(dossier)?;
        let when =
            |is: fn(&Event) -> bool| facts.iter().find(|fact| is(&fact.event)).map(|fact| fact.at);
        let contact = [Some(applicant.address.as_str()), applicant.phone.as_deref()];
        let contact = contact.into_iter().flatten().filter(|part| !part.is_empty());
        let returned = facts.iter().find_map(|fact| match &fact.event {
            Event::Returned(returned) => Some((fact.at, returned)),
            _ => None,
        });
        let channel = returned.map_or(submitted.result_channel, |(_, returned)| returned.channel);
        let received_at = dossier.clock.received_at.unwrap_or(dossier.submitted_at);
        Ok(RegisterLine {
            ordinal,
            code: dossier.code.clone().unwrap_or_default(),
            procedure: procedure.name.clone(),
            sets: procedure.number_of_sets.as_ref().and_then(|sets| sets.amount).unwrap_or(1),
            applicant: applicant.name.clone(),
            address: contact.collect::<Vec<_>>().join("; "),
            settled_by: unit_name(&self.catalogue.organisation, &submitted.agency),
            received_at,
            due_at: dossier.clock.due.as_ref().map_or(received_at, |due| due.at),
            transferred_at: when(|event| matches!(event, Event::Transferred(_))),
            settled_at: when(|event| matches!(event, Event::Issued(_))),
            returned_at: returned.map(|(at, _)| at),
            channel: Some(
                match channel {
                    ResultChannel::Online => "Trực tuyến",
                    ResultChannel::Counter => "Trực tiếp",
                    ResultChannel::Post => "Bưu chính",
                }
                .to_owned(),
            ),
            recipient: returned.map(|(_, returned)| returned.recipient.clone()),
            note: remark(dossier),
        })
    }
}

fn postal_item(code: String, dossier: &Dossier) -> PostalItem {
    let applicant = &dossier.submitted.applicant;
    let title = dossier.draft.as_ref().map(|draft| draft.title.as_str());
    let number = dossier.result_number.as_deref().and_then(|number| number.split('/').next());
    let number = number.map(|number| format!("số {number}"));
    let content = [title, number.as_deref()].into_iter().flatten().collect::<Vec<_>>();
    PostalItem {
        code,
        recipient: applicant.name.clone(),
        address: applicant.address.clone(),
        phone: applicant.phone.clone(),
        content: content.join(" "),
        copies: 1,
    }
}

/// What happened besides: late, put off, ended.
fn remark(dossier: &Dossier) -> Option<String> {
    let clock = &dossier.clock;
    let late = clock.finished_at.zip(clock.due.as_ref()).is_some_and(|(at, due)| at > due.at);
    let put_off = clock.reappointments.last().map(|moved| {
        format!("đã xin lỗi, hẹn lại {}", documents::formats::short_instant(moved.due))
    });
    let ended = match &dossier.stage {
        Stage::Stopped { .. } => Some("dừng giải quyết".to_owned()),
        Stage::Withdrawn { .. } => Some("người nộp rút hồ sơ".to_owned()),
        Stage::NotAccepted { .. } => Some("từ chối".to_owned()),
        _ => None,
    };
    let words = [late.then(|| "quá hạn".to_owned()), put_off, ended];
    let words: Vec<_> = words.into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join("; "))
}

fn add(totals: &mut RegisterTotals, dossier: &Dossier) {
    totals.received += 1;
    let clock = &dossier.clock;
    let ended = matches!(
        dossier.stage,
        Stage::Stopped { .. } | Stage::Withdrawn { .. } | Stage::NotAccepted { .. }
    );
    let place = match (ended, clock.finished_at, &clock.due) {
        (true, _, _) => &mut totals.ended,
        (false, Some(at), Some(due)) if at > due.at => &mut totals.late,
        (false, Some(_), _) => &mut totals.in_time,
        (false, None, _) => &mut totals.running,
    };
    *place += 1;
}

/// `260209`, as in codes.
fn short(day: Date) -> String {
    format!("{:02}{:02}{:02}", day.year().rem_euclid(100), day.month(), day.day())
}

fn order(code: &str) -> (Option<Date>, u32) {
    let parsed = DossierCode::parse(code).ok();
    (parsed.as_ref().map(DossierCode::date), parsed.as_ref().map_or(0, DossierCode::number))
}

fn keeper(office: &Office, actor: &Actor) -> String {
    match actor {
        Actor::Official { id, .. } => {
            let known = office.catalogue.organisation.official(id);
            known.map(|official| official.name.clone()).unwrap_or_default()
        }
        Actor::Applicant { .. } | Actor::System => String::new(),
    }
}

fn fault(error: impl std::fmt::Display) -> ActError {
    ActError::fault("register", error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_written_as_in_codes() {
        assert_eq!(short(date(2026, 2, 9)), "260209");
        let code = DossierCode::compose("H60.11", date(2026, 2, 9), 12_345).to_string();
        assert!(code.starts_with(&format!("H60.11-{}", short(date(2026, 2, 9)))));
        assert_eq!(order(&code), (Some(date(2026, 2, 9)), 12_345));
    }
}
