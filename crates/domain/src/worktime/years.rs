//! The years whose holidays are entered.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Years in which due dates are computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Years {
    /// Those whose holidays were entered by decision.
    Entered(BTreeSet<i16>),
    /// Every year: whoever asks vouches for the days. For `motcua deadline` and for checking an
    /// explanation, never for a promise.
    Every,
}

impl Years {
    /// Are the holidays of that year entered?
    #[must_use]
    pub fn contains(&self, year: &i16) -> bool {
        match self {
            Years::Entered(years) => years.contains(year),
            Years::Every => *year < super::walk::AFTER_LAST_YEAR,
        }
    }

    /// Enters a year; tells whether it was missing.
    pub fn insert(&mut self, year: i16) -> bool {
        match self {
            Years::Entered(years) => years.insert(year),
            Years::Every => false,
        }
    }

    /// Takes a year out again; tells whether it was entered.
    pub fn remove(&mut self, year: &i16) -> bool {
        match self {
            Years::Entered(years) => years.remove(year),
            Years::Every => false,
        }
    }

    /// The entered years in order; none when every year counts.
    pub fn iter(&self) -> impl Iterator<Item = i16> {
        let entered = match self {
            Years::Entered(years) => Some(years),
            Years::Every => None,
        };
        entered.into_iter().flatten().copied()
    }
}

impl Default for Years {
    /// No year.
    fn default() -> Years {
        Years::Entered(BTreeSet::new())
    }
}

impl Extend<i16> for Years {
    fn extend<I: IntoIterator<Item = i16>>(&mut self, years: I) {
        for year in years {
            self.insert(year);
        }
    }
}

impl<const N: usize> From<[i16; N]> for Years {
    fn from(years: [i16; N]) -> Years {
        Years::Entered(years.into())
    }
}
