//! Every reason is a sentence in both languages, and says what a person needs.

use domain::procedure::TimeUnit;
use domain::rules::{DueRounding, StartRule, SupplementEffect};
use domain::worktime::{
    BadSessions, Calendar, Day, DayKind, NotComputed, Session, Stop, StopFault, Timetable, Week,
    Why, explain,
};
use jiff::civil::{DateTime, Time, date, time};
use std::sync::Arc;

fn at(text: &str) -> DateTime {
    text.parse().unwrap()
}

fn saturday_mornings() -> Week {
    let mut sessions: [Vec<Session>; 7] =
        std::array::from_fn(|day| Week::office().sessions(day).to_vec());
    sessions[5] = vec![Session { from: time(7, 30, 0, 0), to: time(11, 30, 0, 0) }];
    Week::new(sessions).unwrap()
}

/// An explanation with every kind of line.
fn everything() -> Vec<Why> {
    let moment = at("2026-11-24T10:42:00");
    let rules = [
        StartRule::AtAcceptance,
        StartRule::NextWorkingDay,
        StartRule::CountTodayIfBefore(time(15, 0, 0, 0)),
    ];
    let mut lines: Vec<Why> =
        rules.into_iter().map(|rule| Why::Started { at: moment, rule }).collect();
    for unit in [
        TimeUnit::WorkingDay,
        TimeUnit::WorkingHour,
        TimeUnit::CalendarDay,
        TimeUnit::Month,
        TimeUnit::Immediate,
        TimeUnit::SameDay,
    ] {
        lines.push(Why::Counted { amount: 7, unit, rounding: DueRounding::Exact });
    }
    let kinds = [DayKind::Holiday, DayKind::CompOff, DayKind::SwappedOff, DayKind::LocalClosure];
    for kind in kinds {
        let (name, decision) = (String::new(), Some("1/TB".to_owned()));
        lines.push(Why::Skipped { date: moment.date(), kind: Some(kind), name, decision });
    }
    lines.push(Why::Worked {
        date: moment.date(),
        kind: None,
        name: "Làm bù".to_owned(),
        decision: None,
    });
    for rule in [DueRounding::Exact, DueRounding::EndOfSession, DueRounding::EndOfWorkingDay] {
        lines.push(Why::Rounded { rule });
    }
    lines.push(Why::Reappointed { from: moment });
    lines.push(Why::MovedToWorkingDay { from: moment.date() });
    for (effect, remaining_minutes) in [
        (SupplementEffect::RestartFromZero, 0),
        (SupplementEffect::ResumeRemaining, 1380),
        (SupplementEffect::Subtract, 0),
    ] {
        lines.push(Why::Stopped { from: moment, to: moment, effect, remaining_minutes });
    }
    for at in [None, Some(moment)] {
        lines.push(Why::Resumed { minutes: 500, at, rounding: DueRounding::Exact });
    }
    for from in [None, Some(moment.date())] {
        lines.push(Why::Week { from, week: Arc::new(saturday_mornings()) });
    }
    lines
}

#[test]
fn every_reason_is_a_sentence_and_survives_storage() {
    let lines = everything();
    let (vietnamese, english) = (explain::in_vietnamese(&lines), explain::in_english(&lines));
    assert_eq!((vietnamese.len(), english.len()), (lines.len(), lines.len()));
    for sentence in vietnamese.iter().chain(&english) {
        assert!(sentence.ends_with('.') && !sentence.contains(['{', '[']), "{sentence}");
        assert!(sentence.starts_with(char::is_uppercase), "{sentence}");
    }
    let stored = serde_json::to_string(&lines).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Why>>(&stored).unwrap(), lines);
    insta::assert_snapshot!(
        "every_line",
        format!("{}\n", [vietnamese, english].concat().join("\n"))
    );
}

#[test]
fn the_office_week_is_left_out_and_any_other_is_named() {
    let plain =
        Calendar { sessions: Calendar::office_week(), years: [2026].into(), ..Calendar::default() };
    let ask = |calendar: &Calendar| {
        let (unit, rule) = (TimeUnit::WorkingDay, StartRule::NextWorkingDay);
        calendar.due(at("2026-11-06T09:00:00"), 2, unit, rule, DueRounding::Exact).unwrap()
    };
    let due = ask(&plain);
    assert_eq!(due.why.len(), 2);
    let changed = Timetable::of(Week::office()).then(date(2026, 11, 7), saturday_mornings());
    let saturday = Calendar { sessions: changed.unwrap(), ..plain.clone() };
    let due = ask(&saturday);
    assert_eq!(due.at, at("2026-11-09T17:30:00"));
    assert_eq!(
        explain::in_vietnamese(&due.why)[..2],
        [
            "Giờ làm việc: Thứ Hai–Thứ Sáu 07:30–11:30, 13:30–17:30.".to_owned(),
            "Giờ làm việc từ ngày 07/11/2026: Thứ Hai–Thứ Sáu 07:30–11:30, 13:30–17:30; Thứ Bảy \
         07:30–11:30."
                .to_owned(),
        ]
    );
    assert_eq!(explain::recompute(&due.why), Ok(due.at));
    // The same question on the plain calendar.
    assert_eq!(plain.recount(&due.why).unwrap().at, at("2026-11-10T17:30:00"));
}

