//! Which papers the facts of one dossier give, besides receipt, draft and result.

use domain::dossier::{Dossier, Stage};

/// A paper that the facts of one dossier give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DossierPaper {
    /// Mẫu 02, by the order of the request, from 1.
    SupplementRequest(u32),
    /// Mẫu 03.
    Refusal,
    /// Mẫu 04.
    Apology,
    /// Mẫu 05 of 2025.
    StopNotice,
    /// Mẫu 05 of 2018, Mẫu 06 of 2025; for officials.
    ControlSlip,
    /// Phiếu đánh giá.
    RatingSlip,
    /// The letter that the result is there.
    ResultLetter,
}

const SUPPLEMENT_REQUEST: &str = "yeu-cau-bo-sung-";

impl DossierPaper {
    /// The name in addresses and of the file.
    #[must_use]
    pub fn slug(self) -> String {
        let name = match self {
            DossierPaper::SupplementRequest(n) => return format!("{SUPPLEMENT_REQUEST}{n}"),
            DossierPaper::Refusal => "tu-choi-tiep-nhan",
            DossierPaper::Apology => "xin-loi",
            DossierPaper::StopNotice => "dung-giai-quyet",
            DossierPaper::ControlSlip => "phieu-kiem-soat",
            DossierPaper::RatingSlip => "phieu-danh-gia",
            DossierPaper::ResultLetter => "thong-bao-ket-qua",
        };
        name.to_owned()
    }

    /// The paper of that name.
    #[must_use]
    pub fn of_slug(slug: &str) -> Option<DossierPaper> {
        if let Some(n) = slug.strip_prefix(SUPPLEMENT_REQUEST) {
            return n.parse().ok().map(DossierPaper::SupplementRequest);
        }
        let others = [
            DossierPaper::Refusal,
            DossierPaper::Apology,
            DossierPaper::StopNotice,
            DossierPaper::ControlSlip,
            DossierPaper::RatingSlip,
            DossierPaper::ResultLetter,
        ];
        others.into_iter().find(|paper| paper.slug() == slug)
    }

    /// The end of the keys of its name in the user's language.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            DossierPaper::SupplementRequest(_) => "supplement-request",
            DossierPaper::Refusal => "refusal",
            DossierPaper::Apology => "apology",
            DossierPaper::StopNotice => "stop-notice",
            DossierPaper::ControlSlip => "control-slip",
            DossierPaper::RatingSlip => "rating-slip",
            DossierPaper::ResultLetter => "result-letter",
        }
    }

    /// Does it go to the applicant? The control slip stays in the house.
    #[must_use]
    pub const fn is_for_applicant(self) -> bool {
        !matches!(self, DossierPaper::ControlSlip)
    }
}

/// The papers that this dossier has by now, in the order of its course.
#[must_use]
pub fn papers_of(dossier: &Dossier) -> Vec<DossierPaper> {
    let requests = (1..=dossier.supplements.len()).filter_map(|n| u32::try_from(n).ok());
    let received = dossier.code.is_some();
    let issued = crate::view::has_result(dossier);
    let stopped = matches!(dossier.stage, Stage::Stopped { .. } | Stage::Withdrawn { .. });
    let refused = matches!(dossier.stage, Stage::NotAccepted { .. });
    let others = [
        (refused, DossierPaper::Refusal),
        (!dossier.clock.reappointments.is_empty(), DossierPaper::Apology),
        (stopped, DossierPaper::StopNotice),
        (issued, DossierPaper::ResultLetter),
        (received || refused || !dossier.supplements.is_empty(), DossierPaper::RatingSlip),
        (received, DossierPaper::ControlSlip),
    ];
    let others = others.into_iter().filter_map(|(there, paper)| there.then_some(paper));
    requests.map(DossierPaper::SupplementRequest).chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back_to_its_paper() {
        for paper in [
            DossierPaper::SupplementRequest(2),
            DossierPaper::Refusal,
            DossierPaper::Apology,
            DossierPaper::StopNotice,
            DossierPaper::ControlSlip,
            DossierPaper::RatingSlip,
            DossierPaper::ResultLetter,
        ] {
            assert_eq!(DossierPaper::of_slug(&paper.slug()), Some(paper));
        }
        assert_eq!(DossierPaper::of_slug("yeu-cau-bo-sung-x"), None);
        assert_eq!(DossierPaper::of_slug("giay-khac"), None);
    }
}
