//! What this counter takes in: the procedures of the agencies that it serves.

use crate::Web;
use domain::dossier::Actor;
use domain::organisation::{Position, Unit};
use domain::procedure::{ChannelKind, Procedure};
use domain::time::local;
use jiff::civil::Date;

/// Does this official sit at a counter?
pub(crate) fn is_counter(actor: &Actor) -> bool {
    actor.position() == Some(Position::CounterOfficer)
}

/// Today at the counter.
pub(super) fn today(web: &Web) -> Date {
    local(web.office.clock.now()).date()
}

/// The agencies that decide this procedure and whose one-stop the official works at.
pub(super) fn agencies<'w>(web: &'w Web, actor: &Actor, procedure: &'w Procedure) -> Vec<&'w Unit> {
    let organisation = &web.office.catalogue.organisation;
    let here = |unit: &&Unit| {
        organisation.one_stop_of(&unit.id).is_some_and(|one_stop| actor.works_at(one_stop))
    };
    organisation.agencies_of_kind(&procedure.agency_kind, today(web)).filter(here).collect()
}

/// Can it be filed on paper today?
pub(super) fn is_offered(procedure: &Procedure, today: Date) -> bool {
    procedure.offers(today) && !channels(procedure).is_empty()
}

/// The ways of filing on paper that the procedure knows.
pub(super) fn channels(procedure: &Procedure) -> Vec<&'static str> {
    let ways = [(ChannelKind::Counter, "counter"), (ChannelKind::Post, "post")];
    let open = |(kind, _): &(ChannelKind, &str)| procedure.accepts_channel(*kind);
    ways.into_iter().filter(open).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use office::catalogue::Catalogue;

    #[test]
    fn the_counter_takes_what_may_come_on_paper() {
        let catalogue = Catalogue::embedded().unwrap();
        let today = date(2026, 11, 24);
        let permit = catalogue.procedure("A2.XA.R2026").unwrap();
        assert!(channels(permit).contains(&"counter"));
        assert!(is_offered(permit, today));
        assert!(!is_offered(permit, date(2018, 11, 16)));
        for procedure in catalogue.procedures.values() {
            assert!(channels(procedure).iter().all(|way| ["counter", "post"].contains(way)));
        }
    }
}
