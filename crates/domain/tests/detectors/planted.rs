//! One planted case per detector, among honest neighbours that must not be named.

use crate::story::{Story, signs};
use domain::dossier::event::Channel;
use jiff::civil::date;

const MONDAY: &str = "2026-03-02T08:00:00";

fn filed(id: &str) -> Story {
    Story::file(id, MONDAY, Channel::Online, id)
}

/// Received within the morning, promised in ten working days.
fn received(id: &str) -> Story {
    filed(id).wait(60).receive(10)
}

fn finished(story: Story) -> Story {
    story.step(960).wait(300).sign().issue().wait(200).give_back()
}

/// Nothing is odd about it.
fn honest(id: &str) -> Story {
    finished(received(id).wait(1_200))
}

fn only(code: &'static str, id: &str) -> Vec<(&'static str, String)> {
    vec![(code, id.to_owned())]
}

#[test]
fn an_honest_life_shows_nothing() {
    assert!(signs(&[honest("a"), honest("b")]).is_empty());
}

#[test]
fn d1_supplements_asked_for_at_the_last_moment() {
    let asked = |id: &str, left: i64| {
        let story = received(id).wait(1_200).step(2_000).before_due(left).ask("c1", "");
        finished(story.wait(300).answer("c1", "new").wait(60).receive(10).wait(500))
    };
    // Ten percent of ten days are one day.
    assert_eq!(signs(&[asked("late", 400), asked("early", 500)]), only("d1", "late"));
    let beyond = received("a").wait(1_200).step(4_000).wait(900).step(4_000).apologise(5);
    let beyond = beyond.wait(900).step(4_000).wait(2_000).ask("c1", "");
    assert!(signs(&[beyond]).is_empty(), "the apology moved the date");
}

#[test]
fn d2_an_answer_that_brings_nothing_new() {
    let answered = |id: &str, asked: &str, brought: &str, content: &str| {
        let story = received(id).wait(300).ask(asked, "").wait(600).answer(brought, content);
        finished(story.wait(60).receive(10).wait(500))
    };
    let stories = [
        answered("same", "c1", "c1", "first"),
        answered("other", "c1", "c2", "new"),
        answered("good", "c1", "c1", "new"),
        finished(
            received("law")
                .wait(300)
                .ask("", "Điều 17")
                .wait(600)
                .answer("c1", "first")
                .wait(60)
                .receive(10)
                .wait(500),
        ),
    ];
    assert_eq!(signs(&stories), [("d2", "same".to_owned()), ("d2", "other".to_owned())]);
}

#[test]
fn d3_withdrawn_just_before_the_due_date() {
    let withdrawn =
        |id: &str, left: i64| received(id).wait(1_200).step(4_000).before_due(left).withdraw();
    let stories = [withdrawn("near", 470), withdrawn("far", 490), honest("a")];
    assert_eq!(signs(&stories), only("d3", "near"));
}

#[test]
fn d3_withdrawals_gather_with_one_official() {
    let withdrawn = |n: usize, officer: &str| {
        let id = format!("{officer}-{n}");
        Story::file(&id, MONDAY, Channel::Online, &id)
            .with(officer)
            .wait(60)
            .receive(10)
            .wait(600)
            .withdraw()
    };
    let mut stories: Vec<Story> = (0..5).map(|n| withdrawn(n, "CB9")).collect();
    stories.extend((0..4).map(|n| withdrawn(n, "CB8")));
    let found = signs(&stories);
    assert_eq!(found.len(), 5, "{found:?}");
    assert!(found.iter().all(|(code, id)| *code == "d3" && id.starts_with("CB9")));
}

