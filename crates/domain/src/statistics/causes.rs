//! Biểu II.07: why dossiers are late. Facts tell whose step took too long; no fact accuses a
//! regulation or a data line, and an unexplained delay stays unexplained.

use super::course::Course;
use super::figure::Figure;
use super::measured::Measured;
use super::period::Window;
use serde::Serialize;

/// The late dossiers of a period by cause: each has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Causes {
    /// Do cơ quan phối hợp: a consulted agency answered after its limit.
    pub consulted_agency: u64,
    /// Do cán bộ, công chức: no consulted agency was late, a step of the agency itself was.
    pub own_steps: u64,
    /// Nguyên nhân khác: no step was late by itself.
    pub unexplained: u64,
    /// Do quy định của thủ tục: no fact states it.
    pub regulation: Measured<u64>,
    /// Do hệ thống, đường truyền: no fact states it.
    pub system: Measured<u64>,
}

impl Default for Causes {
    fn default() -> Causes {
        Causes {
            consulted_agency: 0,
            own_steps: 0,
            unexplained: 0,
            regulation: Measured::NotRecorded,
            system: Measured::NotRecorded,
        }
    }
}

impl Causes {
    /// The causes of the late among courses folded up to the window's end.
    #[must_use]
    pub fn over<'c>(courses: impl IntoIterator<Item = &'c Course>, window: &Window) -> Causes {
        let mut causes = Causes::default();
        courses.into_iter().for_each(|course| causes.add(course, window));
        causes
    }

    /// One course more: late, resolved or in progress, or not counted.
    pub fn add(&mut self, course: &Course, window: &Window) {
        let late = [Figure::ResolvedLate, Figure::RunningLate];
        if !late.iter().any(|figure| figure.includes(course, window)) {
            return;
        }
        match (course.consulted_late, course.own_late) {
            (true, _) => self.consulted_agency += 1,
            (false, true) => self.own_steps += 1,
            (false, false) => self.unexplained += 1,
        }
    }

    /// The late of others too.
    pub fn merge(&mut self, other: &Causes) {
        self.consulted_agency += other.consulted_agency;
        self.own_steps += other.own_steps;
        self.unexplained += other.unexplained;
    }

    /// Late, for whatever cause.
    #[must_use]
    pub const fn late(&self) -> u64 {
        self.consulted_agency + self.own_steps + self.unexplained
    }
}
