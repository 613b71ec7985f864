//! The arithmetic that ties claims together. A relation that does not hold among the claimed
//! numbers means that they cannot all be true, whatever the record says.

use super::claim::{Claim, written};
use super::measure::{Measure, Unit};
use serde::{Deserialize, Serialize};

/// How the two sides must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ties {
    /// The sum is at most the other side.
    AtMost,
    /// The sum is the other side.
    Equal,
    /// The first of the left is that many percent of the second: the right side says how many.
    Percent,
}

impl Ties {
    /// The name in forms and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Ties::AtMost => "at_most",
            Ties::Equal => "equal",
            Ties::Percent => "percent",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Ties> {
        [Ties::AtMost, Ties::Equal, Ties::Percent].into_iter().find(|ties| ties.name() == name)
    }
}

/// The other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// A claim, by its number.
    Claim(u32),
    /// A number, in hundredths.
    Number(u64),
}

/// A relation between claims, by their numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// The claims on the left.
    pub left: Vec<u32>,
    /// How the sides must stand.
    pub ties: Ties,
    /// The right.
    pub right: Side,
}

/// A relation with numbers in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The relation.
    pub relation: Relation,
    /// The claims it speaks of.
    pub claims: Vec<u32>,
    /// Does it hold?
    pub holds: Holds,
    /// In numbers: `5 + 12 + 41 = 58 > 53`.
    pub sum: String,
}

/// Does a relation hold?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// The numbers can all be true.
    Yes,
    /// They cannot.
    No,
}

/// Every relation that follows from what the measures mean, and those that were declared.
#[must_use]
pub fn relations(claims: &[Claim], declared: &[Relation]) -> Vec<Relation> {
    let mut all: Vec<Relation> = Vec::new();
    for total in claims.iter().filter(|claim| claim.measure == Measure::ProceduresTotal) {
        all.extend(parts_of(total, claims));
        all.extend(online_of(total, claims));
    }
    all.extend(shares(claims));
    all.extend(columns(claims));
    for relation in declared {
        if !all.contains(relation) {
            all.push(relation.clone());
        }
    }
    all
}

/// The relations, judged by the claimed numbers.
#[must_use]
pub fn judged(claims: &[Claim], declared: &[Relation]) -> Vec<Judged> {
    relations(claims, declared).into_iter().filter_map(|relation| judge(relation, claims)).collect()
}

/// No part of the procedures is more than all of them.
fn parts_of(total: &Claim, claims: &[Claim]) -> Vec<Relation> {
    let parts = claims.iter().filter(|claim| {
        claim.measure.is_part_of_procedures() && within(&claim.scope, &total.scope)
    });
    parts.map(|part| at_most(vec![part.no], Side::Claim(total.no))).collect()
}

/// One procedure has one level and belongs to one agency: the online ones add up to no more than
/// all.
fn online_of(total: &Claim, claims: &[Claim]) -> Option<Relation> {
    let mut parts = Vec::new();
    for unit in &total.scope {
        let of = |measure: Measure| {
            claims.iter().find(|claim| {
                claim.measure == measure && claim.scope.as_slice() == std::slice::from_ref(unit)
            })
        };
        match of(Measure::OnlineLevel3And4) {
            Some(both) => parts.push(both.no),
            None => {
                let levels = [of(Measure::OnlineLevel4), of(Measure::OnlineLevel3)];
                parts.extend(levels.into_iter().flatten().map(|claim| claim.no));
            }
        }
    }
    (parts.len() > 1).then(|| at_most(parts, Side::Claim(total.no)))
}

/// A share is at most the whole, and the smallest cut is at most the largest.
fn shares(claims: &[Claim]) -> Vec<Relation> {
    let percents = claims.iter().filter(|claim| claim.measure.unit() == Unit::Percent);
    let mut all: Vec<Relation> =
        percents.map(|claim| at_most(vec![claim.no], Side::Number(10_000))).collect();
    for least in claims.iter().filter(|claim| claim.measure == Measure::TimeCutMin) {
        let most = claims
            .iter()
            .find(|claim| claim.measure == Measure::TimeCutMax && claim.scope == least.scope);
        all.extend(most.map(|most| at_most(vec![least.no], Side::Claim(most.no))));
    }
    all
}

/// The columns of II.06a: (7) = (8) + (9) + (10), (7) ≤ (3); and the early share of the resolved.
fn columns(claims: &[Claim]) -> Vec<Relation> {
    let mut all = Vec::new();
    for whole in claims.iter().filter(|claim| claim.measure == Measure::DossiersResolved) {
        let of = |measure: Measure| {
            let mut theirs = claims.iter();
            theirs.find(|claim| claim.measure == measure && claim.scope == whole.scope)
        };
        let parts = [Measure::ResolvedEarly, Measure::ResolvedOnTime, Measure::ResolvedLate];
        let parts: Vec<u32> = parts.into_iter().filter_map(of).map(|claim| claim.no).collect();
        match parts.len() {
            0 => {}
            3 => {
                all.push(Relation { left: parts, ties: Ties::Equal, right: Side::Claim(whole.no) })
            }
            _ => all.push(at_most(parts, Side::Claim(whole.no))),
        }
        if let Some(handled) = of(Measure::DossiersHandled) {
            all.push(at_most(vec![whole.no], Side::Claim(handled.no)));
        }
    }
    all
}

