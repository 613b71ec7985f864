//! Drafting the result and submitting it for signature.

use super::act_page::{self, ActForm, ActPage, Frame, Typed};
use super::desk::Desk;
use super::parts::{Link, Part, Prose, paragraphs};
use crate::citizen::field::{Choice, Field, Look, Told};
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::kit::words;
use askama::Template;
use domain::dossier::command::Propose;
use domain::dossier::event::ResultOutcome;
use domain::dossier::{Act, Command};

const OUTCOMES: [ResultOutcome; 2] = [ResultOutcome::Granted, ResultOutcome::Refused];

#[derive(Template)]
#[template(path = "officer/propose.html")]
pub(crate) struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::Propose;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

impl ActForm for Page {
    fn form(desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told) -> Vec<Part> {
        let fresh = start(desk, outcome(typed.asked("ket-qua")));
        let choice = |outcome: &ResultOutcome| {
            Choice::new(outcome.name(), desk.t(&format!("outcome-{}", outcome.name())))
        };
        let outcome = Field::new("outcome", desk.t("staff-outcome"))
            .look(Look::Radios(OUTCOMES.iter().map(choice).collect()))
            .required(true)
            .value(typed.or("outcome", fresh.outcome.name()))
            .told(told);
        let title = Field::new("title", desk.t("staff-draft-title"))
            .required(true)
            .value(typed.or("title", fresh.title))
            .told(told);
        let body = Field::new("body", desk.t("staff-draft-body"))
            .hint(desk.t("staff-draft-body-hint"))
            .look(Look::Lines(14))
            .required(true)
            .value(typed.or("body", fresh.body))
            .told(told);
        let note = act_page::lines(desk, ("note", "staff-propose-note"), 4, typed, told)
            .hint(desk.t("staff-propose-note-hint"));
        let mut parts = Vec::new();
        if let Some(reason) = desk.dossier.draft.as_ref().and_then(|draft| draft.sent_back.as_ref())
        {
            let heading = desk.t("staff-sent-back");
            parts.push(Part::Prose(Prose { heading, paragraphs: paragraphs(reason) }));
        }
        parts.push(Part::Links(templates(desk)));
        parts.extend([outcome, title, body, note].map(Part::Field));
        parts
    }

    fn command(desk: &Desk<'_>, posted: &Posted) -> Result<Command, Told> {
        let Some(outcome) = outcome(posted.text("outcome")) else {
            let mut told = Told::default();
            told.say("outcome", desk.t("staff-outcome-missing"));
            return Err(told);
        };
        if is_unfinished(posted.text("body")) {
            let mut told = Told::default();
            told.say("body", desk.t("staff-body-unfinished"));
            return Err(told);
        }
        Ok(Command::Propose(Propose {
            outcome,
            title: posted.text("title").to_owned(),
            body: posted.text("body").to_owned(),
            note: posted.text("note").to_owned(),
        }))
    }
}

/// The two texts to begin with.
fn templates(desk: &Desk<'_>) -> Vec<Link> {
    let link = |outcome: &ResultOutcome| {
        let name = outcome.name();
        let href = format!("/ho-so/{}/propose?ket-qua={name}", desk.id);
        Link::new(href, desk.t(&format!("staff-template-{name}")))
    };
    OUTCOMES.iter().map(link).collect()
}

/// What the page begins with: the text asked for, else the draft that came back, else a grant.
fn start(desk: &Desk<'_>, wanted: Option<ResultOutcome>) -> Propose {
    match (&desk.dossier.draft, wanted) {
        (Some(draft), None) => Propose {
            outcome: draft.outcome,
            title: draft.title.clone(),
            body: draft.body.clone(),
            note: String::new(),
        },
        (_, wanted) => {
            let submitted = &desk.dossier.submitted;
            let facts = Facts {
                procedure: desk.procedure_name(),
                applicant: &submitted.applicant.name,
                address: &submitted.applicant.address,
                code: desk.dossier.code.as_deref().unwrap_or_default(),
                filed: words::date(desk.dossier.submitted_at),
                paper: desk
                    .procedure()
                    .and_then(|known| known.results.first())
                    .map(|result| result.name.as_str()),
            };
            template(&facts, wanted.unwrap_or_default())
        }
    }
}

/// What a draft says of its dossier.
struct Facts<'d> {
    procedure: String,
    applicant: &'d str,
    address: &'d str,
    code: &'d str,
    filed: String,
    paper: Option<&'d str>,
}

/// A text to begin with. Results are Vietnamese, whatever the language of the page.
fn template(facts: &Facts<'_>, outcome: ResultOutcome) -> Propose {
    let Facts { procedure, applicant, address, code, filed, paper } = facts;
    let opening = format!(
        "Xét hồ sơ số {code} của {applicant}, địa chỉ: {address}, nộp ngày {filed} về việc \
         giải quyết thủ tục “{procedure}”;"
    );
    let (title, lines) = match outcome {
        ResultOutcome::Granted => (
            paper.map_or_else(|| format!("Kết quả giải quyết: {procedure}"), str::to_owned),
            vec![
                opening,
                "Sau khi thẩm định, hồ sơ đủ điều kiện theo quy định.".to_owned(),
                format!("Đồng ý giải quyết theo đề nghị của {applicant}."),
                format!("{applicant} có trách nhiệm thực hiện đúng nội dung được chấp thuận."),
            ],
        ),
        ResultOutcome::Refused => (
            "Thông báo về việc không giải quyết hồ sơ".to_owned(),
            vec![
                opening,
                "Sau khi thẩm định, hồ sơ chưa đủ điều kiện giải quyết.".to_owned(),
                "Lý do: …".to_owned(),
                "Căn cứ pháp lý: …".to_owned(),
                format!(
                    "{applicant} có thể nộp lại hồ sơ khi đã đủ điều kiện, hoặc khiếu nại theo \
                     quy định của pháp luật về khiếu nại."
                ),
            ],
        ),
    };
    let title: String = title.chars().take(300).collect();
    Propose { outcome, title, body: lines.join("\n"), note: String::new() }
}

/// Does a line of the text still wait for its content (`Lý do: …`)?
fn is_unfinished(body: &str) -> bool {
    body.lines().any(|line| line.trim_end().ends_with(": …"))
}

/// The outcome of that name.
fn outcome(name: &str) -> Option<ResultOutcome> {
    OUTCOMES.into_iter().find(|outcome| outcome.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_texts_name_the_dossier() {
        let facts = |paper| Facts {
            procedure: "Cấp giấy phép xây dựng".into(),
            applicant: "Nguyễn Thị Én",
            address: "Tổ 5",
            code: "H60.30-261124-0001",
            filed: "24/11/2026".into(),
            paper,
        };
        let granted = template(&facts(Some("Giấy phép xây dựng")), ResultOutcome::Granted);
        assert_eq!(granted.title, "Giấy phép xây dựng");
        let refused = template(&facts(None), ResultOutcome::Refused);
        assert!(is_unfinished(&refused.body) && !is_unfinished(&granted.body));
        assert_eq!(refused.outcome, ResultOutcome::Refused);
        for draft in [granted, refused] {
            for part in ["Nguyễn Thị Én", "H60.30-261124-0001", "24/11/2026"] {
                assert!(draft.body.contains(part), "{}", draft.body);
            }
        }
        assert!(template(&facts(None), ResultOutcome::Granted).title.ends_with("xây dựng"));
        assert_eq!(outcome("refused"), Some(ResultOutcome::Refused));
        assert_eq!(outcome(""), None);
    }
}
