//! Runs the tools that judge our files.

use std::process::Command;

use documents::{Form, Orientation, Templates, render, sample};

/// A file that one of the tools can open.
pub(crate) struct Paper {
    pub(crate) name: &'static str,
    pub(crate) form: Form,
    pub(crate) bytes: Vec<u8>,
    file: tempfile::NamedTempFile,
}

impl Paper {
    pub(crate) fn of(name: &'static str, form: Form) -> Self {
        let bytes = render(&form, &Templates::embedded()).unwrap();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), &bytes).unwrap();
        Self { name, form, bytes, file }
    }

    /// What `tool` prints about the file; it must succeed.
    pub(crate) fn told_by(&self, tool: &str, before: &[&str], after: &[&str]) -> Vec<u8> {
        let told = Command::new(tool)
            .args(before)
            .arg(self.file.path())
            .args(after)
            .output()
            .unwrap_or_else(|e| panic!("{tool} must be installed: {e}"));
        let complaint = String::from_utf8_lossy(&told.stderr);
        assert!(told.status.success(), "{}: {tool}: {complaint}", self.name);
        told.stdout
    }

    pub(crate) fn text_told_by(&self, tool: &str, before: &[&str], after: &[&str]) -> String {
        String::from_utf8(self.told_by(tool, before, after)).unwrap()
    }

    /// The words of the pages in reading order, without running heads and feet.
    pub(crate) fn words(&self) -> String {
        let area = match &self.form {
            Form::OfficialLetter(form) if form.orientation == Orientation::Landscape => {
                ["0", "56", "842", "490"]
            }
            Form::Register(_) => ["0", "42", "842", "515"],
            Form::ResultDraft(_)
            | Form::OfficialLetter(_)
            | Form::ResultLetter(_)
            | Form::PostalHandOver(_) => ["0", "56", "596", "730"],
            _ => ["0", "34", "420", "562"],
        };
        let [x, y, w, h] = area;
        let crop = ["-raw", "-x", x, "-y", y, "-W", w, "-H", h];
        self.text_told_by("pdftotext", &crop, &["-"])
    }
}

/// Every sample, rendered.
pub(crate) fn papers() -> Vec<Paper> {
    sample::named().into_iter().map(|(name, form)| Paper::of(name, form)).collect()
}
