//! Files of an inspection: chosen on the form of an act, listed, and given back as downloads.

use super::Opened;
use super::page::{Block, Cell, Column, Table, shown};
use crate::Web;
use crate::citizen::attachment::download;
use crate::citizen::field::{Complaint, Told, size};
use crate::citizen::own::is_id;
use crate::citizen::upload::refused;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::posted::{Posted, PostedFile};
use crate::kit::session::Staff;
use crate::kit::words::moment;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::dossier::event::FileRef;
use domain::inspection::Act;
use domain::inspection::files::{Belongs, FILES_MAX, Kept};
use std::sync::Arc;

/// Name of the input.
const INPUT: &str = "files";

/// Has the act a place for files?
pub(super) const fn takes_files(act: Act) -> bool {
    matches!(act, Act::Report | Act::Find | Act::Answer | Act::FollowUp)
}

/// The files of a form: chosen now, or taken when it was sent before.
#[derive(Default)]
pub(super) struct Chosen {
    /// Id of the upload, and the file.
    pub(super) kept: Vec<(String, FileRef)>,
    /// What is wrong with those that were not taken.
    pub(super) refused: Option<String>,
}

impl Chosen {
    /// Takes what was chosen and finds what was taken before.
    ///
    /// # Errors
    /// Faults of the database and of the store.
    pub(super) async fn take(
        web: &Web,
        staff: &Staff,
        posted: &mut Posted,
    ) -> Result<Chosen, WebError> {
        let (lang, account) = (staff.visitor.lang, staff.who.account.as_str());
        let fault = |error| WebError::from_act(error, lang);
        let mut chosen = Chosen::default();
        let ids: Vec<String> = posted.all("upload").map(str::to_owned).collect();
        for id in ids.into_iter().take(FILES_MAX) {
            if !is_id(&id) || posted.text(&format!("remove.{id}")) == "1" {
                continue;
            }
            if let Some(file) = web.office.uploaded(account, &id).await.map_err(fault)? {
                chosen.kept.push((id, file));
            }
        }
        let new: Vec<PostedFile> = std::mem::take(&mut posted.files);
        let new: Vec<PostedFile> = new.into_iter().filter(|file| file.field == INPUT).collect();
        if chosen.kept.len() + new.len() > FILES_MAX {
            let most = [("limit", FILES_MAX.to_string())];
            chosen.refused = Some(t_with(lang, "inspect-files-too-many", &most));
            return Ok(chosen);
        }
        let mut wrong = Vec::new();
        for file in new {
            match web.office.take_file(account, &file.name, file.bytes).await.map_err(fault)? {
                Ok(taken) => chosen.kept.push(taken),
                Err(refusal) => wrong.push(format!("{}: {}", file.name, refused(lang, refusal))),
            }
        }
        chosen.refused = (!wrong.is_empty()).then(|| wrong.join(" "));
        Ok(chosen)
    }
}

/// The place for files on a form.
pub(super) struct FileRow {
    pub(super) label: String,
    pub(super) hint: String,
    /// Id of the upload, and "anh.jpg (1,2 MB)".
    pub(super) kept: Vec<(String, String)>,
    pub(super) error: Option<String>,
}

impl FileRow {
    /// With what was taken and what is wrong.
    pub(super) fn new(lang: Language, chosen: &Chosen, told: &Told) -> FileRow {
        let row = |(id, file): &(String, FileRef)| (id.clone(), named(lang, file));
        let most = [("limit", FILES_MAX.to_string())];
        FileRow {
            label: t(lang, "inspect-field-files"),
            hint: format!("{} {}", t(lang, "file-hint"), t_with(lang, "inspect-hint-files", &most)),
            kept: chosen.kept.iter().map(row).collect(),
            error: told.at(INPUT),
        }
    }

    /// The line in the list of problems.
    pub(super) fn summary(&self) -> Option<Complaint> {
        Some(Complaint::new(INPUT, &self.label, self.error.as_ref()?))
    }
}

/// `anh.jpg (1,2 MB)`.
pub(super) fn named(lang: Language, file: &FileRef) -> String {
    format!("{} ({})", file.name, size(lang, file.size_bytes))
}

/// Where a file is.
pub(super) fn address(code: &str, file: &FileRef) -> String {
    format!("/kiem-tra/{code}/tep/{}", file.hash)
}

/// `GET /kiem-tra/{code}/tep`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not know of the inspection.
pub async fn list(opened: Opened) -> Result<Response, WebError> {
    let Opened { web, staff, view } = opened;
    let (lang, code) = (staff.visitor.lang, view.code.clone());
    let row = |kept: &Kept<'_>| {
        vec![
            Cell::new(named(lang, kept.file)).to(address(&code, kept.file)),
            Cell::new(belongs(lang, &kept.belongs)),
            Cell::new(kept.by).below(moment(lang, kept.at)),
            Cell::new(&kept.file.hash),
        ]
    };
    let table = Table {
        caption: t(lang, "inspect-files"),
        columns: vec![
            Column::words(t(lang, "inspect-file")),
            Column::words(t(lang, "inspect-file-of")),
            Column::words(t(lang, "inspect-file-by")),
            Column::words("SHA-256".to_owned()),
        ],
        rows: view.inspection.files().iter().map(row).collect(),
        empty: t(lang, "inspect-no-files"),
    };
    let blocks = vec![Block::Text(t(lang, "inspect-files-lead")), Block::Table(table)];
    let back = Some((format!("/kiem-tra/{code}"), "inspect-back"));
    Ok(shown(&web, &staff, t(lang, "inspect-files"), back, blocks))
}

/// To what a file belongs, in words.
fn belongs(lang: Language, belongs: &Belongs) -> String {
    let (key, no) = match belongs {
        Belongs::Report(no) => ("inspect-file-report", no.to_string()),
        Belongs::Finding(no) => ("inspect-file-finding", no.to_string()),
        Belongs::Answer(no) => ("inspect-file-answer", no.to_string()),
        Belongs::FollowUp(no) => ("inspect-file-follow-up", no.to_string()),
    };
    t_with(lang, key, &[("number", no)])
}

/// `GET /kiem-tra/{code}/tep/{hash}`
///
/// # Errors
/// [`WebError::NotFound`] for those who may not know of the inspection, and for a file that none of
/// its facts names.
pub async fn get(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path((code, hash)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let found = web.office.inspection_file(&staff.who.actor, &code, &hash).await;
    let (file, bytes) = found.map_err(|error| WebError::from_act(error, staff.visitor.lang))?;
    Ok(download(&file.name, &file.media_type, bytes))
}
