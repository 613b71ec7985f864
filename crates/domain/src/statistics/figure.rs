//! One definition for each count.

use super::course::{Course, End, Service};
use super::period::Window;
use crate::dossier::clock::Verdict;
use crate::dossier::event::Channel;

macro_rules! figures {
    ($($(#[$doc:meta])* $figure:ident = $name:literal,)*) => {
        /// A count: the courses for which [`Figure::includes`] says yes. S10 is QĐ 766/2022 and its
        /// guide, S12 the forms in use, both as read in the domain's reports chapter.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Figure { $($(#[$doc])* $figure,)* }

        impl Figure {
            /// Every figure.
            pub const ALL: &'static [Figure] = &[$(Figure::$figure,)*];

            /// The name in reports, exports and translation keys.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Figure::$figure => $name,)* }
            }
        }
    };
}

figures! {
    /// Filed in the period, in whatever way, received or not (II.06a has only the received).
    Filed = "filed",
    /// Filed and not yet received at the end: "chờ tiếp nhận" (07a/BTP).
    Waiting = "waiting",
    /// Of those, within the eight working hours, or without such a limit.
    WaitingInTime = "waiting_in_time",
    /// Of those, beyond it: "chờ tiếp nhận quá hạn" (07a/BTP).
    WaitingLate = "waiting_late",
    /// Received for the first time in the period, later than the eight hours: "chậm tiếp nhận".
    ReceivedLate = "received_late",
    /// Refused at reception in the period: "không được tiếp nhận" (07a/BTP; NĐ 61/2018 Đ17.1.b).
    NotAccepted = "not_accepted",
    /// Taken back or stopped in the period before it was received; in no column of II.06a.
    EndedBeforeReception = "ended_before_reception",

    /// To be settled in the period (II.06a column 3): in hand at its beginning, or taken in hand
    /// in it. A dossier counts once, however often its papers went to and fro.
    Handled = "handled",
    /// Of those, in hand before the period began: "từ kỳ trước" (column 6).
    CarriedOver = "carried_over",
    /// Of those, taken in hand in the period (columns 4 + 5).
    TakenIn = "taken_in",
    /// Of those taken in, filed online (column 4).
    TakenInOnline = "taken_in_online",
    /// Online, and the procedure is offered from filing to result (07a/BTP: toàn trình).
    TakenInFull = "taken_in_full",
    /// Online, and the procedure is offered in parts (07a/BTP: một phần).
    TakenInPartial = "taken_in_partial",
    /// Online in another way (07a/BTP: hình thức khác).
    TakenInOther = "taken_in_other",
    /// Of those taken in, at the counter (within column 5).
    TakenInCounter = "taken_in_counter",
    /// Of those taken in, by public post (within column 5).
    TakenInPost = "taken_in_post",

    /// Handled, and out of the house's hands at the end: "đã giải quyết" (II.06a column 7); waiting
    /// for the applicant, withdrawn and stopped are among them.
    Resolved = "resolved",
    /// Of those, a result issued earlier than promised: "trước hạn" (column 8).
    ResolvedEarly = "resolved_early",
    /// Of those, not late otherwise: "đúng hạn (gồm chờ bổ sung, trả lại, xin rút)" (column 9).
    ResolvedOnTime = "resolved_on_time",
    /// Of those, late by the national indicator: "quá hạn" (column 10; QĐ 766 2.1).
    ResolvedLate = "resolved_late",
    /// Resolved, neither withdrawn nor stopped: "đã giải quyết" where these are columns of their
    /// own (07a/BTP).
    Settled = "settled",
    /// Of those, earlier than promised.
    SettledEarly = "settled_early",
    /// Of those, on time.
    SettledOnTime = "settled_on_time",
    /// Of those, late, within the date an apology promised: "đã có thư xin lỗi" (07a/BTP).
    SettledLateWithApology = "settled_late_with_apology",
    /// Of those, late without one: "chưa có thư xin lỗi" (07a/BTP).
    SettledLateWithoutApology = "settled_late_without_apology",
    /// Handled, then stopped by the head of the agency: "dừng xử lý" (07a/BTP).
    Stopped = "stopped",
    /// Handled, then taken back by the applicant: "rút" (07a/BTP).
    Withdrawn = "withdrawn",
    /// Handled, and the applicant is waited for at the end: within column 9 of II.06a.
    AwaitingApplicant = "awaiting_applicant",

    /// Handled and in hand at the end: "đang giải quyết" (column 11).
    Running = "running",
    /// Of those, within their time (column 12).
    RunningInTime = "running_in_time",
    /// Of those, beyond it (column 13).
    RunningLate = "running_late",

    /// A result was issued in the period (national status 9, which ends the clock; QĐ 766 2.1).
    Issued = "issued",
    /// Of those, before the promised day.
    IssuedEarly = "issued_early",
    /// Of those, on it.
    IssuedOnTime = "issued_on_time",
    /// Of those, later, or supplements were asked for more than once (QĐ 766 2.1).
    IssuedLate = "issued_late",
    /// Of those issued, later than the law allows, whatever was promised (TT 01/2018 Đ13).
    IssuedBeyondLaw = "issued_beyond_law",
    /// Of those issued, a refusal after appraisal (NĐ 61/2018 Đ19.8).
    Refused = "refused",
    /// The applicant got the result in the period (national status 10).
    Returned = "returned",
    /// Issued in the period after supplements were asked for once.
    SupplementedOnce = "supplemented_once",
    /// Issued in the period after supplements were asked for several times (NĐ 61/2018 Đ11.2.c
    /// allows once).
    SupplementedOften = "supplemented_often",
    /// A payment was confirmed in the period: "thanh toán" (07a/BTP).
    Paid = "paid",
    /// Taken in hand in the period with a paper from a data base (QĐ 766 4.3).
    ReusedData = "reused_data",
}

impl Figure {
    /// Does the figure count this course, folded up to the window's end?
    #[must_use]
    pub fn includes(self, course: &Course, window: &Window) -> bool {
        let seen = Seen { course, window };
        match self {
            Figure::Filed => window.holds(course.filed_at),
            Figure::Waiting | Figure::WaitingInTime | Figure::WaitingLate => seen.waiting(self),
            Figure::ReceivedLate => {
                course.received_at.is_some_and(|at| window.holds(at))
                    && course.reception == Some(Verdict::Late)
            }
            Figure::NotAccepted => seen.ended_as(|end| end == End::NotAccepted),
            Figure::EndedBeforeReception => {
                course.received_at.is_none() && seen.ended_as(|end| end != End::NotAccepted)
            }
            Figure::Handled => seen.handled(),
            Figure::CarriedOver => seen.carried(),
            Figure::TakenIn => seen.taken_in(),
            Figure::TakenInOnline => seen.taken_in() && course.channel == Channel::Online,
            Figure::TakenInFull => seen.taken_in_as(Service::Full),
            Figure::TakenInPartial => seen.taken_in_as(Service::Partial),
            Figure::TakenInOther => seen.taken_in_as(Service::Other),
            Figure::TakenInCounter => seen.taken_in() && course.channel == Channel::Counter,
            Figure::TakenInPost => seen.taken_in() && course.channel == Channel::Post,
            Figure::ReusedData => seen.taken_in() && course.reused_data,
            Figure::Resolved => seen.resolved(),
            Figure::ResolvedEarly => seen.resolved() && seen.judged() == Verdict::Early,
            Figure::ResolvedOnTime => seen.resolved() && seen.judged() == Verdict::OnTime,
            Figure::ResolvedLate => seen.resolved() && seen.judged() == Verdict::Late,
            Figure::Settled => seen.settled(),
            Figure::SettledEarly => seen.settled() && seen.judged() == Verdict::Early,
            Figure::SettledOnTime => seen.settled() && seen.judged() == Verdict::OnTime,
            Figure::SettledLateWithApology => seen.settled_late() && seen.apologised(),
            Figure::SettledLateWithoutApology => seen.settled_late() && !seen.apologised(),
            Figure::Stopped => seen.resolved_as(End::Stopped),
            Figure::Withdrawn => seen.resolved_as(End::Withdrawn),
            Figure::AwaitingApplicant => seen.resolved() && course.end.is_none(),
            Figure::Running => seen.running(),
            Figure::RunningInTime => seen.running() && !course.runs_late,
            Figure::RunningLate => seen.running() && course.runs_late,
            Figure::Issued => seen.issued(),
            Figure::IssuedEarly => seen.issued() && seen.judged() == Verdict::Early,
            Figure::IssuedOnTime => seen.issued() && seen.judged() == Verdict::OnTime,
            Figure::IssuedLate => seen.issued() && seen.judged() == Verdict::Late,
            Figure::IssuedBeyondLaw => seen.issued() && seen.beyond_law(),
            Figure::Refused => seen.ended_as(|end| end == End::Refused),
            Figure::Returned => course.returned_at.is_some_and(|at| window.holds(at)),
            Figure::SupplementedOnce => seen.issued() && course.supplement_rounds == 1,
            Figure::SupplementedOften => seen.issued() && course.supplement_rounds > 1,
            Figure::Paid => course.paid_at.iter().any(|at| window.holds(*at)),
        }
    }
}

/// A course in a window, and the questions that figures share.
struct Seen<'c> {
    course: &'c Course,
    window: &'c Window,
}

