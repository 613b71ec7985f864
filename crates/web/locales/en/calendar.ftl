# The working calendar: a year, entering a decision, proposals to correct due dates.
nav-calendar = Calendar
calendar-title = Working calendar of { $year }
calendar-year = { $year }
calendar-years = Years
calendar-lead = Due dates are counted by this calendar. Every day that differs names its document.
calendar-not-entered = The holidays of { $year } are not entered. No due date is computed in { $year } until there is a decision.
calendar-proposal = Expected holidays of { $year }
calendar-proposal-lead = Computed from the Labour Code and the lunar calendar, for reference only: nothing is a day off until the authority's document is entered.
calendar-proposal-note = The days below are expected for { $year }. Compare them with the document and correct them.
calendar-enter = Enter a decision on days off and make-up work
calendar-enter-year = Enter the holidays of { $year }
calendar-entered-now = The decision was entered. Dates that were promised have not changed.
calendar-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
calendar-days = Days that differ
calendar-day = Date
calendar-day-number = Day { $number }
calendar-kind = Kind
calendar-name = Name
calendar-basis = Document
calendar-basis-none = No document number yet
calendar-sessions = Working hours
calendar-week-off = Weekly day off
calendar-legend-moved = Compensatory or swapped day off
calendar-decisions = Decisions entered
calendar-decisions-none = No decision was entered beyond the catalogue.
calendar-decision-days = { $days ->
    [one] 1 day
   *[other] { $days } days
}
calendar-decision-entered = Entered
calendar-by-command = the server's administrator
calendar-proposals-link = Dossiers whose due date rests on an older calendar
calendar-back = Back to the calendar
calendar-kind-holiday = Public holiday
calendar-kind-comp_off = Compensatory day off
calendar-kind-swapped_off = Swapped day off
calendar-kind-makeup_work = Make-up work
calendar-kind-local_closure = Closed by local decision
calendar-kind-undecided = Not decided
calendar-kind-ordinary = Ordinary day (drops an earlier entry)
calendar-status-confirmed = Checked
calendar-status-decided = Entered by decision
calendar-status-law = By law
calendar-status-memory = From memory, to be checked
calendar-status-to_be_decided = Waiting for a decision
calendar-status-proposed = Expected
calendar-decision-title = Enter a decision on days off and make-up work
calendar-decision-lead = Enter it as on the document. The next step shows which dossiers it would touch; nothing changes before you enter it.
calendar-number = Number of the document
calendar-number-hint = For example: 9441/TB-BNV
calendar-issuer = Issued by
calendar-issuer-hint = For example: Bộ Nội vụ
calendar-issued-on = Date of the document
calendar-issued-on-hint = For example: 16/10/2025
calendar-whole-year = Completes the year
calendar-whole-year-hint = Give the year if its calendar is complete with this document. Leave empty if it only changes some days.
calendar-year-unreadable = Give the year with four digits, for example 2028.
calendar-days-hint = Write dates like 26/1/2028. Empty lines are ignored.
calendar-more-days = More lines
calendar-preview = Preview
calendar-preview-title = Preview of the decision
calendar-preview-year = The calendar of { $year } will count as complete; due dates will be computed in it.
calendar-preview-days = Days that change
calendar-preview-no-days = No day changes.
calendar-preview-touched = Dossiers it touches
calendar-preview-none = No running dossier's due date has to be looked at again.
calendar-preview-lead = { $count ->
    [one] One running dossier
   *[other] { $count } running dossiers
} will get a proposal for another due date. What was promised stands until an authorised person accepts it, dossier by dossier.
calendar-enter-now = Enter the decision
calendar-edit = Edit
calendar-problem-empty = Enter at least one day, or the year that is complete.
calendar-problem-twice = { $date } stands twice. Remove one line.
calendar-problem-other-year = { $date } is not in the year being entered. Correct the date or leave the year empty.
calendar-problem-nameless = Give { $date } a name, for example: storm.
calendar-problem-worked-anyway = { $date } is a working day already, so it cannot be made up. Correct the date or the kind.
calendar-problem-too-few = { $year } would have { $days } days off, fewer than the law gives. Enter all public holidays.
due-proposals-title = Proposals for due dates
due-proposals-lead = The calendar changed after these dossiers were given a date. The printed date stands until the head of the agency accepts each proposal.
due-proposals-none = No proposals. Every due date agrees with the calendar in force.
due-promised = Promised
due-would-be = By the calendar in force
due-accept = Look and accept
weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday
weekday-short-0 = Mo
weekday-short-1 = Tu
weekday-short-2 = We
weekday-short-3 = Th
weekday-short-4 = Fr
weekday-short-5 = Sa
weekday-short-6 = Su
