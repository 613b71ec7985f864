//! An act is in every layer under one name: the checklist of CONTRIBUTING.md, held.

use crate::source::{Code, File, files};
use domain::dossier::Act;

/// What an act is called.
struct Names {
    /// `request_supplement`
    name: &'static str,
    /// `RequestSupplement`
    verb: String,
    /// `SupplementRequested`
    fact: &'static str,
    /// `supplement_requested`
    kind: String,
}

/// The fact an act causes. A new act does not compile until it is answered here.
fn fact(act: Act) -> &'static str {
    match act {
        Act::Submit => "Submitted",
        Act::Receive => "Received",
        Act::RequestSupplement => "SupplementRequested",
        Act::Supplement => "Supplemented",
        Act::Refuse => "NotAccepted",
        Act::Transfer => "Transferred",
        Act::Assign => "Assigned",
        Act::Work => "StepCompleted",
        Act::Propose => "Proposed",
        Act::SendBack => "SentBack",
        Act::Sign => "Signed",
        Act::Issue => "Issued",
        Act::GiveBack => "Returned",
        Act::Withdraw => "Withdrawn",
        Act::RequestPayment => "PaymentRequested",
        Act::ConfirmPayment => "PaymentConfirmed",
        Act::Reappoint => "Reappointed",
        Act::CorrectDue => "DueCorrected",
        Act::Stop => "Stopped",
    }
}

impl Names {
    fn of(act: Act) -> Names {
        let name = act.name();
        let verb = name.split('_').map(capital).collect();
        Names { name, verb, fact: fact(act), kind: snake(fact(act)) }
    }
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

/// The files in which acts have to appear.
pub(crate) struct Tree(Vec<File>);

impl Tree {
    pub(crate) fn read() -> Tree {
        let mut found = files("crates", &[".rs", ".html", ".json", ".snap"]);
        found.extend(files("docs", &[".md"]));
        for file in &mut found {
            let domain = file.path.starts_with("crates/domain/src/");
            if domain && file.path.ends_with(".rs") {
                file.text = Code::of(&file.text).without_tests();
            }
        }
        Tree(found)
    }

    /// A file whose path has all of `parts`, in order, and whose text has one of `words`.
    fn has(&self, parts: &[&str], words: &[String]) -> bool {
        self.0.iter().any(|file| {
            let rest = parts.iter().try_fold(file.path.as_str(), |rest, part| {
                rest.find(part).map(|at| &rest[at + part.len()..])
            });
            let fits = rest.is_some() && (words.is_empty() || contains(&file.text, words));
            fits && file.path.ends_with(parts.last().copied().unwrap_or_default())
        })
    }
}

/// Has the text one of the words, not as the beginning of a longer one?
fn contains(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| {
        text.match_indices(word.as_str()).any(|(at, _)| {
            let next = text[at + word.len()..].chars().next();
            !next.is_some_and(|c| c.is_alphanumeric() || c == '_')
        })
    })
}

/// Acts that a layer does not know.
pub(crate) fn missing(tree: &Tree) -> Vec<String> {
    Act::ALL.into_iter().flat_map(|act| missing_of(&Names::of(act), tree)).collect()
}

fn missing_of(act: &Names, tree: &Tree) -> Vec<String> {
    const DOSSIER: &str = "crates/domain/src/dossier/";
    let Names { name, verb, fact, kind } = act;
    let rule = format!("{DOSSIER}{name}.rs");
    let (page, template) = (format!("/{name}.rs"), format!("/{name}.html"));
    let command = [format!("Command::{verb}")];
    let event = [format!("Event::{fact}")];
    let told = [format!(".{name}("), format!("\"{name}\""), format!("Act::{verb}")];
    let golden = [format!("\"fact\":\"{kind}\""), format!("\"fact\": \"{kind}\"")];
    let layers: [(&str, &[&str], &[String]); 15] = [
        ("the verb in command.rs", &[DOSSIER, "command.rs"], &command),
        ("the fact in event.rs", &[DOSSIER, "event.rs"], &event),
        ("a golden file", &["crates/domain/", "golden", ".json"], &golden),
        ("a rule file of its own", &[&rule], &["fn decide".to_owned()]),
        ("an arm in decide.rs", &[DOSSIER, "decide.rs"], &command),
        ("an arm in evolve.rs", &[DOSSIER, "evolve.rs"], &event),
        ("an arm in effects.rs", &[DOSSIER, "effects.rs"], &event),
        ("an arm in timeline.rs", &[DOSSIER, "timeline.rs"], &event),
        ("a row in permission.rs", &["domain/src/permission", ".rs"], &[format!("Act::{verb}")]),
        ("a line in its snapshot", &["crates/domain/", "permission", ".snap"], &[(*name).into()]),
        ("a row in the route table", &["crates/web/src/routes", ".rs"], &[format!("Act::{verb}")]),
        ("a page", &["crates/web/src/", &page], &[]),
        ("a template", &["crates/web/templates/", &template], &[]),
        ("a line in the story test", &["/tests/", "story", ".rs"], &told),
        ("a row in the glossary", &["docs/glossary.md"], &[format!("`{name}`")]),
    ];
    layers
        .into_iter()
        .filter(|(_, parts, words)| !tree.has(parts, words))
        .map(|(what, ..)| format!("{name}: {what} is missing"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_from_the_act() {
        let names = Names::of(Act::RequestSupplement);
        assert_eq!((names.verb.as_str(), names.fact), ("RequestSupplement", "SupplementRequested"));
        assert_eq!(names.kind, "supplement_requested");
    }

    #[test]
    fn an_act_that_a_layer_forgot_is_found() {
        let sign = Names::of(Act::Sign);
        assert_eq!(missing_of(&sign, &Tree(Vec::new())).len(), 15);
        let decide = "crates/domain/src/dossier/decide.rs";
        let tree = |text: &str| Tree(vec![File::new(decide, text)]);
        let forgotten = |text: &str| {
            missing_of(&sign, &tree(text)).contains(&"sign: an arm in decide.rs is missing".into())
        };
        assert!(forgotten("Command::Signal => b"));
        assert!(!forgotten("Command::Sign(wish) => a"));
    }

    #[test]
    fn paths_are_matched_in_order_and_to_the_end() {
        let tree = Tree(vec![File::new("crates/web/src/officer/sign.rs", "")]);
        assert!(tree.has(&["crates/web/src/", "/sign.rs"], &[]));
        assert!(!tree.has(&["/sign.rs", "crates/web/src/"], &[]));
        assert!(!tree.has(&["crates/web/src/", "/sign"], &[]));
    }
}