#[test]
fn weeks_that_cannot_be_are_refused() {
    let session = |from: Time, to: Time| Session { from, to };
    let monday = |sessions: &[Session]| {
        let mut week: [Vec<Session>; 7] = Default::default();
        week[0] = sessions.to_vec();
        Week::new(week)
    };
    let (early, late) = (time(7, 30, 0, 0), time(11, 30, 0, 0));
    let (morning, noon) = (session(early, late), session(time(11, 0, 0, 0), time(12, 0, 0, 0)));
    assert_eq!(monday(&[morning, noon]), Err(BadSessions::Overlap(morning, noon)));
    assert_eq!(monday(&[noon, morning]), Err(BadSessions::Overlap(noon, morning)));
    let backwards = session(late, early);
    assert_eq!(monday(&[backwards]), Err(BadSessions::Backwards(backwards)));
    let seconds = session(early, time(11, 30, 30, 0));
    assert_eq!(monday(&[seconds]), Err(BadSessions::NotATime("11:30:30".to_owned())));
    let twice = Timetable::of(Week::office()).then(date(2026, 1, 1), Week::office()).unwrap();
    assert!(twice.then(date(2026, 1, 1), Week::office()).is_err());
    let stored = ["07:30-11:30 11:00-12:00", "", "", "", "", "", ""];
    let stored = serde_json::to_string(&stored).unwrap();
    let error = serde_json::from_str::<Week>(&stored).unwrap_err().to_string();
    assert!(error.contains("begins before 07:30-11:30 has ended"), "{error}");
}

#[test]
fn stops_that_cannot_be_are_refused() {
    let calendar =
        Calendar { sessions: Calendar::office_week(), years: [2026].into(), ..Calendar::default() };
    let ask = |stops: &[(&str, &str)]| {
        let effect = SupplementEffect::ResumeRemaining;
        let stops: Vec<Stop> =
            stops.iter().map(|(from, to)| Stop { from: at(from), to: at(to), effect }).collect();
        let (unit, rule) = (TimeUnit::WorkingDay, StartRule::AtAcceptance);
        let start = at("2026-11-09T09:00:00");
        calendar.due_with_stops(start, 5, unit, rule, DueRounding::Exact, &stops).map(|due| due.at)
    };
    let (a, b) = ("2026-11-10T09:00:00", "2026-11-11T09:00:00");
    let (c, early) = ("2026-11-12T09:00:00", "2026-11-08T09:00:00");
    let fault = |fault| Err(NotComputed::Stops(fault));
    assert_eq!(ask(&[(early, a)]), fault(StopFault::BeforeStart(at(early))));
    assert_eq!(ask(&[(b, a)]), fault(StopFault::Backwards(at(b))));
    assert_eq!(ask(&[(a, c), (b, c)]), fault(StopFault::Overlap(at(b))));
    assert_eq!(ask(&[(a, b), (b, c)]), ask(&[(a, c)]));
}

#[test]
fn old_explanations_are_told_and_say_what_they_lack() {
    let old = r#"[{"why":"resumed","minutes":500}]"#;
    let old: Vec<Why> = serde_json::from_str(old).unwrap();
    assert_eq!(
        explain::in_vietnamese(&old),
        ["Sau khi bổ sung, tính tiếp 8 giờ 20 phút làm việc còn lại."]
    );
    assert_eq!(explain::recompute(&old), Err(NotComputed::Silent("when the clock went on")));
    let old = r#"[{"why":"started","at":"2026-11-23T09:00:00","rule":"at_acceptance"},
        {"why":"counted","amount":1,"unit":"working_day"},
        {"why":"rounded","rule":"end_of_working_day"},
        {"why":"skipped","date":"2026-11-24","name":"Ngày Văn hóa Việt Nam","decision":null}]"#;
    let old: Vec<Why> = serde_json::from_str(old).unwrap();
    assert_eq!(explain::recompute(&old), Ok(at("2026-11-25T17:30:00")));
    assert_eq!(explain::recompute(&[]), Err(NotComputed::Silent("when the clock started")));
}

#[test]
fn a_decision_made_later_gives_another_answer_to_the_same_question() {
    let mut calendar =
        Calendar { sessions: Calendar::office_week(), years: [2026].into(), ..Calendar::default() };
    let (unit, rule) = (TimeUnit::WorkingDay, StartRule::NextWorkingDay);
    let promised =
        calendar.due(at("2026-11-20T09:00:00"), 3, unit, rule, DueRounding::EndOfWorkingDay);
    let promised = promised.unwrap();
    let storm = Day {
        kind: DayKind::LocalClosure,
        name: "Bão".to_owned(),
        decision: Some("12/QĐ".to_owned()),
        status: String::new(),
    };
    calendar.days.insert(date(2026, 11, 25), storm);
    let proposed = calendar.recount(&promised.why).unwrap();
    assert_eq!(promised.at, at("2026-11-25T17:30:00"));
    assert_eq!(proposed.at, at("2026-11-26T17:30:00"));
    assert_eq!(explain::recompute(&promised.why), Ok(promised.at));
    let rest = calendar.resume(at("2026-11-24T17:00:00"), 60, DueRounding::EndOfSession).unwrap();
    assert_eq!(rest.at, at("2026-11-26T11:30:00"));
    assert_eq!(explain::recompute(&rest.why), Ok(rest.at));
    assert_eq!(explain::in_vietnamese(&rest.why)[1], "Không tính ngày 25/11/2026: Bão (12/QĐ).");
}
