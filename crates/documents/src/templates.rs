//! The templates: files that come with the release and that an agency may reword without one.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};
use typst::foundations::Bytes;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};

use crate::{Form, RenderError, RuleProfile, pdf, sample};

/// The files that a logo may come in, beside the templates.
pub const LOGO_FILES: [&str; 2] = ["logo.svg", "logo.png"];

/// How a PNG begins.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

macro_rules! templates {
    ($($(#[$doc:meta])* $name:ident = $file:literal,)+) => {
        /// The name of a template. Those that others import come first.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum TemplateName {
            $($(#[$doc])* $name,)+
        }

        impl TemplateName {
            /// All templates, in the order of the enum.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The file's name, under which templates import each other.
            pub fn file_name(self) -> &'static str {
                match self {
                    $(Self::$name => $file,)+
                }
            }

            fn embedded(self) -> &'static str {
                match self {
                    $(Self::$name => include_str!(concat!("../templates/", $file)),)+
                }
            }
        }
    };
}

templates! {
    /// What the forms share: header block, fields, signatures.
    Common = "common.typ",
    /// What official papers without a prescribed form share.
    Letter = "letter.typ",
    /// Mẫu 01.
    Receipt = "receipt.typ",
    /// Mẫu 02.
    SupplementRequest = "supplement_request.typ",
    /// Mẫu 03.
    Refusal = "refusal.typ",
    /// Mẫu 04.
    Apology = "apology.typ",
    /// Mẫu 05 of 2025.
    StopNotice = "stop_notice.typ",
    /// The control slip.
    ControlSlip = "control_slip.typ",
    /// The register of dossiers.
    Register = "register.typ",
    /// Hand-over minutes for the postal service.
    PostalHandOver = "postal_hand_over.typ",
    /// The rating slip.
    RatingSlip = "rating_slip.typ",
    /// The draft of a result.
    ResultDraft = "result_draft.typ",
    /// The letter that the result is there.
    ResultLetter = "result_letter.typ",
    /// Any official paper without a prescribed form.
    OfficialLetter = "official_letter.typ",
}

impl TemplateName {
    /// The template kept in a file of this name.
    pub fn of_file(file: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|name| name.file_name() == file)
    }
}

/// A set of templates, parsed.
#[derive(Debug, Clone)]
pub struct Templates {
    sources: Vec<Source>,
    logo: Option<Logo>,
    digest: [u8; 32],
}

#[derive(Debug, Clone)]
struct Logo {
    file: &'static str,
    bytes: Bytes,
}

/// A file of an agency that cannot be used, and why; the one of the release stands in for it.
#[derive(Debug)]
pub struct Rejected {
    /// The file's name.
    pub file: String,
    /// What is wrong; names file and line where typst knows them.
    pub error: RenderError,
}

impl fmt::Display for Rejected {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}: {}", self.file, self.error)
    }
}

impl Templates {
    /// The templates of this release.
    pub fn embedded() -> Self {
        static EMBEDDED: LazyLock<Templates> = LazyLock::new(|| {
            let texts = TemplateName::ALL.iter().map(|name| (*name, name.embedded().to_owned()));
            Templates::of(texts.map(|(name, text)| parsed(name, text)).collect(), None)
        });
        EMBEDDED.clone()
    }

    /// These templates with the text of one replaced.
    ///
    /// The new text proves itself first: every sample of every form must render with it, under the
    /// forms of either circular, so a slip is found when the text is changed and not at the
    /// counter.
    ///
    /// # Errors
    /// What typst says about the first sample that does not render.
    pub fn with(&self, name: TemplateName, text: impl Into<String>) -> Result<Self, RenderError> {
        let change = Change::Text(name, text.into());
        self.changed(&change).proven(&[&change])
    }

    /// The templates of this release under the files of an agency, by their names: templates and
    /// a logo. What cannot be used is told and left out, so that paper always comes out.
    pub fn overridden(files: &BTreeMap<String, Vec<u8>>) -> (Self, Vec<Rejected>) {
        let mut rejected = Vec::new();
        let mut usable = Vec::new();
        for (file, bytes) in files {
            match Change::of(file, bytes) {
                Ok(change) => usable.push((file.clone(), change)),
                Err(error) => rejected.push(Rejected { file: file.clone(), error }),
            }
        }
        usable.sort_by_key(|(_, change)| change.order());
        let embedded = Self::embedded();
        let together = usable.iter().fold(embedded.clone(), |set, (_, change)| set.changed(change));
        let changes: Vec<_> = usable.iter().map(|(_, change)| change).collect();
        if let Ok(set) = together.proven(&changes) {
            return (set, rejected);
        }
        let mut set = embedded;
        for (file, change) in usable {
            match set.changed(&change).proven(&[&change]) {
                Ok(changed) => set = changed,
                Err(error) => rejected.push(Rejected { file, error }),
            }
        }
        (set, rejected)
    }

