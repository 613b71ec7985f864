//! The catalogue of the benchmark: the project's own, and one procedure whose life takes exactly
//! seven calls.

use anyhow::Context as _;
use std::fs;
use std::path::Path;

/// The procedure version that is filed.
pub(crate) const PROCEDURE: &str = "BENCH.XA";
/// The procedure it is made from.
const MODEL: &str = "A2.XA.R2026";
const PROCESS: &str = include_str!("../assets/process.toml");
const FORM: &str = include_str!("../assets/form.toml");

/// Writes the catalogue into a new folder.
///
/// # Errors
/// When the project's catalogue cannot be read or the folder not be written.
pub(crate) fn write(project: &Path, folder: &Path) -> anyhow::Result<()> {
    let from = project.join("catalogue");
    copy(&from, folder).with_context(|| format!("copy {}", from.display()))?;
    let model = fs::read_to_string(from.join(format!("procedures/{MODEL}.toml")))?;
    let procedure = model.replace(MODEL, PROCEDURE);
    fs::write(folder.join(format!("procedures/{PROCEDURE}.toml")), procedure)?;
    fs::write(folder.join("processes/P.BENCH.XA.nha_o.toml"), PROCESS)?;
    fs::write(folder.join("forms/F.BENCH.XA.toml"), FORM)?;
    decide_years(&folder.join("calendars"))?;
    Ok(())
}

/// Years whose days off are not yet decided count as decided, so that dossiers can be filed on any
/// day of the last one.
fn decide_years(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let year = fs::read_to_string(&path)?;
        let decided = year.replace("entered = false", "entered = true");
        fs::write(&path, decided.replace("kind = \"undecided\"", "kind = \"holiday\""))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
