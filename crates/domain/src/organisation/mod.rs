//! Agencies, divisions, officials: effective-dated, with predecessors and successors.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Positions (NĐ 61/2018; `03-life-cycle.md` §3.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "docs/glossary.md")]
pub enum Position {
    AgencyLeader,
    UnitLeader,
    Officer,
    SealClerk,
    CounterOfficer,
    CouncilSecretary,
    Controller,
    Inspector,
    Admin,
}

impl Position {
    /// All positions.
    pub const ALL: [Position; 9] = [
        Position::AgencyLeader,
        Position::UnitLeader,
        Position::Officer,
        Position::SealClerk,
        Position::CounterOfficer,
        Position::CouncilSecretary,
        Position::Controller,
        Position::Inspector,
        Position::Admin,
    ];

    /// The name in read models, the API's `role` and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Position::AgencyLeader => "agency_leader",
            Position::UnitLeader => "unit_leader",
            Position::Officer => "officer",
            Position::SealClerk => "seal_clerk",
            Position::CounterOfficer => "counter_officer",
            Position::CouncilSecretary => "council_secretary",
            Position::Controller => "controller",
            Position::Inspector => "inspector",
            Position::Admin => "admin",
        }
    }

    /// The position of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Position> {
        Position::ALL.into_iter().find(|position| position.name() == name)
    }
}

/// The level of administration that reports are grouped by (II.06a, column 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Tỉnh.
    Province,
    /// Huyện, until 30/06/2025.
    District,
    /// Xã.
    Commune,
}

impl Level {
    /// The name in reports and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Level::Province => "province",
            Level::District => "district",
            Level::Commune => "commune",
        }
    }
}

/// An agency or one-stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "documented field by field in catalogue/README.md")]
pub struct Unit {
    pub id: String,
    pub era: String,
    pub kind: String,
    pub name: String,
    pub short_name: Option<String>,
    pub code: Option<String>,
    pub code_scheme: Option<String>,
    pub code_status: Option<String>,
    pub parent: Option<String>,
    #[serde(default)]
    pub predecessors: Vec<String>,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    pub status: Option<String>,
    pub note: Option<String>,
}

/// A division of an agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "documented field by field in catalogue/README.md")]
pub struct Division {
    pub id: String,
    pub unit: String,
    pub name: String,
    #[serde(default)]
    pub functions: Vec<String>,
    #[serde(default)]
    pub predecessors: Vec<String>,
    pub status: Option<String>,
    pub note: Option<String>,
}

/// A role that processes name and places fill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "documented field by field in catalogue/README.md")]
pub struct UnitRole {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub candidates: Vec<String>,
}

/// An official.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "documented field by field in catalogue/README.md")]
pub struct Official {
    pub id: String,
    pub name: String,
    pub unit: String,
    pub division: Option<String>,
    pub position: Position,
    pub title: String,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    #[serde(default)]
    pub demo: bool,
}

impl Official {
    /// In office on that day?
    #[must_use]
    pub fn serves(&self, day: Date) -> bool {
        within(self.valid_from, self.valid_to, day)
    }
}

impl Unit {
    /// Its level of administration.
    #[must_use]
    pub fn level(&self) -> Level {
        match self.kind.as_str() {
            "UBND_XA" | "BPMC_XA" => Level::Commune,
            "UBND_HUYEN" => Level::District,
            _ => Level::Province,
        }
    }

    /// Exists on that day?
    #[must_use]
    pub fn exists(&self, day: Date) -> bool {
        within(self.valid_from, self.valid_to, day)
    }
}

fn within(from: Option<Date>, to: Option<Date>, day: Date) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}

/// The whole organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "documented field by field in catalogue/README.md")]
pub struct Organisation {
    #[serde(default)]
    pub units: Vec<Unit>,
    #[serde(default)]
    pub divisions: Vec<Division>,
    #[serde(default)]
    pub unit_roles: Vec<UnitRole>,
    #[serde(default)]
    pub officials: Vec<Official>,
}

/// Kinds of units that are one-stops.
const ONE_STOPS: [&str; 2] = ["TTPVHCC", "BPMC_XA"];

impl Organisation {
    /// The unit of that id.
    #[must_use]
    pub fn unit(&self, id: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }

    /// The division of that id.
    #[must_use]
    pub fn division(&self, id: &str) -> Option<&Division> {
        self.divisions.iter().find(|division| division.id == id)
    }

    /// The official of that id.
    #[must_use]
    pub fn official(&self, id: &str) -> Option<&Official> {
        self.officials.iter().find(|official| official.id == id)
    }

    /// The agencies of a kind that exist on a day.
    pub fn agencies_of_kind<'o>(
        &'o self,
        kind: &'o str,
        day: Date,
    ) -> impl Iterator<Item = &'o Unit> {
        self.units.iter().filter(move |unit| unit.kind == kind && unit.exists(day))
    }

    /// The officials of a position at a place on a day.
    pub fn officials_at<'o>(
        &'o self,
        place: &'o str,
        position: Position,
        day: Date,
    ) -> impl Iterator<Item = &'o Official> {
        self.officials.iter().filter(move |official| {
            official.position == position
                && official.serves(day)
                && (official.unit == place || official.division.as_deref() == Some(place))
        })
    }

    /// The agency's identifier in dossier codes; the unit id when none is known.
    #[must_use]
    pub fn code_of<'o>(&'o self, agency: &'o str) -> &'o str {
        self.unit(agency).and_then(|unit| unit.code.as_deref()).unwrap_or(agency)
    }

    /// The one-stop that takes in dossiers for an agency: the agency's own, else the province's of
    /// the same era.
    #[must_use]
    pub fn one_stop_of(&self, agency: &str) -> Option<&str> {
        let unit = self.unit(agency)?;
        let own = self.units.iter().find(|other| {
            ONE_STOPS.contains(&other.kind.as_str()) && other.parent.as_deref() == Some(agency)
        });
        let provincial = || {
            self.units.iter().find(|other| {
                other.kind == "TTPVHCC"
                    && other.era == unit.era
                    && other.parent.as_deref().and_then(|id| self.unit(id)).is_some_and(|parent| {
                        parent.kind == "VAN_PHONG_UBND" || parent.kind == "UBND_TINH"
                    })
            })
        };
        own.or_else(provincial).map(|unit| unit.id.as_str())
    }

    /// The place (unit or division) that plays a process role for a dossier of an agency: the
    /// assigned division if it is a candidate, else the first candidate that belongs to the agency,
    /// else the first of the same era.
    #[must_use]
    pub fn place_of(&self, role: &str, agency: &str, assigned: Option<&str>) -> Option<&str> {
        let role = self.unit_roles.iter().find(|known| known.id == role)?;
        let belongs = |place: &&String| {
            place.as_str() == agency
                || self.division(place).is_some_and(|division| division.unit == agency)
                || self.unit(place).is_some_and(|unit| unit.parent.as_deref() == Some(agency))
        };
        let era = self.unit(agency).map(|unit| unit.era.as_str());
        let same_era = |place: &&String| {
            let unit = self.division(place).map_or(place.as_str(), |division| &division.unit);
            self.unit(unit).map(|unit| unit.era.as_str()) == era
        };
        let chosen = role
            .candidates
            .iter()
            .find(|place| Some(place.as_str()) == assigned && belongs(place))
            .or_else(|| role.candidates.iter().find(belongs))
            .or_else(|| role.candidates.iter().find(|place| Some(place.as_str()) == assigned))
            .or_else(|| role.candidates.iter().find(same_era));
        chosen.map(String::as_str)
    }
}
