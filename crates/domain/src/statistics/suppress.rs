//! What of a row of counts may be shown to everyone: small cells could tell of a person.

use serde::Serialize;

/// Counts below this, other than none, are not shown.
pub const FEWEST: u64 = 5;

/// A count as everyone may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// As it is.
    Count(u64),
    /// Not shown: too few, or it would tell what another cell hides.
    Hidden,
}

impl Shown {
    /// The count, where it is shown.
    #[must_use]
    pub fn count(self) -> Option<u64> {
        match self {
            Shown::Count(count) => Some(count),
            Shown::Hidden => None,
        }
    }
}

/// Hides the small parts of a row whose sum is shown beside them. One hidden part alone would
/// follow from the sum and the others, so the smallest other one that is not nothing is hidden with
/// it; a sum that is small itself is hidden with all its parts.
#[must_use]
pub fn shown<const N: usize>(parts: [u64; N]) -> (Shown, [Shown; N]) {
    let sum: u64 = parts.iter().sum();
    if sum > 0 && sum < FEWEST {
        return (Shown::Hidden, [Shown::Hidden; N]);
    }
    let mut row = parts
        .map(|part| if part > 0 && part < FEWEST { Shown::Hidden } else { Shown::Count(part) });
    let hidden = row.iter().filter(|cell| **cell == Shown::Hidden).count();
    if hidden == 1 {
        let others = row.iter_mut().filter(|cell| cell.count().is_some_and(|count| count > 0));
        if let Some(smallest) = others.min_by_key(|cell| cell.count()) {
            *smallest = Shown::Hidden;
        }
    }
    (Shown::Count(sum), row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Shown::{Count, Hidden};
    use proptest::prelude::*;

    #[test]
    fn small_cells_are_hidden_in_company() {
        assert_eq!(shown([0, 0, 0]), (Count(0), [Count(0), Count(0), Count(0)]));
        assert_eq!(shown([1, 0, 3]), (Hidden, [Hidden, Hidden, Hidden]));
        assert_eq!(shown([20, 3, 9]), (Count(32), [Count(20), Hidden, Hidden]));
        assert_eq!(shown([20, 3, 2]), (Count(25), [Count(20), Hidden, Hidden]));
        assert_eq!(shown([20, 0, 9]), (Count(29), [Count(20), Count(0), Count(9)]));
    }

    proptest! {
        /// Whoever knows the sum and what is shown cannot say what any hidden part is.
        #[test]
        fn nothing_hidden_follows_from_the_rest(parts: [u8; 4]) {
            let parts = parts.map(|part| u64::from(part % 12));
            let (sum, row) = shown(parts);
            let hidden = row.iter().filter(|cell| **cell == Hidden).count();
            prop_assert_ne!(hidden, 1);
            for (part, cell) in parts.iter().zip(row) {
                prop_assert!(cell == Hidden || cell == Count(*part));
                prop_assert!(cell == Hidden || *part == 0 || *part >= FEWEST);
            }
            prop_assert!(sum == Hidden || sum.count() == Some(parts.iter().sum()));
        }
    }
}
