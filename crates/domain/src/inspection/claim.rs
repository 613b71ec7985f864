//! A claim, and the system's value beside it.

use super::measure::Measure;
use crate::statistics::Rate;
use serde::{Deserialize, Serialize};

/// A number as somebody wrote it: in hundredths, and how many decimals stood there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// Hundredths: 6500 is 65.
    pub hundredths: u64,
    /// Decimals written, none to two.
    pub decimals: u8,
}

impl Quantity {
    /// Reads `53`, `1.234`, `65 %`, `33,5` or `33.50`; `None` for anything else.
    #[must_use]
    pub fn read(text: &str) -> Option<Quantity> {
        let text: String = text.trim().trim_end_matches('%').trim().to_owned();
        let parts: Vec<&str> = text.split([',', '.']).collect();
        let (whole, decimals) = match parts.as_slice() {
            [whole] => ((*whole).to_owned(), ""),
            [whole, rest] if rest.len() == 3 && !text.contains(',') => {
                (format!("{whole}{rest}"), "")
            }
            [whole, rest] if (1..=2).contains(&rest.len()) => ((*whole).to_owned(), *rest),
            _ => return None,
        };
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 12 || !digits(&whole) || !digits(decimals) {
            return None;
        }
        let part: u64 = format!("{decimals:0<2}").parse().ok()?;
        let hundredths = whole.parse::<u64>().ok()? * 100 + part;
        Some(Quantity { hundredths, decimals: u8::try_from(decimals.len()).ok()? })
    }

    /// A count.
    #[must_use]
    pub const fn count(count: u64) -> Quantity {
        Quantity { hundredths: count * 100, decimals: 0 }
    }

    /// Does a value agree, rounded half up to as many decimals as were written?
    #[must_use]
    pub fn agrees(self, hundredths: u64) -> bool {
        let grain = match self.decimals {
            0 => 100,
            1 => 10,
            _ => 1,
        };
        (hundredths + grain / 2) / grain == self.hundredths / grain
    }
}

/// Hundredths as Vietnamese write them: `53`, `64,2`, `33,33`.
#[must_use]
pub fn written(hundredths: u64) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    match part {
        0 => whole.to_string(),
        part if part % 10 == 0 => format!("{whole},{}", part / 10),
        part => format!("{whole},{part:02}"),
    }
}

/// The system's value of a measure over some agencies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What is measured.
    pub measure: Measure,
    /// Of which agencies (unit ids).
    pub scope: Vec<String>,
    /// In hundredths; `None` when there is nothing to take it from.
    pub hundredths: Option<u64>,
    /// Of a share: how many of how many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<(u64, u64)>,
}

impl Reading {
    /// A count.
    #[must_use]
    pub fn count(measure: Measure, scope: &[String], count: u64) -> Reading {
        let hundredths = Some(count * 100);
        Reading { measure, scope: scope.to_vec(), hundredths, share: None }
    }

    /// A share in percent.
    #[must_use]
    pub fn rate(measure: Measure, scope: &[String], rate: Rate) -> Reading {
        let share = Some((rate.part, rate.whole));
        Reading { measure, scope: scope.to_vec(), hundredths: rate.basis_points(), share }
    }
}

/// What was claimed, with the system's value of that instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Running number within the inspection, from 1.
    pub no: u32,
    /// What is claimed.
    pub measure: Measure,
    /// About which agencies (unit ids).
    pub scope: Vec<String>,
    /// How much.
    pub claimed: Quantity,
    /// The sentence it stands in.
    pub sentence: String,
    /// Why the agency claims another value than the system's; empty where it need not say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The system's values: the claim's own reading first, then what else the words may mean.
    pub readings: Vec<Reading>,
}

/// How a claim stands beside a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The same, as exactly as it was written.
    Confirmed,
    /// Another number: claimed minus the system's, in hundredths.
    Different(i64),
    /// There is nothing to hold it against.
    NotRecorded,
}

impl Verdict {
    /// The name in translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Confirmed => "confirmed",
            Verdict::Different(_) => "different",
            Verdict::NotRecorded => "not_recorded",
        }
    }
}

impl Claim {
    /// The claim held against one of its readings.
    #[must_use]
    pub fn against(&self, reading: &Reading) -> Verdict {
        match reading.hundredths {
            None => Verdict::NotRecorded,
            Some(value) if self.claimed.agrees(value) => Verdict::Confirmed,
            Some(value) => {
                let signed = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
                Verdict::Different(signed(self.claimed.hundredths) - signed(value))
            }
        }
    }

    /// The claim held against its own reading.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.readings.first().map_or(Verdict::NotRecorded, |own| self.against(own))
    }

    /// The number as it was claimed.
    #[must_use]
    pub fn written(&self) -> String {
        written(self.claimed.hundredths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let read = |text| Quantity::read(text).map(|q| (q.hundredths, q.decimals));
        assert_eq!(read(" 53 "), Some((5_300, 0)));
        assert_eq!(read("65%"), Some((6_500, 0)));
        assert_eq!(read("33,5 %"), Some((3_350, 1)));
        assert_eq!(read("33.33"), Some((3_333, 2)));
        assert_eq!(read("1.234"), Some((123_400, 0)));
        for wrong in ["", "%", "năm", "-3", "1,234,5", "3,456", "9999999999999"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!([written(5_300), written(6_420), written(3_305)], ["53", "64,2", "33,05"]);
    }

    #[test]
    fn a_claim_is_held_to_what_was_written_and_no_more() {
        let sixty_five = Quantity::read("65%").unwrap();
        assert!(sixty_five.agrees(6_450) && sixty_five.agrees(6_549));
        assert!(!sixty_five.agrees(6_449) && !sixty_five.agrees(6_550));
        assert!(!Quantity::read("65,0").unwrap().agrees(6_510));
    }
}
