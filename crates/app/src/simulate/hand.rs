//! Who does a task, and how: the hand that the play lends to every official.

use super::dice::Dice;
use domain::dossier::command::{
    Assign, ConfirmPayment, GiveBack, Propose, Reappoint, Receive, RefusalGround, Refuse,
    RequestPayment, RequestSupplement, SendBack, Sign, Stop, Supplement, Withdraw, Work,
};
use domain::dossier::event::{FileRef, Paper, ResultOutcome, SupplementItem, TaskOpened};
use domain::dossier::{Act, Actor, Command, Dossier, Stage, proposed_stop};
use domain::organisation::Position;
use domain::permission::is_open;
use domain::process::{Gateway, StepKind};
use domain::time::{Instant, local};
use office::Office;

/// The official who takes the task now: the one in charge, or anyone of the position at the place.
pub(crate) fn actor(
    office: &Office,
    dossier: &Dossier,
    task: &TaskOpened,
    dice: &mut Dice,
) -> Option<Actor> {
    let in_charge = dossier.officer.as_ref().map(|officer| officer.id.as_str());
    let theirs = matches!(task.kind, StepKind::Work | StepKind::Propose)
        && task.position == Position::Officer;
    let chosen = if theirs { in_charge } else { task.officer.as_deref() };
    match chosen {
        Some(id) => office.official(id),
        None => one_of(office, &task.place, task.position, dice)
            .or_else(|| in_charge.and_then(|id| office.official(id))),
    }
}

/// Anyone of a position at a place, in office today.
pub(crate) fn one_of(
    office: &Office,
    place: &str,
    position: Position,
    dice: &mut Dice,
) -> Option<Actor> {
    let today = local(office.clock.now()).date();
    let there: Vec<&str> = office
        .catalogue
        .organisation
        .officials_at(place, position, today)
        .map(|official| official.id.as_str())
        .collect();
    dice.pick(&there).and_then(|id| office.official(id))
}

/// The act that closes the task on the straight way.
pub(crate) fn straight(
    office: &Office,
    dossier: &Dossier,
    task: &TaskOpened,
    dice: &mut Dice,
) -> Option<Command> {
    Some(match task.kind {
        StepKind::Receive if dossier.stage == Stage::Received => Command::Transfer,
        StepKind::Receive => Command::Receive(Receive::default()),
        StepKind::Assign => {
            let officer = match one_of(office, &task.place, Position::Officer, dice)? {
                Actor::Official { id, .. } => id,
                Actor::Applicant { .. } | Actor::System => return None,
            };
            Command::Assign(Assign { officer, note: String::new() })
        }
        StepKind::Work | StepKind::Consult | StepKind::Review => Command::Work(Work {
            task: Some(task.no),
            way: way(office, dossier, task.step, dice),
            note: String::new(),
        }),
        StepKind::Propose => Command::Propose(Propose {
            outcome: if dice.per_mille(40) {
                ResultOutcome::Refused
            } else {
                ResultOutcome::Granted
            },
            title: "Kết quả giải quyết thủ tục hành chính".to_owned(),
            body: "Căn cứ hồ sơ đã nộp và kết quả thẩm định.".to_owned(),
            note: "Kính trình lãnh đạo xem xét, ký ban hành.".to_owned(),
        }),
        StepKind::Sign => Command::Sign(Sign::default()),
        StepKind::Issue => Command::Issue(Default::default()),
        StepKind::GiveBack => Command::GiveBack(GiveBack::default()),
    })
}

/// The way to go on, where the process asks to choose one.
fn way(office: &Office, dossier: &Dossier, step: u32, dice: &mut Dice) -> Option<u32> {
    let process = office.catalogue.process(dossier.process.as_deref()?)?;
    let step = process.step(step)?;
    if step.gateway == Gateway::Xor { dice.pick(&step.next).copied() } else { None }
}