impl Seen<'_> {
    fn waiting(&self, figure: Figure) -> bool {
        let late = self.course.reception == Some(Verdict::Late);
        let counts = match figure {
            Figure::WaitingLate => late,
            Figure::WaitingInTime => !late,
            _ => true,
        };
        self.course.received_at.is_none() && self.course.end.is_none() && counts
    }

    fn carried(&self) -> bool {
        self.course.ran_before(self.window.opens)
    }

    fn taken_in(&self) -> bool {
        !self.carried() && self.course.spells.iter().any(|spell| self.window.holds(spell.from))
    }

    fn taken_in_as(&self, service: Service) -> bool {
        self.taken_in() && self.course.channel == Channel::Online && self.course.service == service
    }

    fn handled(&self) -> bool {
        self.carried() || self.taken_in()
    }

    fn running(&self) -> bool {
        self.handled() && self.course.runs()
    }

    fn resolved(&self) -> bool {
        self.handled() && !self.course.runs()
    }

    fn resolved_as(&self, end: End) -> bool {
        self.resolved() && self.course.end.is_some_and(|(_, how)| how == end)
    }

    fn settled(&self) -> bool {
        self.resolved() && !self.resolved_as(End::Withdrawn) && !self.resolved_as(End::Stopped)
    }

    fn settled_late(&self) -> bool {
        self.settled() && self.judged() == Verdict::Late
    }

    fn ended_as(&self, how: impl Fn(End) -> bool) -> bool {
        self.course.end.is_some_and(|(at, end)| self.window.holds(at) && how(end))
    }

    fn issued(&self) -> bool {
        self.course.has_result() && self.ended_as(|_| true)
    }

    /// Early is only what has a result: a withdrawal before the due date is on time.
    fn judged(&self) -> Verdict {
        match self.course.verdicts.map(|verdicts| verdicts.by_indicator) {
            Some(Verdict::Late) => Verdict::Late,
            Some(Verdict::Early) if self.course.has_result() => Verdict::Early,
            Some(Verdict::Early | Verdict::OnTime) | None => Verdict::OnTime,
        }
    }

    fn beyond_law(&self) -> bool {
        self.course.verdicts.is_some_and(|verdicts| verdicts.by_statutory == Verdict::Late)
    }

    fn apologised(&self) -> bool {
        self.course.verdicts.is_some_and(|verdicts| verdicts.late_with_apology)
    }
}
