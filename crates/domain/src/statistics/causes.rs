//! Biểu II.07: why dossiers are late. Facts tell whose step took too long; no fact accuses a
//! regulation or a data line, and an unexplained delay stays unexplained.

use super::course::Course;
use super::figure::Figure;
use super::measured::Measured;
use super::period::Window;
use serde::Serialize;

/// The late dossiers of a period by cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Causes {
    /// Late, resolved or in progress.
    pub late: u64,
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

impl Causes {
    /// Counts the late among courses folded up to the window's end. Each has one cause, so the
    /// causes give the sum by construction.
    #[must_use]
    pub fn over<'c>(courses: impl IntoIterator<Item = &'c Course>, window: &Window) -> Causes {
        let (mut consulted_agency, mut own_steps, mut unexplained) = (0, 0, 0);
        for course in courses {
            let late = [Figure::ResolvedLate, Figure::RunningLate];
            if !late.iter().any(|figure| figure.includes(course, window)) {
                continue;
            }
            match (course.consulted_late, course.own_late) {
                (true, _) => consulted_agency += 1,
                (false, true) => own_steps += 1,
                (false, false) => unexplained += 1,
            }
        }
        Causes {
            late: consulted_agency + own_steps + unexplained,
            consulted_agency,
            own_steps,
            unexplained,
            regulation: Measured::NotRecorded,
            system: Measured::NotRecorded,
        }
    }
}
