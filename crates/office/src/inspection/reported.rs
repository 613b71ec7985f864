//! What agencies claimed in inspections, for the detector of numbers that differ (D12).

use super::fault;
use crate::error::ActError;
use crate::office::Office;
use domain::detectors::reported;
use domain::inspection::measure::Unit;
use domain::inspection::{Claim, Inspection, Verdict, event::Reported};
use domain::statistics::Window;

impl Office {
    /// The numbers claimed about an agency, or (`None`) about any, in reports of a window, each
    /// beside the record's of that instant. An agency's own report speaks for it; what a delegation
    /// cites counts for an agency where it is about that one alone. A claim that agrees as exactly
    /// as it was written has the record's number in both places; what the record cannot tell is
    /// left out. Counts are whole numbers, percents hundredths of one, as the figure's name says.
    ///
    /// # Errors
    /// [`ActError::Fault`] when the database cannot answer.
    pub async fn claims_reported(
        &self,
        agency: Option<&str>,
        window: &Window,
    ) -> Result<Vec<reported::Claim>, ActError> {
        let mut claims = Vec::new();
        for code in self.store.inspection_codes().await.map_err(fault("read codes"))? {
            let of = self.load_inspection(&code).await?;
            claims.extend(reported_in(&of, window));
        }
        claims.retain(|claim| agency.is_none_or(|agency| claim.agency == agency));
        claims.sort_by(|a, b| (a.at, &a.agency, &a.figure).cmp(&(b.at, &b.agency, &b.figure)));
        Ok(claims)
    }
}

fn reported_in(of: &Inspection, window: &Window) -> Vec<reported::Claim> {
    let mut claims = Vec::new();
    for report in of.reports.iter().filter(|report| window.holds(report.at)) {
        for claim in &report.what.claims {
            let Some(agency) = speaks_of(&report.what, claim) else { continue };
            let Some((claimed, counted)) = numbers(claim) else { continue };
            let figure = match claim.measure.unit() {
                Unit::Percent => format!("{} (1/100 %)", claim.measure.name()),
                Unit::Procedure | Unit::Dossier => claim.measure.name().to_owned(),
            };
            claims.push(reported::Claim { agency, at: report.at, figure, claimed, counted });
        }
    }
    claims
}

/// The agency whose number it is; none for numbers of several together that a delegation cites.
fn speaks_of(report: &Reported, claim: &Claim) -> Option<String> {
    match (report.unit.as_str(), claim.scope.as_slice()) {
        ("", [only]) => Some(only.clone()),
        ("", _) => None,
        (unit, _) => Some(unit.to_owned()),
    }
}

/// What was claimed, and the record's number.
fn numbers(claim: &Claim) -> Option<(i64, i64)> {
    let shown = |hundredths: u64| {
        let whole = match claim.measure.unit() {
            Unit::Percent => hundredths,
            Unit::Procedure | Unit::Dossier => hundredths / 100,
        };
        i64::try_from(whole).unwrap_or(i64::MAX)
    };
    let counted = shown(claim.readings.first()?.hundredths?);
    match claim.verdict() {
        Verdict::Confirmed => Some((counted, counted)),
        Verdict::Different(_) => Some((shown(claim.claimed.hundredths), counted)),
        Verdict::NotRecorded => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::dossier::By;
    use domain::inspection::command::{Form, Plan};
    use domain::inspection::event::{Basis, Event};
    use domain::inspection::{Fact, Measure, Quantity, Reading};
    use domain::time::{Instant, from_millis};
    use jiff::civil::date;

    fn at(minute: i64) -> Instant {
        from_millis(minute * 60_000)
    }

    fn claim(measure: Measure, scope: &[&str], claimed: &str, counted: Option<u64>) -> Claim {
        let scope: Vec<String> = scope.iter().map(|unit| (*unit).to_owned()).collect();
        let reading = Reading { measure, scope: scope.clone(), hundredths: counted, share: None };
        let claimed = Quantity::read(claimed).unwrap();
        let (sentence, reason) = Default::default();
        Claim { no: 1, measure, scope, claimed, sentence, reason, readings: vec![reading] }
    }

    fn fact(minute: i64, event: Event) -> Fact {
        Fact { at: at(minute), by: By::System, event }
    }

    fn report(minute: i64, unit: &str, claims: Vec<Claim>) -> Fact {
        let basis = Basis { as_of: at(minute), size: 1, root: String::new() };
        let (unit, source) = (unit.to_owned(), String::new());
        let (relations, answers) = Default::default();
        let (listed, files) = Default::default();
        let report = Reported { unit, source, claims, relations, answers, listed, files, basis };
        fact(minute, Event::Reported(report))
    }

    #[test]
    fn claims_are_those_of_the_agency_in_the_window_with_the_records_number() {
        let plan = Plan {
            year: 2018,
            month: 11,
            number: String::new(),
            form: Form::Announced,
            units: vec!["A".into(), "B".into()],
            from: date(2018, 6, 1),
            to: date(2018, 11, 1),
            purpose: String::new(),
        };
        let own = vec![
            claim(Measure::OnlineLevel3, &["A"], "12", Some(1_100)),
            claim(Measure::FinishedEarlierShare, &["A"], "65 %", Some(6_470)),
            claim(Measure::TimeCutMin, &["A"], "33 %", Some(2_000)),
            claim(Measure::TimeCutMax, &["A"], "70 %", None),
        ];
        let cited = vec![
            claim(Measure::OnlineLevel4, &["B"], "41", Some(4_000)),
            claim(Measure::ProceduresTotal, &["A", "B"], "53", Some(5_000)),
        ];
        let late = vec![claim(Measure::OnlineLevel4, &["A"], "5", Some(400))];
        let facts = [
            fact(0, Event::Planned(plan)),
            report(1, "A", own),
            report(2, "", cited),
            report(9, "A", late),
        ];
        let of = Inspection::replay(&facts).unwrap();
        let found = reported_in(&of, &Window { opens: at(1), end: at(5) });
        let told: Vec<(&str, &str, i64, i64)> = found
            .iter()
            .map(|c| (c.agency.as_str(), c.figure.as_str(), c.claimed, c.counted))
            .collect();
        assert_eq!(
            told,
            [
                ("A", "online_level_3", 12, 11),
                ("A", "finished_earlier_share (1/100 %)", 6_470, 6_470),
                ("A", "time_cut_min (1/100 %)", 3_300, 2_000),
                ("B", "online_level_4", 41, 40),
            ]
        );
    }
}
