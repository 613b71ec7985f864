//! A report as a spreadsheet, twice: XLSX (ECMA-376) and ODS (ODF 1.3). Texts are texts, so no
//! program takes a code for a number or a name for a formula; numbers are numbers.

use super::sheet::{Cell, Sheet};
use super::zip::archive;

/// Styles of the workbook, by their place in [`STYLES`].
#[derive(Clone, Copy)]
enum Style {
    Plain,
    Title,
    Head,
    Text,
    Number,
    Hundredths,
    Missing,
}

/// A line of a workbook: cells with their styles.
type Line = Vec<(Style, Cell)>;

impl Sheet {
    /// As XLSX, the head frozen, A4 across, one page wide.
    #[must_use]
    pub fn to_xlsx(&self) -> Vec<u8> {
        let entries = [
            ("[Content_Types].xml", CONTENT_TYPES.into()),
            ("_rels/.rels", RELATIONS.into()),
            ("xl/workbook.xml", WORKBOOK.replace("{name}", self.name).into_bytes()),
            ("xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS.into()),
            ("xl/styles.xml", STYLES.into()),
            ("xl/worksheets/sheet1.xml", self.worksheet().into_bytes()),
        ];
        archive(&entries)
    }

    /// As ODS.
    #[must_use]
    pub fn to_ods(&self) -> Vec<u8> {
        let entries = [
            // First and as it is, so that the file is known by its beginning.
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
            ("META-INF/manifest.xml", MANIFEST.into()),
            ("styles.xml", ODS_STYLES.into()),
            ("content.xml", self.content().into_bytes()),
        ];
        archive(&entries)
    }

    /// Title, period, head, rows, and where they come from.
    fn lines(&self) -> Vec<Line> {
        let text = |text: &str| Cell::Text(text.to_owned());
        let mut lines: Vec<Line> = vec![vec![(Style::Title, text(self.title))]];
        lines.push(self.columns.iter().map(|column| (Style::Head, text(column.label))).collect());
        let styled = |cell: &Cell| {
            let style = match cell {
                Cell::Text(_) => Style::Text,
                Cell::Number(_) => Style::Number,
                Cell::Hundredths(_) => Style::Hundredths,
                Cell::NotRecorded => Style::Missing,
                Cell::Nothing => Style::Plain,
            };
            (style, cell.clone())
        };
        lines.extend(self.rows.iter().map(|row| row.iter().map(styled).collect()));
        lines.push(Vec::new());
        lines.extend(
            self.footer()
                .into_iter()
                .map(|(name, value)| vec![(Style::Plain, text(name)), (Style::Text, text(&value))]),
        );
        lines
    }

    fn worksheet(&self) -> String {
        let mut columns = String::new();
        for (no, column) in (1..).zip(&self.columns) {
            let width = if self.is_wide(no - 1) { 38 } else { width(column.label) };
            let place = format!(r#"min="{no}" max="{no}""#);
            columns.push_str(&format!(r#"<col {place} width="{width}" customWidth="1"/>"#));
        }
        let mut rows = String::new();
        for (no, line) in (1..).zip(self.lines()) {
            rows.push_str(&format!(r#"<row r="{no}">"#));
            for (column, (style, cell)) in line.iter().enumerate() {
                rows.push_str(&xlsx_cell(&format!("{}{no}", letters(column)), *style, cell));
            }
            rows.push_str("</row>");
        }
        WORKSHEET.replace("{columns}", &columns).replace("{rows}", &rows)
    }

    /// Does a column hold long texts?
    fn is_wide(&self, column: usize) -> bool {
        let long = |cell: &Cell| matches!(cell, Cell::Text(text) if text.chars().count() > 16);
        self.rows.iter().any(|row| row.get(column).is_some_and(long))
    }

    fn content(&self) -> String {
        let mut columns = String::new();
        for column in 0..self.columns.len() {
            let style = if self.is_wide(column) { "wide" } else { "narrow" };
            columns.push_str(&format!(r#"<table:table-column table:style-name="{style}"/>"#));
        }
        let mut rows = String::new();
        for line in self.lines() {
            rows.push_str("<table:table-row>");
            if line.is_empty() {
                rows.push_str("<table:table-cell/>");
            }
            line.iter().for_each(|(style, cell)| rows.push_str(&ods_cell(*style, cell)));
            rows.push_str("</table:table-row>");
        }
        let content = CONTENT.replace("{name}", self.name);
        content.replace("{columns}", &columns).replace("{rows}", &rows)
    }
}

fn width(label: &str) -> usize {
    (label.chars().count() / 2).clamp(9, 16)
}

fn xlsx_cell(place: &str, style: Style, cell: &Cell) -> String {
    let about = format!(r#"r="{place}" s="{}""#, style as u8);
    let text = |text: &str| {
        let text = format!(r#"<t xml:space="preserve">{}</t>"#, escaped(text));
        format!(r#"<c {about} t="inlineStr"><is>{text}</is></c>"#)
    };
    match cell {
        Cell::Text(words) => text(words),
        Cell::NotRecorded => text(NOT_RECORDED),
        Cell::Number(number) => format!("<c {about}><v>{number}</v></c>"),
        Cell::Hundredths(number) => format!("<c {about}><v>{}</v></c>", decimal(*number)),
        Cell::Nothing => String::new(),
    }
}

fn ods_cell(style: Style, cell: &Cell) -> String {
    let style = match style {
        Style::Plain => "plain",
        Style::Title => "title",
        Style::Head => "head",
        Style::Text => "text",
        Style::Number => "number",
        Style::Hundredths => "hundredths",
        Style::Missing => "missing",
    };
    let cell_of = |about: &str, shown: &str| {
        let about = format!(r#"table:style-name="{style}" {about}"#);
        format!("<table:table-cell {about}><text:p>{shown}</text:p></table:table-cell>")
    };
    let text = |text: &str| cell_of(r#"office:value-type="string""#, &escaped(text));
    let number = |value: &str| {
        cell_of(&format!(r#"office:value-type="float" office:value="{value}""#), value)
    };
    match cell {
        Cell::Text(words) => text(words),
        Cell::NotRecorded => text(NOT_RECORDED),
        Cell::Number(value) => number(&value.to_string()),
        Cell::Hundredths(value) => number(&decimal(*value)),
        Cell::Nothing => "<table:table-cell/>".to_owned(),
    }
}

const NOT_RECORDED: &str = "chưa ghi nhận";

fn decimal(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// A column's letters: A, B, …, Z, AA.
fn letters(column: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(column % 26).expect("less than 26"));
    match column / 26 {
        0 => letter.to_string(),
        more => format!("{}{letter}", letters(more - 1)),
    }
}

/// A text for XML; what XML cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

const CONTENT_TYPES: &str = include_str!("workbook/content_types.xml");
const RELATIONS: &str = include_str!("workbook/relations.xml");
const WORKBOOK: &str = include_str!("workbook/workbook.xml");
const WORKBOOK_RELATIONS: &str = include_str!("workbook/workbook_relations.xml");
const STYLES: &str = include_str!("workbook/styles.xml");
const WORKSHEET: &str = include_str!("workbook/worksheet.xml");
const MANIFEST: &str = include_str!("workbook/manifest.xml");
const ODS_STYLES: &str = include_str!("workbook/ods_styles.xml");
const CONTENT: &str = include_str!("workbook/content.xml");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_their_letters() {
        let names = [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ")];
        for (column, name) in names {
            assert_eq!(letters(column), name);
        }
    }

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(escaped("a<b> & \"c\"\u{1}\n"), "a&lt;b&gt; &amp; &quot;c&quot; ");
    }
}
