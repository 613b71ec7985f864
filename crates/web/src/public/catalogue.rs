//! The catalogue of procedures: search, filters, twenty a page, grouped by who decides.

use super::asked::Asked;
use super::{answer, marks};
use crate::Web;
use crate::kit::components::SelectItem;
use crate::kit::error::form_urlencode;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::layout::Layout;
use crate::kit::session::Visitor;
use crate::kit::words;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::procedure::{ChannelKind, Procedure};
use domain::time::local;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Procedures on a page.
const PAGE: usize = 20;
/// Longest search, in characters; more is cut off.
const WORDS_MAX: usize = 200;

#[derive(Template)]
#[template(path = "public/catalogue.html")]
struct Page {
    l: Layout,
    words: String,
    kinds: Vec<Choice>,
    fields: Vec<Choice>,
    filtered: bool,
    count: usize,
    groups: Vec<Group>,
    pages: Option<Pages>,
}

/// An entry of a filter.
struct Choice {
    value: String,
    text: String,
    chosen: bool,
}

impl From<&Choice> for SelectItem {
    fn from(choice: &Choice) -> SelectItem {
        SelectItem::new(&choice.value, &choice.text).chosen(choice.chosen)
    }
}

/// Procedures of one kind of agency.
struct Group {
    name: String,
    rows: Vec<Row>,
}

/// A procedure in the list.
struct Row {
    id: String,
    code: Option<String>,
    name: String,
    field: String,
    time: String,
    online: bool,
}

/// Where one is in a long list.
#[derive(Debug, PartialEq, Eq)]
struct Pages {
    number: usize,
    last: usize,
    before: Option<String>,
    after: Option<String>,
}

/// `GET /thu-tuc`
pub async fn get(State(web): State<Arc<Web>>, visitor: Visitor, asked: Asked) -> Response {
    let lang = visitor.lang;
    let today = local(web.office.clock.now()).date();
    let words: String = asked.text("q").chars().take(WORDS_MAX).collect();
    let (kind, field) = (asked.text("co-quan"), asked.text("linh-vuc"));
    let all = web.office.catalogue.search(&words, today);
    let fields = fields(&web.office.catalogue.search("", today), field);
    let wanted = |procedure: &&Procedure| {
        (kind.is_empty() || procedure.agency_kind == kind)
            && (field.is_empty() || procedure.field.name == field)
    };
    let mut found: Vec<&Procedure> = all.into_iter().filter(wanted).collect();
    if words.is_empty() {
        // Nothing is a better match: nearest to the citizen first.
        found.sort_by_key(|procedure| nearness(&procedure.agency_kind));
    }
    let count = found.len();
    let query = query(&words, kind, field);
    let number = asked.text("trang").parse().unwrap_or(1);
    let pages = pages(count, number, &query);
    let first = (pages.as_ref().map_or(1, |pages| pages.number) - 1) * PAGE;
    let shown = found.into_iter().skip(first).take(PAGE);
    let title = match words.is_empty() {
        true => t(lang, "catalogue-title"),
        false => t_with(lang, "catalogue-title-search", &[("words", words.clone())]),
    };
    let page = Page {
        l: web.layout(&visitor, title),
        kinds: kinds(lang, kind),
        fields,
        filtered: !(words.is_empty() && kind.is_empty() && field.is_empty()),
        words,
        count,
        groups: grouped(lang, shown),
        pages,
    };
    answer(lang, StatusCode::OK, &page)
}

fn nearness(kind: &str) -> usize {
    let known = marks::AGENCY_KINDS.iter().position(|known| *known == kind);
    known.unwrap_or(marks::AGENCY_KINDS.len())
}

fn kinds(lang: Language, chosen: &str) -> Vec<Choice> {
    let choice = |kind: &&str| Choice {
        value: (*kind).to_owned(),
        text: marks::agency_kind(lang, kind),
        chosen: *kind == chosen,
    };
    marks::AGENCY_KINDS.iter().map(choice).collect()
}

/// The fields of administration that have something to offer today.
fn fields(offered: &[&Procedure], chosen: &str) -> Vec<Choice> {
    let names: BTreeMap<&str, ()> =
        offered.iter().map(|procedure| (procedure.field.name.as_str(), ())).collect();
    let choice = |name: &str| Choice {
        value: name.to_owned(),
        text: name.to_owned(),
        chosen: name == chosen,
    };
    names.into_keys().filter(|name| !name.is_empty()).map(choice).collect()
}

/// One heading for each kind of agency, the one with the best match first.
fn grouped<'p>(lang: Language, shown: impl Iterator<Item = &'p Procedure>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for procedure in shown {
        let name = marks::agency_kind(lang, &procedure.agency_kind);
        let span = procedure.committed_time.of(None);
        let row = Row {
            id: procedure.id.clone(),
            code: procedure.code.clone(),
            name: procedure.name.clone(),
            field: procedure.field.name.clone(),
            time: words::time_span(lang, span.amount, span.unit),
            online: procedure.accepts_channel(ChannelKind::Online),
        };
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { name, rows: vec![row] }),
        }
    }
    groups
}

/// The query of these filters, without the page.
fn query(words: &str, kind: &str, field: &str) -> String {
    let pairs = [("q", words), ("co-quan", kind), ("linh-vuc", field)];
    let given = pairs.iter().filter(|(_, value)| !value.is_empty());
    given.map(|(name, value)| format!("{name}={}&", form_urlencode(value))).collect()
}

/// Nothing for a list that fits on one page.
fn pages(count: usize, number: usize, query: &str) -> Option<Pages> {
    let last = count.div_ceil(PAGE);
    if last < 2 {
        return None;
    }
    let number = number.clamp(1, last);
    let href = |to: usize| format!("/thu-tuc?{query}trang={to}");
    Some(Pages {
        number,
        last,
        before: (number > 1).then(|| href(number - 1)),
        after: (number < last).then(|| href(number + 1)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_a_page_and_no_page_beyond_the_last() {
        assert_eq!(pages(20, 1, ""), None);
        assert_eq!(pages(0, 7, ""), None);
        let second = pages(41, 2, &query("nhà ở", "", "")).unwrap();
        assert_eq!((second.number, second.last), (2, 3));
        assert_eq!(second.before.unwrap(), "/thu-tuc?q=nh%C3%A0%20%E1%BB%9F&trang=1");
        let last = pages(41, 99, "").unwrap();
        assert_eq!((last.number, last.after), (3, None));
        assert_eq!(pages(41, 0, "").unwrap().number, 1);
    }

    #[test]
    fn a_kind_of_agency_has_one_heading() {
        let catalogue = office::catalogue::Catalogue::embedded().unwrap();
        let found = catalogue.search("", jiff::civil::date(2026, 11, 24));
        let count = found.len();
        let groups = grouped(Language::Vi, found.into_iter());
        assert!(groups.len() <= marks::AGENCY_KINDS.len());
        assert_eq!(groups.iter().map(|group| group.rows.len()).sum::<usize>(), count);
    }
}
