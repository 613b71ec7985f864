//! Members of a delegation look at dossiers: only of the agencies they inspect, only within the
//! period, and every look is written down for the agency to see. So are looks at the inspection's
//! files, which all may see who may see it.

use super::fault;
use crate::error::ActError;
use crate::office::Office;
use crate::view::DossierView;
use domain::dossier::Actor;
use domain::dossier::event::FileRef;
use domain::inspection::permission::may_read;
use domain::time::{Instant, from_millis};
use storage::LookedAt;

/// A dossier as a member sees it.
pub struct Read {
    /// The dossier, with no act open.
    pub view: DossierView,
}

/// Somebody looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Instant,
    /// The official's name.
    pub by: String,
    /// At what.
    pub what: Looked,
}

/// What somebody looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Looked {
    /// A dossier: its code, or its id before it had one.
    Dossier(String),
    /// A file of the inspection: its name.
    File(String),
}

impl Office {
    /// A dossier, read through an inspection.
    ///
    /// # Errors
    /// [`ActError::NotFound`] when the inspection does not give this actor the right to it now.
    pub async fn inspected_dossier(
        &self,
        actor: &Actor,
        code: &str,
        id: &str,
    ) -> Result<Read, ActError> {
        self.admit(actor, code, id).await?;
        let view = self.dossier(&Actor::System, id).await?;
        Ok(Read { view: DossierView { open: Vec::new(), ..view } })
    }

    /// Its receipt.
    ///
    /// # Errors
    /// As [`Office::inspected_dossier`], and before reception.
    pub async fn inspected_receipt(
        &self,
        actor: &Actor,
        code: &str,
        id: &str,
    ) -> Result<Vec<u8>, ActError> {
        self.admit(actor, code, id).await?;
        self.receipt_pdf(&Actor::System, id).await
    }

    /// Its result.
    ///
    /// # Errors
    /// As [`Office::inspected_dossier`], and before the result is issued.
    pub async fn inspected_result(
        &self,
        actor: &Actor,
        code: &str,
        id: &str,
    ) -> Result<Vec<u8>, ActError> {
        self.admit(actor, code, id).await?;
        self.result_pdf(&Actor::System, id).await
    }

    /// May this actor look, and is it written down? In this order: who may not leaves no trace of a
    /// look.
    async fn admit(&self, actor: &Actor, code: &str, id: &str) -> Result<(), ActError> {
        let of = self.load_inspection(code).await?;
        let dossier = self.state(&Actor::System, id).await?;
        let Actor::Official { id: official, .. } = actor else { return Err(ActError::NotFound) };
        if !may_read(actor, &of, &dossier, self.clock.now()) {
            return Err(ActError::NotFound);
        }
        self.log(official, "inspection_read", Some(id), code).await
    }

    /// A file of the inspection by its hash (hexadecimal), for all who may see the inspection. The
    /// look is written down.
    ///
    /// # Errors
    /// [`ActError::NotFound`] when the actor may not see it and when no fact names such a file.
    pub async fn inspection_file(
        &self,
        actor: &Actor,
        code: &str,
        hash: &str,
    ) -> Result<(FileRef, Vec<u8>), ActError> {
        let view = self.inspection(actor, code).await?;
        let file = view.inspection.file(hash).cloned().ok_or(ActError::NotFound)?;
        let Actor::Official { id: official, .. } = actor else { return Err(ActError::NotFound) };
        self.log(official, "inspection_file", None, &format!("{code} {hash}")).await?;
        let bytes = self.kept_file(&file).await?;
        Ok((file, bytes))
    }

    /// Who looked at which dossiers and files of the inspection, newest first; for all who may see
    /// it.
    ///
    /// # Errors
    /// [`ActError::NotFound`] when the actor may not see the inspection.
    pub async fn looks(&self, actor: &Actor, code: &str) -> Result<Vec<Look>, ActError> {
        let of = self.inspection(actor, code).await?.inspection;
        let rows = self.store.inspection_readings(code).await.map_err(fault("read audit"))?;
        let mut looks = Vec::new();
        for row in rows {
            let official = self.catalogue.organisation.official(&row.official);
            let what = match row.what {
                LookedAt::Dossier(id) => {
                    let dossier = self.store.dossier(&id).await.map_err(fault("read dossier"))?;
                    Looked::Dossier(dossier.and_then(|known| known.code).unwrap_or(id))
                }
                LookedAt::File(hash) => {
                    let file = of.file(&hash);
                    Looked::File(file.map_or(hash.clone(), |file| file.name.clone()))
                }
            };
            looks.push(Look {
                at: from_millis(row.at),
                by: official.map_or_else(|| row.official.clone(), |known| known.name.clone()),
                what,
            });
        }
        Ok(looks)
    }
}
