//! Declining to take the dossier in (Mẫu 03).

use crate::citizen::field::{Choice, Field, Look, Told};
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::officer::act_page::{self, ActForm, ActPage, Frame, Typed};
use crate::officer::desk::Desk;
use crate::officer::parts::Part;
use askama::Template;
use domain::dossier::command::{RefusalGround, Refuse};
use domain::dossier::{Act, Command};

#[derive(Template)]
#[template(path = "counter/refuse.html")]
pub(crate) struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::Refuse;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

impl ActForm for Page {
    fn form(desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told) -> Vec<Part> {
        let choice = |ground: &RefusalGround| {
            Choice::new(ground.name(), desk.t(&format!("ground-{}", ground.name())))
        };
        let ground = Field::new("ground", desk.t("staff-ground"))
            .look(Look::Radios(RefusalGround::ALL.iter().map(choice).collect()))
            .required(true)
            .value(typed.text("ground"))
            .told(told);
        let reason = act_page::lines(desk, ("reason", "staff-refuse-reason"), 5, typed, told)
            .hint(desk.t("staff-refuse-reason-hint"))
            .required(true);
        let basis = Field::new("legal_basis", desk.t("staff-legal-basis"))
            .hint(desk.t("staff-legal-basis-hint"))
            .required(true)
            .value(typed.text("legal_basis"))
            .told(told);
        let warning = Part::Warning(desk.t("staff-refuse-warning"));
        vec![warning, Part::Field(ground), Part::Field(reason), Part::Field(basis)]
    }

    fn command(desk: &Desk<'_>, posted: &Posted) -> Result<Command, Told> {
        let Some(ground) = ground(posted.text("ground")) else {
            let mut told = Told::default();
            told.say("ground", desk.t("staff-ground-missing"));
            for place in ["reason", "legal_basis"] {
                if posted.text(place).trim().is_empty() {
                    told.say(place, desk.t("reason-missing"));
                }
            }
            return Err(told);
        };
        Ok(Command::Refuse(Refuse {
            ground,
            reason: posted.text("reason").to_owned(),
            legal_basis: posted.text("legal_basis").to_owned(),
        }))
    }
}

/// The ground of that name.
fn ground(name: &str) -> Option<RefusalGround> {
    RefusalGround::ALL.into_iter().find(|ground| ground.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::i18n::{Language, t};

    #[test]
    fn every_ground_has_its_words() {
        for known in RefusalGround::ALL {
            assert_eq!(ground(known.name()), Some(known));
            for lang in Language::ALL {
                assert!(!t(lang, &format!("ground-{}", known.name())).starts_with('['));
            }
        }
        assert_eq!(ground(""), None);
    }
}