    /// The text of a template, to show to whom may reword it.
    pub fn text(&self, name: TemplateName) -> &str {
        self.source(name).text()
    }

    /// What tells this set from every other: the same texts and logo give the same value.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    pub(crate) fn source(&self, name: TemplateName) -> &Source {
        &self.sources[name as usize]
    }

    pub(crate) fn find(&self, id: FileId) -> Option<&Source> {
        self.sources.iter().find(|source| source.id() == id)
    }

    pub(crate) fn logo_file(&self) -> Option<&'static str> {
        self.logo.as_ref().map(|logo| logo.file)
    }

    pub(crate) fn logo(&self, id: FileId) -> Option<Bytes> {
        let logo = self.logo.as_ref()?;
        (file_id(logo.file) == id).then(|| logo.bytes.clone())
    }

    fn of(sources: Vec<Source>, logo: Option<Logo>) -> Self {
        let mut hasher = Sha256::new();
        for text in sources.iter().map(Source::text) {
            hasher.update(Sha256::digest(text));
        }
        if let Some(logo) = &logo {
            hasher.update(logo.file);
            hasher.update(&logo.bytes);
        }
        let digest = hasher.finalize().into();
        Self { sources, logo, digest }
    }

    fn replaced(&self, name: TemplateName, text: String) -> Self {
        let mut sources = self.sources.clone();
        sources[name as usize] = parsed(name, text);
        Self::of(sources, self.logo.clone())
    }

    fn changed(&self, change: &Change) -> Self {
        match change {
            Change::Text(name, text) => self.replaced(*name, text.clone()),
            Change::Logo(logo) => Self::of(self.sources.clone(), Some(logo.clone())),
        }
    }

    /// Renders the samples that the changes touch.
    fn proven(self, changes: &[&Change]) -> Result<Self, RenderError> {
        let touched = |form: &Form| changes.iter().any(|change| change.touches(form.template()));
        for mut form in sample::all().into_iter().filter(touched) {
            for rules in [RuleProfile::R2018, RuleProfile::R2026] {
                form.letterhead_mut().rules = rules;
                pdf::prove(&form, &self)?;
            }
        }
        Ok(self)
    }
}

impl Default for Templates {
    fn default() -> Self {
        Self::embedded()
    }
}

/// One file of an agency.
enum Change {
    Text(TemplateName, String),
    Logo(Logo),
}

impl Change {
    fn of(file: &str, bytes: &[u8]) -> Result<Self, RenderError> {
        let told = |what: &str| RenderError::Template(format!("{file}: {what}"));
        if let Some(logo) = LOGO_FILES.into_iter().find(|logo| *logo == file) {
            // A picture that is none renders as nothing, so the samples alone would not tell.
            let is_svg = || str::from_utf8(bytes).is_ok_and(|text| text.contains("<svg"));
            let drawn = if logo.ends_with(".png") { bytes.starts_with(PNG) } else { is_svg() };
            let logo = Logo { file: logo, bytes: Bytes::new(bytes.to_vec()) };
            return drawn.then_some(Self::Logo(logo)).ok_or_else(|| told("no such picture"));
        }
        let name = TemplateName::of_file(file).ok_or_else(|| told("no template has this name"))?;
        let text = str::from_utf8(bytes).map_err(|_| told("not a text in UTF-8"))?;
        Ok(Self::Text(name, text.to_owned()))
    }

    /// Does a form of this template look different with it? What others import touches them all.
    fn touches(&self, form: TemplateName) -> bool {
        match self {
            Self::Text(TemplateName::Common | TemplateName::Letter, _) | Self::Logo(_) => true,
            Self::Text(name, _) => *name == form,
        }
    }

    /// What others import must be in place before them.
    fn order(&self) -> usize {
        match self {
            Self::Logo(_) => 0,
            Self::Text(name, _) => 1 + *name as usize,
        }
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