/// What a careful person sometimes does instead of the straight act; `None` most of the time.
pub(crate) fn detour(
    office: &Office,
    dossier: &Dossier,
    task: &TaskOpened,
    dice: &mut Dice,
) -> Option<Command> {
    let roll = dice.below(1_000);
    match task.kind {
        StepKind::Receive if dossier.stage == Stage::Submitted => match roll {
            0..60 => Some(supplement_request(dossier, "Giấy tờ mờ, đề nghị chụp lại rõ nét.")),
            60..75 => Some(Command::Refuse(Refuse {
                ground: RefusalGround::ConditionsMissing,
                reason: "Công trình thuộc trường hợp được miễn giấy phép.".to_owned(),
                legal_basis: "Điều 89 Luật Xây dựng".to_owned(),
            })),
            _ => None,
        },
        StepKind::Work if roll < 45 && dossier.supplements.is_empty() => {
            Some(supplement_request(dossier, "Bản vẽ chưa thể hiện ranh giới thửa đất."))
        }
        StepKind::Work if (45..75).contains(&roll) && dossier.payments.is_empty() => {
            Some(payment_request(office, dossier, dice))
        }
        StepKind::Sign if roll < 40 => Some(Command::SendBack(SendBack {
            reason: "Sửa lại căn cứ pháp lý cho đúng văn bản đang có hiệu lực.".to_owned(),
        })),
        _ => None,
    }
}

/// An amount of the published list, where it has one.
fn payment_request(office: &Office, dossier: &Dossier, dice: &mut Dice) -> Command {
    let procedure = office.catalogue.procedure(&dossier.submitted.procedure);
    let channels = procedure.iter().flat_map(|known| &known.channels);
    let listed = channels
        .flat_map(|channel| &channel.fees)
        .find_map(|fee| u64::try_from(fee.amount_vnd.or(fee.demo_amount_vnd)?).ok());
    let any = 1_000 * dice.between(50, 900);
    Command::RequestPayment(RequestPayment {
        what: "Phí thẩm định hồ sơ".to_owned(),
        amount_vnd: listed.unwrap_or(any),
        legal_basis: "Nghị quyết của Hội đồng nhân dân tỉnh (trình diễn)".to_owned(),
        within_days: dice.per_mille(500).then_some(10),
    })
}

/// The receipt of a payment.
pub(crate) fn paid(dice: &mut Dice) -> Command {
    Command::ConfirmPayment(ConfirmPayment {
        receipt_number: format!("BL-{:06}", dice.below(1_000_000)),
        note: String::new(),
    })
}

/// An apology, unless the result is out or the promise was moved before.
pub(crate) fn apology(dossier: &Dossier, _: Instant, dice: &mut Dice) -> Option<Command> {
    let days = u32::try_from(dice.between(2, 6)).ok()?;
    is_open(Act::Reappoint, dossier).then(|| {
        Command::Reappoint(Reappoint {
            reason: "Phải chờ kết quả kiểm tra thực địa.".to_owned(),
            working_days: days,
        })
    })
}

/// A stop, where the system proposes one.
pub(crate) fn stop(dossier: &Dossier, now: Instant, _: &mut Dice) -> Option<Command> {
    let ground = proposed_stop(dossier, now)?;
    Some(Command::Stop(Stop {
        ground,
        reason: "Đã quá thời hạn mà người nộp chưa thực hiện yêu cầu.".to_owned(),
        legal_basis: "Pháp luật chuyên ngành của thủ tục".to_owned(),
    }))
}

fn supplement_request(dossier: &Dossier, what: &str) -> Command {
    let component = dossier.papers.first().map(|paper| paper.component.clone());
    let legal_basis = if component.is_none() { "Điều 17 NĐ 61/2018/NĐ-CP" } else { "" };
    Command::RequestSupplement(RequestSupplement {
        items: vec![SupplementItem {
            component: component.unwrap_or_default(),
            what: what.to_owned(),
            legal_basis: legal_basis.to_owned(),
        }],
        reason: what.to_owned(),
    })
}

/// The applicant's answer: every paper that was asked for, anew.
pub(crate) fn supplement(dossier: &Dossier, scans: &[FileRef; 3]) -> Command {
    let scan = &scans[dossier.supplements.len().min(2)];
    let items = dossier.supplements.last().map_or(&[][..], |cycle| &cycle.items);
    let asked = items.iter().filter(|item| !item.component.is_empty());
    let papers = asked.map(|item| Paper {
        component: item.component.clone(),
        kind: "electronic_copy".to_owned(),
        count: 1,
        file: Some(scan.clone()),
        ..Paper::default()
    });
    let papers = papers.collect();
    Command::Supplement(Supplement {
        papers, note: "Tôi đã chụp lại giấy tờ.".to_owned()
    })
}

/// The applicant does not want it any more.
pub(crate) fn withdraw() -> Command {
    Command::Withdraw(Withdraw { reason: "Gia đình đổi ý, chưa xây nữa.".to_owned() })
}