#[test]
fn d4_withdrawn_and_filed_again() {
    let first = |id: &str| Story::file(id, MONDAY, Channel::Online, "002").wait(60).receive(10);
    let again = |id: &str, at: &str, subject: &str| {
        finished(Story::file(id, at, Channel::Online, subject).wait(60).receive(10).wait(900))
    };
    let withdrawn = first("first").wait(900).withdraw();
    let neighbour = again("neighbour", "2026-03-10T08:00:00", "001");
    let stories = [withdrawn.clone(), again("again", "2026-03-10T08:00:00", "002"), neighbour];
    assert_eq!(signs(&stories), only("d4", "again"));
    let later = [withdrawn, again("later", "2026-06-10T08:00:00", "002")];
    assert!(signs(&later).is_empty(), "beyond sixty days it is another matter");
    let settled = [finished(first("first").wait(900)), again("x", "2026-03-10T08:00:00", "002")];
    assert!(signs(&settled).is_empty(), "the first was settled");
}

#[test]
fn d5_results_cluster_at_the_due_date() {
    let issued = |id: &str, left: i64| {
        let story = received(id).wait(1_200 + left % 97).step(4_000).before_due(left);
        story.sign().issue().wait(200).give_back()
    };
    let close = |count: i64| (0..count).map(|n| issued(&format!("close-{n}"), n * 3)).collect();
    let mut stories: Vec<Story> = close(5);
    stories.extend((0..10).map(|n| issued(&format!("free-{n}"), 60 + 200 * n)));
    let found = signs(&stories);
    assert_eq!(found.len(), 5, "{found:?}");
    assert!(found.iter().all(|(code, id)| *code == "d5" && id.starts_with("close")));
    stories.extend((0..6).map(|n| issued(&format!("more-{n}"), 100 + 300 * n)));
    assert!(signs(&stories).is_empty(), "five of twenty-one are less than a quarter");
    assert!(signs(&close(4)).is_empty());
}

#[test]
fn d6_many_steps_within_a_minute() {
    let clicked = |id: &str, second: i64| {
        received(id).wait(1_200).seconds(second).step(960).wait(400).sign().wait(1).issue()
    };
    let bulk = |count: i64, apart: i64| -> Vec<Story> {
        (0..count).map(|n| clicked(&format!("bulk-{n}"), n * apart)).collect()
    };
    let steps = |found: Vec<(&str, String)>| {
        assert!(found.iter().all(|(code, _)| *code == "d6"), "{found:?}");
        found.len()
    };
    assert_eq!(steps(signs(&bulk(6, 9))), 12, "six steps and six results within 54 seconds");
    assert_eq!(steps(signs(&bulk(6, 13))), 0, "five within any minute");
    assert_eq!(steps(signs(&bulk(5, 1))), 0);
}

#[test]
fn d7_received_late_or_not_at_all() {
    let after = |id: &str, minutes: i64| finished(filed(id).wait(minutes).receive(10).wait(900));
    assert_eq!(signs(&[after("late", 500), after("good", 470)]), only("d7", "late"));
    let last = Story::file("fresh", "2026-12-31T14:00:00", Channel::Online, "1");
    let waiting = Story::file("waits", "2026-12-30T08:00:00", Channel::Online, "2");
    assert_eq!(signs(&[last, waiting]), only("d7", "waits"));
    let asked = filed("asked").wait(500).ask("c1", "").wait(3_000).answer("c1", "new");
    let asked = finished(asked.wait(400).receive(10).wait(900));
    assert_eq!(signs(&[asked]), only("d7", "asked"), "the applicant's days are not the counter's");
}

#[test]
fn d8_entered_when_the_counter_was_closed() {
    let filed = |id: &str, at: &str, channel| {
        finished(Story::file(id, at, channel, id).wait(60).receive(10).wait(900))
    };
    let stories = [
        filed("sunday", "2026-03-01T09:00:00", Channel::Counter),
        filed("night", "2026-03-02T20:30:00", Channel::Post),
        filed("online", "2026-03-01T21:00:00", Channel::Online),
        filed("soon", "2026-03-02T18:00:00", Channel::Counter),
    ];
    assert_eq!(signs(&stories), [("d8", "sunday".to_owned()), ("d8", "night".to_owned())]);
}

