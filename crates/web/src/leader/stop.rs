//! Stopping a dossier on a ground of law (Mẫu 05).

use crate::citizen::field::{Choice, Field, Look, Told};
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::officer::act_page::{self, ActForm, ActPage, Frame, Typed};
use crate::officer::desk::Desk;
use crate::officer::parts::Part;
use askama::Template;
use domain::dossier::command::Stop;
use domain::dossier::event::StopGround;
use domain::dossier::{Act, Command, proposed_stop};

#[derive(Template)]
#[template(path = "leader/stop.html")]
pub(crate) struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::Stop;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

impl ActForm for Page {
    fn form(desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told) -> Vec<Part> {
        let proposed = proposed_stop(desk.dossier, desk.now());
        let choice = |ground: &StopGround| {
            Choice::new(ground.name(), desk.t(&format!("stop-{}", ground.name())))
        };
        let ground = Field::new("ground", desk.t("staff-stop-ground"))
            .look(Look::Radios(StopGround::ALL.iter().map(choice).collect()))
            .required(true)
            .value(typed.or("ground", proposed.map_or("", StopGround::name)))
            .told(told);
        let reason = act_page::lines(desk, ("reason", "staff-stop-reason"), 4, typed, told)
            .hint(desk.t("staff-stop-reason-hint"))
            .required(true);
        let basis = Field::new("legal_basis", desk.t("staff-legal-basis"))
            .hint(desk.t("staff-legal-basis-hint"))
            .required(true)
            .value(typed.text("legal_basis"))
            .told(told);
        let proposal = proposed
            .map(|ground| Part::Warning(desk.t(&format!("staff-stop-proposed-{}", ground.name()))));
        let warning = Part::Warning(desk.t("staff-stop-warning"));
        let fields = [ground, reason, basis].map(Part::Field);
        proposal.into_iter().chain([warning]).chain(fields).collect()
    }

    fn command(desk: &Desk<'_>, posted: &Posted) -> Result<Command, Told> {
        let named = posted.text("ground");
        let Some(ground) = StopGround::ALL.into_iter().find(|ground| ground.name() == named) else {
            let mut told = Told::default();
            told.say("ground", desk.t("staff-ground-missing"));
            return Err(told);
        };
        Ok(Command::Stop(Stop {
            ground,
            reason: posted.text("reason").to_owned(),
            legal_basis: posted.text("legal_basis").to_owned(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::i18n::{Language, t};

    #[test]
    fn every_ground_has_its_words() {
        for ground in StopGround::ALL {
            for lang in Language::ALL {
                assert!(!t(lang, &format!("stop-{}", ground.name())).starts_with('['));
            }
        }
    }
}