fn at_most(left: Vec<u32>, right: Side) -> Relation {
    Relation { left, ties: Ties::AtMost, right }
}

fn within(scope: &[String], whole: &[String]) -> bool {
    scope.iter().all(|unit| whole.contains(unit))
}

/// `None` when it names a claim that is not there.
fn judge(relation: Relation, claims: &[Claim]) -> Option<Judged> {
    let value = |no: u32| {
        let claim = claims.iter().find(|claim| claim.no == no)?;
        Some(claim.claimed.hundredths)
    };
    let left: Vec<u64> = relation.left.iter().map(|no| value(*no)).collect::<Option<_>>()?;
    let right = match relation.right {
        Side::Claim(no) => value(no)?,
        Side::Number(number) => number,
    };
    let (holds, sum) = match relation.ties {
        Ties::AtMost if left.iter().sum::<u64>() <= right => (Holds::Yes, told(&left, "≤", right)),
        Ties::AtMost => (Holds::No, told(&left, ">", right)),
        Ties::Equal if left.iter().sum::<u64>() == right => (Holds::Yes, told(&left, "=", right)),
        Ties::Equal => (Holds::No, told(&left, "≠", right)),
        Ties::Percent => share(&left, right)?,
    };
    let mut claims = relation.left.clone();
    if let Side::Claim(no) = relation.right {
        claims.push(no);
    }
    Some(Judged { relation, claims, holds, sum })
}

/// The sum in numbers; an equation says its right side once.
fn told(left: &[u64], sign: &str, right: u64) -> String {
    let terms: Vec<String> = left.iter().map(|term| written(*term)).collect();
    let (terms, right) = (terms.join(" + "), written(right));
    match (left.len(), sign) {
        (1, _) | (_, "=") => format!("{terms} {sign} {right}"),
        _ => format!("{terms} = {} {sign} {right}", written(left.iter().sum())),
    }
}

/// The first is that many percent of the second, as exactly as whole percents say it.
fn share(left: &[u64], right: u64) -> Option<(Holds, String)> {
    let [part, whole] = *left else { return None };
    let is = crate::statistics::Rate { part, whole }.basis_points()?;
    let fits = (is + 50) / 100 == (right + 50) / 100;
    let sign = if fits { "≈" } else { "≠" };
    let text = format!(
        "{} / {} = {} % {sign} {} %",
        written(part),
        written(whole),
        written(is),
        written(right)
    );
    Some((if fits { Holds::Yes } else { Holds::No }, text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspection::claim::Quantity;

    fn claim(no: u32, measure: Measure, scope: &[&str], count: u64) -> Claim {
        let scope = scope.iter().map(|unit| (*unit).to_owned()).collect();
        let claimed = Quantity::count(count);
        let (sentence, reason, readings) = Default::default();
        Claim { no, measure, scope, claimed, sentence, reason, readings }
    }

    /// The seed article: 53 procedures of both, 5 and 12 online in one, 41 in the other.
    #[test]
    fn five_and_twelve_and_forty_one_are_more_than_fifty_three() {
        let mut claims = vec![
            claim(1, Measure::ProceduresAtOneStop, &["a", "b"], 53),
            claim(2, Measure::ProceduresTotal, &["a", "b"], 53),
            claim(3, Measure::OnlineLevel4, &["a"], 5),
            claim(4, Measure::OnlineLevel3, &["a"], 12),
            claim(5, Measure::OnlineLevel3And4, &["b"], 41),
        ];
        let broken = |claims: &[Claim]| -> Vec<String> {
            let all = judged(claims, &[]);
            all.into_iter().filter(|one| one.holds == Holds::No).map(|one| one.sum).collect()
        };
        assert_eq!(broken(&claims), ["5 + 12 + 41 = 58 > 53"]);
        claims[4].claimed = Quantity::count(36);
        assert_eq!(broken(&claims), Vec::<String>::new(), "36 would fit");
        claims[0].claimed = Quantity::count(54);
        assert_eq!(broken(&claims), ["54 > 53"]);
    }

    #[test]
    fn the_columns_of_a_form_add_up_or_are_impossible() {
        let claims = [
            claim(1, Measure::DossiersResolved, &["a"], 10),
            claim(2, Measure::ResolvedEarly, &["a"], 7),
            claim(3, Measure::ResolvedOnTime, &["a"], 2),
            claim(4, Measure::ResolvedLate, &["a"], 2),
            claim(5, Measure::FinishedEarlierShare, &["a"], 101),
        ];
        let declared =
            Relation { left: vec![2, 1], ties: Ties::Percent, right: Side::Number(6_500) };
        let all = judged(&claims, &[declared]);
        let told: Vec<&str> =
            all.iter().filter(|one| one.holds == Holds::No).map(|one| one.sum.as_str()).collect();
        assert_eq!(told, ["101 > 100", "7 + 2 + 2 = 11 ≠ 10", "7 / 10 = 70 % ≠ 65 %"]);
    }
}
