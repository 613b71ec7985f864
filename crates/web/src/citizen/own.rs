//! What the pages of one's own dossier share: finding it, its head, the answers to an act.

use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t};
use crate::kit::session::Visitor;
use crate::kit::words;
use axum::http::StatusCode;
use domain::dossier::{Dossier, Problem, Refusal, Stage};
use domain::permission::may;
use office::ActError;
use office::accounts::SignedIn;
use std::sync::Arc;

/// The bar that says which dossier this is.
pub(crate) struct Identity {
    pub(crate) id: String,
    pub(crate) code: String,
    pub(crate) procedure: String,
    pub(crate) agency: String,
    pub(crate) stage: String,
}

impl Identity {
    /// Of a dossier.
    pub(crate) fn of(web: &Web, lang: Language, id: &str, dossier: &Dossier) -> Identity {
        let submitted = &dossier.submitted;
        let procedure = web.office.catalogue.procedure(&submitted.procedure);
        Identity {
            id: id.to_owned(),
            code: dossier.code.clone().unwrap_or_else(|| t(lang, "dossier-no-code")),
            procedure: procedure
                .map_or_else(|| submitted.procedure.clone(), |known| known.name.clone()),
            agency: place(web, &submitted.agency),
            stage: t(lang, &format!("stage-{}", dossier.stage.name())),
        }
    }
}

/// The name of a unit, or of a division with its unit.
pub(crate) fn place(web: &Web, id: &str) -> String {
    let organisation = &web.office.catalogue.organisation;
    if let Some(unit) = organisation.unit(id) {
        return unit.name.clone();
    }
    let Some(division) = organisation.division(id) else { return id.to_owned() };
    match organisation.unit(&division.unit) {
        Some(unit) => format!("{}, {}", division.name, unit.name),
        None => division.name.clone(),
    }
}

/// Who must do something now.
pub(crate) fn holder(web: &Web, lang: Language, dossier: &Dossier) -> Option<String> {
    match dossier.stage {
        Stage::AwaitingSupplement { .. } | Stage::AwaitingPayment { .. } => {
            Some(t(lang, "dossier-held-by-you"))
        }
        _ => dossier.held_by().map(|(held, _)| place(web, held)),
    }
}

/// An id as the office gives them; anything else is not asked of the database.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The dossier on which this citizen may do an act now.
pub(crate) async fn open_for(
    web: &Web,
    visitor: &Visitor,
    who: &SignedIn,
    id: &str,
    act: domain::dossier::Act,
) -> Result<Arc<Dossier>, WebError> {
    let dossier = state(web, visitor, who, id).await?;
    if may(&who.actor, act, &dossier) { Ok(dossier) } else { Err(WebError::Conflict(visitor.lang)) }
}

/// The citizen's own dossier.
pub(crate) async fn state(
    web: &Web,
    visitor: &Visitor,
    who: &SignedIn,
    id: &str,
) -> Result<Arc<Dossier>, WebError> {
    if !is_id(id) {
        return Err(WebError::not_found(visitor));
    }
    let state = web.office.state(&who.actor, id).await;
    state.map_err(|error| WebError::from_act(error, visitor.lang))
}

/// A refused act as the page tells it: status, problems in place, sentence above.
pub(crate) fn refused(
    lang: Language,
    error: ActError,
) -> Result<(StatusCode, Vec<Problem>, Option<String>), WebError> {
    match error {
        ActError::Refused(Refusal::Invalid(problems)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, problems, None))
        }
        ActError::Refused(refusal) if !matches!(refusal, Refusal::NotOpen(_)) => {
            let sentence = words::refusal(lang, &refusal);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Vec::new(), Some(sentence)))
        }
        other => Err(WebError::from_act(other, lang)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ids_are_looked_up() {
        assert!(is_id("0123456789abcdef0123456789abcdef"));
        assert!(!is_id("0123456789abcdef0123456789abcde"));
        assert!(!is_id("0123456789abcdef0123456789abcde\0"));
        assert!(!is_id("H60.30-261124-0001"));
    }
}
