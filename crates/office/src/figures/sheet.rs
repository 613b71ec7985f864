//! A table of figures with its footer, and the two plain ways out of the house: JSON and CSV.

use super::{Asked, Basis};
use domain::statistics::{Measured, Rate};
use domain::time::local;
use serde_json::{Map, Value, json};

/// One report as a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// What was asked for.
    pub asked: Asked,
    /// What it was computed from.
    pub basis: Basis,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name for programs.
    pub key: &'static str,
    /// Its heading for people.
    pub label: &'static str,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A code or a name.
    Text(String),
    /// A count.
    Number(u64),
    /// Hundredths: 3333 is 33.33.
    Hundredths(u64),
    /// No fact tells it.
    NotRecorded,
    /// There is nothing of it: an average of no dossiers.
    Nothing,
}

impl Cell {
    /// A count that may not be recorded.
    #[must_use]
    pub fn measured(value: Measured<u64>) -> Cell {
        value.value().map_or(Cell::NotRecorded, Cell::Number)
    }

    /// A share in percent.
    #[must_use]
    pub fn percent(rate: Rate) -> Cell {
        rate.basis_points().map_or(Cell::Nothing, Cell::Hundredths)
    }
}

/// Excel takes UTF-8 for something else without it.
const BYTE_ORDER_MARK: char = '\u{feff}';

impl Sheet {
    /// As JSON: what was asked, what it was computed from, and a row as an object. A value that no
    /// fact tells is the text `not_recorded`, an average of nothing is null.
    #[must_use]
    pub fn to_json(&self) -> String {
        let columns: Vec<Value> = self
            .columns
            .iter()
            .map(|column| json!({"key": column.key, "label": column.label}))
            .collect();
        let whole = json!({
            "report": self.name,
            "from": self.asked.period.from().to_string(),
            "to": self.asked.period.to().to_string(),
            "agency": self.asked.agency,
            "as_of": self.basis.as_of.to_string(),
            "ledger": {"size": self.basis.size, "root": self.basis.root},
            "witnesses": self.basis.witnesses_json(),
            "columns": columns,
            "rows": self.rows.iter().map(|row| self.object(row)).collect::<Vec<_>>(),
        });
        format!("{whole:#}\n")
    }

    fn object(&self, row: &[Cell]) -> Value {
        let pairs = self.columns.iter().zip(row);
        let cell = |cell: &Cell| match cell {
            Cell::Text(text) => json!(text),
            Cell::Number(number) => json!(number),
            Cell::Hundredths(number) => json!(hundredths(*number)),
            Cell::NotRecorded => json!("not_recorded"),
            Cell::Nothing => Value::Null,
        };
        let object: Map<String, Value> =
            pairs.map(|(column, value)| (column.key.to_owned(), cell(value))).collect();
        Value::Object(object)
    }

    /// As CSV for spreadsheets: UTF-8 with a byte order mark, RFC 4180, no text that a spreadsheet
    /// would compute.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut text = String::from(BYTE_ORDER_MARK);
        push_line(&mut text, self.columns.iter().map(|column| quoted(column.label)));
        for row in &self.rows {
            push_line(&mut text, row.iter().map(csv_cell));
        }
        for (name, value) in self.footer() {
            push_line(&mut text, [quoted(name), quoted(&value)].into_iter());
        }
        text
    }

    /// What stands below the table: period, state of knowledge, and the log it comes from.
    #[must_use]
    pub fn footer(&self) -> [(&'static str, String); 6] {
        let period = self.asked.period;
        let minute = local(self.basis.as_of).strftime("%d/%m/%Y %H:%M:%S").to_string();
        let day = |date: jiff::civil::Date| date.strftime("%d/%m/%Y").to_string();
        [
            ("Kỳ báo cáo", format!("{} – {}", day(period.from()), day(period.to()))),
            ("Cơ quan", self.asked.agency.clone().unwrap_or_else(|| "toàn tỉnh".to_owned())),
            ("Số liệu tại thời điểm", minute),
            ("Số mục nhật ký", self.basis.size.to_string()),
            ("Mã gốc nhật ký", self.basis.root.clone()),
            ("Nhân chứng ký xác nhận", self.basis.witnessed()),
        ]
    }

    /// How many columns name a row, before those that count.
    #[must_use]
    pub fn names(&self) -> usize {
        let names =
            |row: &Vec<Cell>| row.iter().take_while(|cell| matches!(cell, Cell::Text(_))).count();
        self.rows.iter().map(names).min().unwrap_or(1)
    }
}

fn csv_cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => quoted(text),
        Cell::Number(number) => number.to_string(),
        Cell::Hundredths(number) => hundredths(*number),
        Cell::NotRecorded => quoted("chưa ghi nhận"),
        Cell::Nothing => String::new(),
    }
}

fn hundredths(number: u64) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

fn push_line(text: &mut String, cells: impl Iterator<Item = String>) {
    text.push_str(&cells.collect::<Vec<_>>().join(","));
    text.push_str("\r\n");
}

/// A text cell. What begins like a formula gets an apostrophe, so that no spreadsheet runs it.
fn quoted(text: &str) -> String {
    const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
    let guard = if text.starts_with(FORMULA) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::statistics::Period;
    use jiff::civil::date;

    fn sheet(rows: Vec<Vec<Cell>>) -> Sheet {
        let column = |key| Column { key, label: "Cột, \"một\"" };
        Sheet {
            name: "06a",
            title: "Biểu II.06a",
            columns: vec![column("a"), column("b")],
            rows,
            asked: Asked {
                period: Period::new(date(2026, 1, 1), date(2026, 3, 31)).unwrap(),
                agency: None,
                as_of: None,
            },
            basis: Basis {
                as_of: "2026-04-01T00:00:00Z".parse().unwrap(),
                size: 7,
                root: "ab".to_owned(),
                witnesses: Vec::new(),
            },
        }
    }

    #[test]
    fn a_spreadsheet_computes_nothing() {
        for text in ["=1+1", "+84", "-2", "@SUM(A1)", "\tx", "\r=1"] {
            assert!(quoted(text).starts_with("\"'"), "{text:?}");
        }
        assert_eq!(quoted("Sở \"A\", B"), "\"Sở \"\"A\"\", B\"");
    }

    #[test]
    fn both_ways_out_say_the_same() {
        let row = vec![Cell::Text("=x".to_owned()), Cell::Number(3)];
        let sheet = sheet(vec![row, vec![Cell::NotRecorded, Cell::Hundredths(3_305)]]);
        let csv = sheet.to_csv();
        let lines: Vec<&str> = csv.split("\r\n").collect();
        assert_eq!(lines[0], "\u{feff}\"Cột, \"\"một\"\"\",\"Cột, \"\"một\"\"\"");
        assert_eq!(lines[1..3], ["\"'=x\",3", "\"chưa ghi nhận\",33.05"]);
        assert_eq!(lines[5], "\"Số liệu tại thời điểm\",\"01/04/2026 07:00:00\"");
        assert_eq!(lines[8], "\"Nhân chứng ký xác nhận\",\"chưa có\"");
        let json: Value = serde_json::from_str(&sheet.to_json()).unwrap();
        assert_eq!(json["rows"][0], json!({"a": "=x", "b": 3}));
        assert_eq!(json["rows"][1], json!({"a": "not_recorded", "b": "33.05"}));
        assert_eq!((&json["ledger"]["size"], &json["to"]), (&json!(7), &json!("2026-03-31")));
    }
}
