//! One frame for all pages of an inspection that are read: headings, texts, facts and tables.

use crate::Web;
use crate::kit::layout::Layout;
use crate::kit::session::Staff;
use crate::officer::parts::{Line, Link};
use crate::public::answer;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

/// A page.
#[derive(Template)]
#[template(path = "inspector/page.html")]
pub(super) struct Page {
    l: Layout,
    back: Option<(String, &'static str)>,
    blocks: Vec<Block>,
}

/// A piece of a page.
pub(super) enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// Keys and values.
    Facts(Vec<Line>),
    /// A table.
    Table(Table),
    /// What may be done: the first one is the main button.
    Acts(Vec<Link>),
    /// Other pages and papers.
    Links(Vec<Link>),
    /// What must not be overlooked.
    Warning(String),
    /// Numbers at a glance.
    Tiles(Vec<Tile>),
}

/// A number at a glance.
pub(super) struct Tile {
    pub(super) number: String,
    pub(super) label: String,
    pub(super) variant: &'static str,
}

/// A table.
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
    pub(super) empty: String,
}

/// A column.
pub(super) struct Column {
    label: String,
    align: &'static str,
}

/// A cell.
#[derive(Default)]
pub(super) struct Cell {
    text: String,
    href: Option<String>,
    quiet: Vec<String>,
    links: Vec<Link>,
    tags: Vec<Coloured>,
    align: &'static str,
}

/// A word in a colour of the package.
struct Coloured {
    colour: &'static str,
    text: String,
}

impl Table {
    /// Are all columns but the first of numbers? Such a table stays short on a telephone.
    fn is_of_numbers(&self) -> bool {
        // The first column names the row.
        self.columns.iter().skip(1).all(|column| column.align == NUMBER)
    }
}

impl Column {
    /// Of words.
    pub(super) fn words(label: String) -> Column {
        Column { label, align: "" }
    }

    /// Of numbers.
    pub(super) fn numbers(label: String) -> Column {
        Column { label, align: NUMBER }
    }
}

const NUMBER: &str = "mc-worklist__number";

impl Cell {
    /// Words.
    pub(super) fn new(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), ..Cell::default() }
    }

    /// A number.
    pub(super) fn number(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), align: NUMBER, ..Cell::default() }
    }

    /// That leads somewhere.
    pub(super) fn to(mut self, href: impl Into<String>) -> Cell {
        self.href = Some(href.into());
        self
    }

    /// With a line below.
    pub(super) fn below(mut self, text: impl Into<String>) -> Cell {
        let text = text.into();
        if !text.is_empty() {
            self.quiet.push(text);
        }
        self
    }

    /// With a link below.
    pub(super) fn link(mut self, href: impl Into<String>, text: impl Into<String>) -> Cell {
        self.links.push(Link::new(href, text));
        self
    }

    /// With a word in a colour.
    pub(super) fn tag(mut self, colour: &'static str, text: impl Into<String>) -> Cell {
        self.tags.push(Coloured { colour, text: text.into() });
        self
    }
}

/// A page of an inspection.
pub(super) fn shown(
    web: &Web,
    staff: &Staff,
    title: String,
    back: Option<(String, &'static str)>,
    blocks: Vec<Block>,
) -> Response {
    told(web, staff, title, back, (None, blocks))
}

/// The same, which says first what was just done.
pub(super) fn told(
    web: &Web,
    staff: &Staff,
    title: String,
    back: Option<(String, &'static str)>,
    (flash, blocks): (Option<String>, Vec<Block>),
) -> Response {
    let l = web.layout(&staff.visitor, title).with_flash(flash);
    answer(staff.visitor.lang, StatusCode::OK, &Page { l, back, blocks })
}
