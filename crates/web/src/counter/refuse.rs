//! Declining to take the dossier in (Mẫu 03).

use crate::Web;
use crate::citizen::field::{Choice, Field, Look, Told};
use crate::kit::error::WebError;
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::kit::session::Staff;
use crate::officer::act_page::{self, ActPage, Frame, Typed};
use crate::officer::desk::Desk;
use crate::officer::parts::Part;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::dossier::command::{RefusalGround, Refuse};
use domain::dossier::{Act, Command};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "counter/refuse.html")]
struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::Refuse;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

/// `GET /ho-so/{id}/refuse`
///
/// # Errors
/// [`WebError::NotFound`] for strangers, [`WebError::Conflict`] when it is not open.
pub async fn get(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    act_page::get::<Page>(&web, &staff, &id, form).await
}

/// `POST /ho-so/{id}/refuse`
///
/// # Errors
/// As [`get`].
pub async fn post(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, WebError> {
    act_page::post::<Page>(&web, &staff, &id, &posted, form, command).await
}

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
