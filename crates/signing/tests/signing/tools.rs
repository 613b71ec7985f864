//! Runs the programs that judge our files.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::house::authority;

/// A folder with the root certificate that the judges trust.
pub(crate) struct Judges {
    folder: TempDir,
}

/// What a program said, and whether it was content.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) content: bool,
    pub(crate) text: String,
}

impl Judges {
    pub(crate) fn new() -> Judges {
        let judges = Judges { folder: tempfile::tempdir().unwrap() };
        judges.file("root.pem", authority().root_pem().unwrap().as_bytes());
        judges
    }

    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn pyhanko(&self, pdf: &[u8]) -> Said {
        let file = self.file("judged.pdf", pdf);
        let program = std::env::var_os("MOTCUA_PYHANKO").map_or_else(
            || Path::new(&std::env::var_os("HOME").unwrap()).join(".cache/motcua/pyhanko"),
            PathBuf::from,
        );
        let mut command = Command::new(program.join("bin/pyhanko"));
        command.current_dir(self.folder.path());
        command.args(["sign", "validate", "--pretty-print", "--no-revocation-check"]);
        said(command.arg("--trust").arg(self.path("root.pem")).arg(file))
    }

    pub(crate) fn pdfsig(&self, pdf: &[u8]) -> Said {
        let file = self.file("judged.pdf", pdf);
        said(Command::new("pdfsig").arg("-nocert").arg(file))
    }

    pub(crate) fn qpdf(&self, pdf: &[u8]) -> Said {
        let file = self.file("judged.pdf", pdf);
        said(Command::new("qpdf").arg("--check").arg(file))
    }

    /// `openssl` in the folder.
    pub(crate) fn openssl(&self, arguments: &[&str]) -> Said {
        said(Command::new("openssl").current_dir(self.folder.path()).args(arguments))
    }
}

fn said(command: &mut Command) -> Said {
    let output = run(command);
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    Said { content: output.status.success(), text }
}

/// Runs a program that must be there.
pub(crate) fn run(command: &mut Command) -> Output {
    let name = command.get_program().to_owned();
    command.output().unwrap_or_else(|error| {
        panic!("{}: {error}; scripts/install-test-tools.sh brings it", name.display())
    })
}

/// How often a sentence stands in a text.
pub(crate) fn times(text: &str, sentence: &str) -> usize {
    text.matches(sentence).count()
}
