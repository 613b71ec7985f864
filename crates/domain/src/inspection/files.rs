//! The files of an inspection: evidence of findings, what goes with reports and answers, proofs of
//! what was done. A fact names a file by the hash of its bytes, so nobody exchanges one unseen.

use super::command::Evidence;
use super::state::Inspection;
use crate::dossier::Reason;
use crate::dossier::event::FileRef;
use crate::dossier::refusal::Problems;
use crate::time::Instant;

/// Most files of one act.
pub const FILES_MAX: usize = 6;

/// To what a file belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Belongs {
    /// To a report, by its place among the reports, from 1.
    Report(usize),
    /// To a finding, as evidence.
    Finding(u32),
    /// To the agency's answer to a finding.
    Answer(u32),
    /// To what the agency reported on a recommendation.
    FollowUp(u32),
}

/// A file with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept<'i> {
    /// The file.
    pub file: &'i FileRef,
    /// To what it belongs.
    pub belongs: Belongs,
    /// When it was handed in.
    pub at: Instant,
    /// By whom (name).
    pub by: &'i str,
}

impl Inspection {
    /// Every file that its facts name: reports, findings with their answers, follow-ups.
    #[must_use]
    pub fn files(&self) -> Vec<Kept<'_>> {
        let mut all = Vec::new();
        for (at, report) in self.reports.iter().enumerate() {
            let kept = |file| kept(file, Belongs::Report(at + 1), report.at, &report.by);
            all.extend(report.what.files.iter().map(kept));
        }
        for finding in &self.findings {
            let (no, found) = (finding.no, &finding.found);
            let kept_here = |file| kept(file, Belongs::Finding(no), found.at, &found.by);
            all.extend(of_evidence(&found.what.evidence).map(kept_here));
            if let Some(answer) = &finding.answer {
                let kept = |file| kept(file, Belongs::Answer(no), answer.at, &answer.by);
                all.extend(answer.what.files.iter().map(kept));
            }
        }
        for one in &self.recommendations {
            for report in &one.reports {
                let kept = |file| kept(file, Belongs::FollowUp(one.no), report.at, &report.by);
                all.extend(report.what.files.iter().map(kept));
            }
        }
        all
    }

    /// The file with this hash, if a fact names it.
    #[must_use]
    pub fn file(&self, hash: &str) -> Option<&FileRef> {
        self.files().into_iter().map(|kept| kept.file).find(|file| file.hash == hash)
    }
}

fn kept<'i>(file: &'i FileRef, belongs: Belongs, at: Instant, by: &'i str) -> Kept<'i> {
    Kept { file, belongs, at, by }
}

/// The files among some evidence.
pub fn of_evidence(evidence: &[Evidence]) -> impl Iterator<Item = &FileRef> {
    evidence.iter().filter_map(|one| match one {
        Evidence::File { file } => Some(file),
        Evidence::Claim { .. } | Evidence::Dossier { .. } | Evidence::Seen { .. } => None,
    })
}

/// Not too many, each with the hash by which it is found.
pub(super) fn judge<'f>(files: impl IntoIterator<Item = &'f FileRef>, wrong: &mut Problems) {
    let mut count = 0;
    for file in files {
        count += 1;
        let hash = file.hash.len() == 64 && file.hash.bytes().all(|b| b.is_ascii_hexdigit());
        if !hash {
            wrong.add("files", Reason::Unknown);
        }
    }
    if count > FILES_MAX {
        wrong.add("files", Reason::TooMany(FILES_MAX));
    }
}
