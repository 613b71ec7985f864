//! Asking for what is missing or wrong: once and completely (Mẫu 02).

use crate::citizen::field::{Choice, Field, Look, Told};
use crate::kit::i18n::t_with;
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::officer::act_page::{self, ActForm, ActPage, Frame, Typed};
use crate::officer::desk::Desk;
use crate::officer::parts::Part;
use crate::officer::parts::{ItemRow, Items};
use askama::Template;
use domain::dossier::command::RequestSupplement;
use domain::dossier::event::SupplementItem;
use domain::dossier::{Act, Command};

/// Rows of a fresh page, and how many a press of the button adds.
const ROWS: usize = 5;
/// Most rows of a page: the limit of the rule.
const ROWS_MAX: usize = 50;

#[derive(Template)]
#[template(path = "counter/request_supplement.html")]
pub(crate) struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::RequestSupplement;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

impl ActForm for Page {
    fn form(desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told) -> Vec<Part> {
        if told.at("items").is_some() {
            told.forget("items");
            told.say("items.0.what", desk.t("staff-items-missing"));
        }
        let items = given(|name| typed.text(name));
        let rows = row_count(typed.text("rows"), !typed.text("more").is_empty(), items.len());
        let blank = SupplementItem::default();
        let row = |n: usize| row(desk, n, items.get(n).unwrap_or(&blank), told);
        let reason = act_page::lines(desk, ("reason", "staff-request-reason"), 4, typed, told)
            .hint(desk.t("staff-request-reason-hint"))
            .required(true);
        vec![
            Part::Warning(desk.t("staff-request-once")),
            Part::Field(reason),
            Part::Items(Items { rows: (0..rows).map(row).collect() }),
        ]
    }

    fn command(_: &Desk<'_>, posted: &Posted) -> Result<Command, Told> {
        if !posted.text("more").is_empty() {
            return Err(Told::default());
        }
        Ok(Command::RequestSupplement(RequestSupplement {
            items: given(|name| posted.text(name)),
            reason: posted.text("reason").to_owned(),
        }))
    }
}

fn row(desk: &Desk<'_>, n: usize, item: &SupplementItem, told: &Told) -> ItemRow {
    let place = |name: &str| format!("items.{n}.{name}");
    let choice = |known: &&domain::procedure::Component| Choice::new(&known.id, &known.name);
    let choices = desk.components().iter().map(choice).collect();
    let number = (n + 1).to_string();
    ItemRow {
        legend: t_with(desk.lang, "staff-item", &[("number", number)]),
        component: Field::new(place("component"), desk.t("staff-item-component"))
            .hint(desk.t("staff-item-component-hint"))
            .look(Look::Select(choices))
            .value(&item.component)
            .told(told),
        what: Field::new(place("what"), desk.t("staff-item-what"))
            .look(Look::Lines(2))
            .value(&item.what)
            .told(told),
        legal_basis: Field::new(place("legal_basis"), desk.t("staff-item-basis"))
            .hint(desk.t("staff-item-basis-hint"))
            .value(&item.legal_basis)
            .told(told),
    }
}

/// The rows that say something, moved together: so their numbers are those of the problems.
fn given<'p>(text: impl Fn(&str) -> &'p str) -> Vec<SupplementItem> {
    let item = |n: usize| {
        let of = |name: &str| text(&format!("items.{n}.{name}")).trim().to_owned();
        let item = SupplementItem {
            component: of("component"),
            what: of("what"),
            legal_basis: of("legal_basis"),
        };
        (item != SupplementItem::default()).then_some(item)
    };
    (0..ROWS_MAX).filter_map(item).collect()
}

/// How many rows to show.
fn row_count(shown: &str, more: bool, filled: usize) -> usize {
    let shown = shown.parse().unwrap_or(ROWS).clamp(ROWS, ROWS_MAX);
    let wanted = if more { shown + ROWS } else { shown };
    wanted.max(filled).min(ROWS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_rows_fall_out_and_the_rest_moves_up() {
        let text = |name: &str| match name {
            "items.1.what" => "thiếu chữ ký",
            "items.1.component" => "TP1",
            "items.4.legal_basis" => "Điều 5",
            "items.3.what" => "  ",
            _ => "",
        };
        let items = given(text);
        assert_eq!(items.len(), 2);
        assert_eq!((items[0].component.as_str(), items[0].what.as_str()), ("TP1", "thiếu chữ ký"));
        assert_eq!(items[1].legal_basis, "Điều 5");
    }

    #[test]
    fn rows_grow_by_five_up_to_the_limit() {
        assert_eq!(row_count("", false, 0), 5);
        assert_eq!(row_count("5", true, 2), 10);
        assert_eq!(row_count("50", true, 50), 50);
        assert_eq!(row_count("999999", false, 0), 50);
        assert_eq!(row_count("x", false, 7), 7);
    }
}
