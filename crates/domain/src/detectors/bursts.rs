//! Marks that follow one another too closely.

use super::kept::Millis;

/// A run of marks: by their places in the list, from one up to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The most of them that fall within the span.
    pub(super) within: u64,
}

/// How close is too close: more than so many within a span.
#[derive(Debug, Clone, Copy)]
pub(super) struct Close {
    pub(super) most: usize,
    pub(super) span: Millis,
}

/// The runs of a list in the order of time, found while it grows.
#[derive(Default)]
pub(super) struct Bursts {
    /// The first mark that may be close to the next one.
    first: usize,
    looked_at: usize,
    runs: Vec<Run>,
}

impl Bursts {
    /// Those of a list that is all there.
    pub(super) fn of<T>(marks: &[T], at: impl Fn(&T) -> Millis, close: Close) -> Vec<Run> {
        let mut bursts = Bursts::default();
        bursts.look(marks, at, close);
        bursts.runs
    }

    /// Looks at the marks that have come to the list since.
    pub(super) fn look<T>(&mut self, marks: &[T], at: impl Fn(&T) -> Millis, close: Close) {
        for last in self.looked_at..marks.len() {
            while at(&marks[last]) - at(&marks[self.first]) >= close.span {
                self.first += 1;
            }
            let within = last + 1 - self.first;
            if within <= close.most {
                continue;
            }
            let (first, to, within) = (self.first, last + 1, within as u64);
            match self.runs.last_mut().filter(|run| run.to > first) {
                Some(run) => (run.to, run.within) = (to, run.within.max(within)),
                None => self.runs.push(Run { from: first, to, within }),
            }
        }
        self.looked_at = marks.len();
    }

    /// Forgets what was found from a place on: a mark is to be put into the list whose span reaches
    /// no further back.
    pub(super) fn back_to(&mut self, place: usize) {
        let mut from = place.min(self.looked_at);
        while let Some(run) = self.runs.pop_if(|run| from < run.to) {
            from = from.min(run.from);
        }
        (self.first, self.looked_at) = (from, from);
    }

    /// What was found; the last one may still grow.
    pub(super) fn runs(&self) -> &[Run] {
        &self.runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLOSE: Close = Close { most: 2, span: 10 };

    #[test]
    fn runs_that_share_a_mark_are_one() {
        let run = |from, to, within| Run { from, to, within };
        let of = |marks: &[Millis]| Bursts::of(marks, |at| *at, CLOSE);
        assert_eq!(of(&[0, 5, 10]), [], "the span's end is beyond it");
        assert_eq!(of(&[0, 5, 9]), [run(0, 3, 3)]);
        assert_eq!(of(&[0, 1, 2, 3, 11, 12, 30, 50, 51, 52]), [run(0, 6, 4), run(7, 10, 3)]);
    }

    #[test]
    fn a_list_that_grows_has_the_same_runs() {
        let marks: Vec<Millis> = (0..200).map(|n| n * 3 + (n % 7) * (n % 5)).collect();
        let mut marks: Vec<Millis> = marks.into_iter().map(|at| at + at / 50 * 20).collect();
        marks.sort_unstable();
        let mut growing = Bursts::default();
        for to in 1..=marks.len() {
            growing.look(&marks[..to], |at| *at, CLOSE);
            assert_eq!(growing.runs(), Bursts::of(&marks[..to], |at| *at, CLOSE));
        }
        assert!(growing.runs().len() > 3, "{:?}", growing.runs());
        for late in 1..marks.len() {
            let mut without = marks.clone();
            let mark = without.remove(late);
            let mut growing = Bursts::default();
            growing.look(&without, |at| *at, CLOSE);
            growing.back_to(without.partition_point(|at| *at <= mark - CLOSE.span));
            growing.look(&marks, |at| *at, CLOSE);
            assert_eq!(growing.runs(), Bursts::of(&marks, |at| *at, CLOSE), "{late}");
        }
    }
}