#[test]
fn d8_entered_days_after_the_papers_came() {
    let filed = |id: &str, arrived_on| {
        let filed = Story::file(id, MONDAY, Channel::Counter, id).wait(60);
        finished(filed.receive_late(10, arrived_on).wait(900))
    };
    let stories = [
        filed("thursday", date(2026, 2, 26)),
        filed("friday", date(2026, 2, 27)),
        filed("tomorrow", date(2026, 3, 3)),
    ];
    assert_eq!(signs(&stories), [("d8", "thursday".to_owned()), ("d8", "tomorrow".to_owned())]);
}

#[test]
fn d9_given_back_before_it_was_signed() {
    let unsigned = received("unsigned").wait(1_200).step(960).wait(300).give_back();
    assert_eq!(signs(&[unsigned, honest("a")]), only("d9", "unsigned"));
}

#[test]
fn d10_a_dossier_that_lies() {
    let lay = |id: &str, minutes: i64| finished(received(id).wait(300).step(500).wait(minutes));
    assert_eq!(signs(&[lay("stuck", 1_010), lay("slow", 990)]), only("d10", "stuck"));
    let short = finished(received("short").wait(300).step(20).wait(300));
    assert!(signs(&[short]).is_empty(), "within a working day nothing is stuck");
    let lies = Story::file("lies", "2026-12-21T08:00:00", Channel::Online, "3");
    let lies = lies.wait(60).receive(20).wait(60).step(500);
    assert_eq!(signs(&[lies]), only("d10", "lies"), "and still does at the end of the year");
    let waits = received("waits").wait(60).ask("c1", "");
    assert!(signs(&[waits]).is_empty(), "the applicant is waited for");
}

#[test]
fn d11_late_without_an_apology_in_time() {
    let late = |id: &str| received(id).wait(1_200).step(2_600).wait(3_300).step(2_000);
    let bare = late("bare").wait(900).sign().issue();
    let told = received("told").wait(1_200).step(4_000).wait(2_000).apologise(5);
    let told = told.wait(2_200).sign().issue();
    let after = late("after").wait(700).apologise(5).wait(300).sign().issue();
    let found = signs(&[bare, told, after, honest("a")]);
    assert_eq!(found, [("d11", "after".to_owned()), ("d11", "bare".to_owned())]);
    let told = received("told").wait(1_200).step(4_000).before_due(0).apologise(5);
    let told = told.wait(200).sign().issue().wait(200).give_back();
    assert!(signs(&[told]).is_empty(), "at the due instant it is not too late");
    let runs = Story::file("runs", "2026-12-01T08:00:00", Channel::Online, "3");
    let runs = runs.wait(60).receive(10).wait(3_000).step(9_000).wait(3_000).step(9_000);
    assert_eq!(signs(&[runs]), only("d11", "runs"));
}

#[test]
fn d13_a_fee_that_is_not_on_the_list() {
    let asked =
        |id: &str, vnd: u64| finished(received(id).wait(300).ask_payment(vnd).wait(600).pay());
    assert_eq!(signs(&[asked("more", 200_000), asked("good", 75_000)]), only("d13", "more"));
}

#[test]
fn d14_a_paper_that_is_not_on_the_list() {
    let asked = |id: &str, component: &str, basis: &str| {
        let story = received(id).wait(300).ask(component, basis).wait(600);
        finished(story.answer("c1", "new").wait(60).receive(10).wait(500))
    };
    let stories = [asked("other", "c9", ""), asked("law", "", "Điều 17"), asked("good", "c1", "")];
    let found = signs(&stories);
    assert!(found.contains(&("d14", "other".to_owned())), "{found:?}");
    assert!(found.iter().all(|(_, id)| id == "other"), "{found:?}");
    let vague = signs(&[asked("vague", "", " ")]);
    assert_eq!(vague, only("d14", "vague"), "neither a component nor an article");
}
