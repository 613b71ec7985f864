//! A report as paper: the house's head, A4 across, tagged for screen readers.

use super::sheet::{Cell, Sheet};
use crate::error::ActError;
use crate::office::Office;
use crate::paper::place_name;
use documents::{
    Block, Column, DocumentNumber, Form, Letterhead, OfficialLetter, Orientation, RuleProfile,
    SigningState, Table,
};
use domain::time::local;

/// More columns than this do not fit across A4: the rest follows in a table below.
const COLUMNS: usize = 14;

impl Office {
    /// A report as PDF/A, with the head of the agency it is about or of the province. Nobody has
    /// signed it, and it says so.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the paper cannot be set.
    pub async fn report_pdf(&self, sheet: &Sheet) -> Result<Vec<u8>, ActError> {
        let day = |date: jiff::civil::Date| date.strftime("%d/%m/%Y").to_string();
        let period = sheet.asked.period;
        let subject = format!("từ ngày {} đến ngày {}", day(period.from()), day(period.to()));
        let mut body: Vec<Block> = tables(sheet).into_iter().map(Block::Table).collect();
        let footer = sheet.footer().into_iter().map(|(name, value)| format!("{name}: {value}"));
        body.push(Block::List { items: footer.collect() });
        let letter = OfficialLetter {
            letterhead: self.report_head(sheet),
            tracking: None,
            orientation: Orientation::Landscape,
            title: Some(sheet.title.to_owned()),
            subject: Some(subject),
            authority: None,
            addressees: Vec::new(),
            grounds: Vec::new(),
            body,
            recipients: Vec::new(),
            signatories: Vec::new(),
            state: SigningState::Draft,
        };
        self.set(Form::OfficialLetter(letter)).await
    }

    fn report_head(&self, sheet: &Sheet) -> Letterhead {
        let organisation = &self.catalogue.organisation;
        let day = local(sheet.basis.as_of).date();
        let unit = sheet.asked.agency.as_deref().and_then(|id| organisation.unit(id));
        let roots = || organisation.units.iter().filter(|unit| unit.exists(day));
        let unit = unit.or_else(|| roots().find(|unit| unit.parent.is_none()));
        let parent = unit.and_then(|unit| unit.parent.as_deref());
        let parent = parent.and_then(|id| organisation.unit(id)).map(|unit| unit.name.clone());
        Letterhead {
            parent,
            office: unit.map_or_else(String::new, |unit| unit.name.clone()),
            number: DocumentNumber { ordinal: None, suffix: "BC".to_owned() },
            place: unit.map_or_else(String::new, |unit| place_name(organisation, &unit.id)),
            issued_at: sheet.basis.as_of,
            rules: RuleProfile::R2026,
        }
    }
}

/// The report in as many tables as its columns need; each begins with the names of its rows.
fn tables(sheet: &Sheet) -> Vec<Table> {
    let names = sheet.names();
    let (head, rest) = sheet.columns.split_at(names);
    let room = COLUMNS.saturating_sub(names).max(1);
    let parts = rest.len().div_ceil(room).max(1);
    let each = rest.len().div_ceil(parts).max(1);
    (0..parts)
        .map(|part| {
            let from = names + part * each;
            let to = (from + each).min(sheet.columns.len());
            let places: Vec<usize> = (0..names).chain(from..to).collect();
            let column = |at: usize| match at < names {
                true => Column::words(sheet.columns[at].label, 2),
                false => Column { share: 1, ..Column::figures(sheet.columns[at].label) },
            };
            let row = |row: &Vec<Cell>| places.iter().map(|at| shown(&row[*at])).collect();
            Table {
                caption: None,
                columns: places.iter().map(|at| column(*at)).collect(),
                rows: sheet.rows.iter().map(row).collect(),
                total: None,
            }
        })
        .filter(|table| table.columns.len() > head.len() || rest.is_empty())
        .collect()
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Hundredths(number) => format!("{},{:02}", number / 100, number % 100),
        Cell::NotRecorded => "chưa ghi nhận".to_owned(),
        Cell::Nothing => "–".to_owned(),
    }
}
