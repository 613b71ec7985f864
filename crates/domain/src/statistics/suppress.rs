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

/// As [`shown`], for rows whose columns others may add up too: in a column, too, nothing stays
/// hidden alone, so that no other table with the same sums tells it.
#[must_use]
pub fn shown_together<const N: usize>(rows: &[[u64; N]]) -> Vec<(Shown, [Shown; N])> {
    let mut table: Vec<(Shown, [Shown; N])> = rows.iter().map(|row| shown(*row)).collect();
    // Each round hides a cell more, so it ends.
    while let Some((row, column)) = alone(&table) {
        let others = table.iter().enumerate().filter(|(at, _)| *at != row);
        let counts = others.filter_map(|(at, (_, cells))| Some((cells[column].count()?, at)));
        let smallest = counts.filter(|(count, _)| *count > 0).min();
        let Some((_, other)) = smallest else {
            // Nothing to hide it among: nobody sees the row at all.
            table[row] = (Shown::Hidden, [Shown::Hidden; N]);
            continue;
        };
        table[other].1[column] = Shown::Hidden;
        in_company(&mut table[other]);
    }
    table
}

/// A cell that is hidden alone in its column.
fn alone<const N: usize>(table: &[(Shown, [Shown; N])]) -> Option<(usize, usize)> {
    (0..N).find_map(|column| {
        let cells = table.iter().enumerate();
        let mut hidden = cells.filter(|(_, (_, cells))| cells[column] == Shown::Hidden);
        let others = table.iter().any(|(_, cells)| cells[column].count().is_some_and(|n| n > 0));
        match (hidden.next(), hidden.next()) {
            (Some((row, (sum, _))), None) if others || *sum != Shown::Hidden => Some((row, column)),
            _ => None,
        }
    })
}

/// Sees that no cell of a row whose sum is shown is hidden alone.
fn in_company<const N: usize>((sum, row): &mut (Shown, [Shown; N])) {
    let hidden = row.iter().filter(|cell| **cell == Shown::Hidden).count();
    if hidden != 1 || *sum == Shown::Hidden {
        return;
    }
    let others = row.iter_mut().filter(|cell| cell.count().is_some_and(|count| count > 0));
    if let Some(smallest) = others.min_by_key(|cell| cell.count()) {
        *smallest = Shown::Hidden;
    } else {
        (*sum, *row) = (Shown::Hidden, [Shown::Hidden; N]);
    }
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

        /// Also where whole columns are known: no column hides one cell among shown ones.
        #[test]
        fn nothing_hidden_follows_from_a_column(rows: [[u8; 4]; 5]) {
            let rows = rows.map(|row| row.map(|part| u64::from(part % 12)));
            let table = shown_together(&rows);
            for column in 0..4 {
                let hidden = table.iter().filter(|(_, row)| row[column] == Hidden).count();
                let shown = table.iter().any(|(_, row)| row[column].count().unwrap_or(0) > 0);
                prop_assert!(hidden != 1 || !shown, "{table:?}");
            }
            for ((sum, row), parts) in table.iter().zip(rows) {
                let hidden = row.iter().filter(|cell| **cell == Hidden).count();
                prop_assert!(hidden != 1 || *sum == Hidden);
                for (part, cell) in parts.iter().zip(row) {
                    prop_assert!(*cell == Hidden || *cell == Count(*part));
                    prop_assert!(*cell == Hidden || *part == 0 || *part >= FEWEST);
                }
            }
        }
    }
}
