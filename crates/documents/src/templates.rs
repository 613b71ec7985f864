//! The templates: embedded files an agency may reword without a release.

use std::sync::LazyLock;

use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};

use crate::{RenderError, pdf, sample};

/// The name of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TemplateName {
    /// What the forms share: header block, fields, signatures.
    Common,
    /// Mẫu 01.
    Receipt,
    /// Mẫu 02.
    SupplementRequest,
    /// Mẫu 03.
    Refusal,
    /// The draft of a result.
    ResultDraft,
    /// The control slip.
    ControlSlip,
    /// What official papers without a prescribed form share.
    Letter,
    /// Any official paper without a prescribed form.
    OfficialLetter,
}

impl TemplateName {
    /// All templates, in the order of the enum.
    pub const ALL: [Self; 8] = [
        Self::Common,
        Self::Receipt,
        Self::SupplementRequest,
        Self::Refusal,
        Self::ResultDraft,
        Self::ControlSlip,
        Self::Letter,
        Self::OfficialLetter,
    ];

    /// The file's name, under which templates import each other.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Common => "common.typ",
            Self::Receipt => "receipt.typ",
            Self::SupplementRequest => "supplement_request.typ",
            Self::Refusal => "refusal.typ",
            Self::ResultDraft => "result_draft.typ",
            Self::ControlSlip => "control_slip.typ",
            Self::Letter => "letter.typ",
            Self::OfficialLetter => "official_letter.typ",
        }
    }

    fn embedded(self) -> &'static str {
        match self {
            Self::Common => include_str!("../templates/common.typ"),
            Self::Receipt => include_str!("../templates/receipt.typ"),
            Self::SupplementRequest => include_str!("../templates/supplement_request.typ"),
            Self::Refusal => include_str!("../templates/refusal.typ"),
            Self::ResultDraft => include_str!("../templates/result_draft.typ"),
            Self::ControlSlip => include_str!("../templates/control_slip.typ"),
            Self::Letter => include_str!("../templates/letter.typ"),
            Self::OfficialLetter => include_str!("../templates/official_letter.typ"),
        }
    }
}

/// A set of templates, parsed; cheap to clone.
#[derive(Debug, Clone)]
pub struct Templates {
    sources: [Source; TemplateName::ALL.len()],
}

impl Templates {
    /// The templates of this release.
    pub fn embedded() -> Self {
        static EMBEDDED: LazyLock<Templates> = LazyLock::new(|| Templates {
            sources: TemplateName::ALL.map(|name| parsed(name, name.embedded().to_owned())),
        });
        EMBEDDED.clone()
    }

    /// These templates with the text of one replaced.
    ///
    /// The new text proves itself first: every sample of every form must render with it, so a
    /// slip is found when the text is changed and not at the counter.
    pub fn with(&self, name: TemplateName, text: impl Into<String>) -> Result<Self, RenderError> {
        let mut changed = self.clone();
        changed.sources[name as usize] = parsed(name, text.into());
        for form in sample::all() {
            pdf::prove(&form, &changed)?;
        }
        Ok(changed)
    }

    /// The text of a template, to show to whom may reword it.
    pub fn text(&self, name: TemplateName) -> &str {
        self.source(name).text()
    }

    pub(crate) fn source(&self, name: TemplateName) -> &Source {
        &self.sources[name as usize]
    }

    pub(crate) fn find(&self, id: FileId) -> Option<&Source> {
        self.sources.iter().find(|source| source.id() == id)
    }
}

impl Default for Templates {
    fn default() -> Self {
        Self::embedded()
    }
}

/// The id of a file beside the templates.
pub(crate) fn file_id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("template names are plain file names");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

fn parsed(name: TemplateName, text: String) -> Source {
    Source::new(file_id(name.file_name()), text)
}
