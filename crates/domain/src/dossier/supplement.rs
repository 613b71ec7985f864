//! The applicant answers a request: new papers, then the one-stop checks them within the reception
//! time. NĐ 61/2018 Đ19.4.

use super::command::Supplement;
use super::context::Context;
use super::decide::Decision;
use super::event::{Event, Moves, Supplemented};
use super::refusal::{Problems, Reason, Refusal, limit};
use super::{Dossier, reuse, tasks};

pub(super) fn decide(
    dossier: &Dossier,
    wish: &Supplement,
    ctx: &Context<'_>,
) -> Result<Decision, Refusal> {
    let mut problems = Problems::default();
    let note = problems.optional("note", &wish.note, limit::NOTE);
    if wish.papers.is_empty() && note.is_empty() {
        problems.add("papers", Reason::Missing);
    }
    if wish.papers.len() > limit::PAPERS {
        problems.add("papers", Reason::TooMany(limit::PAPERS));
    }
    let known = ctx.procedure.components_for(dossier.submitted.case.as_deref());
    for paper in &wish.papers {
        if !known.iter().any(|component| component.id == paper.component) {
            problems.add(format!("paper.{}", paper.component), Reason::Unknown);
        }
    }
    reuse::check(&wish.papers, &known, &mut problems);
    problems.none_or_refuse()?;
    let check = tasks::reception(dossier.one_stop(), dossier.next_task(), ctx)?;
    Ok(Decision::one(
        ctx,
        Event::Supplemented(Supplemented {
            papers: wish.papers.clone(),
            note,
            moves: Moves { closes: Vec::new(), opens: vec![check] },
        }),
    ))
}
