//! `motcua documents`, and the press of an installation.

mod samples;
mod speed;

use crate::cli::{DocumentsCommand, TemplatesCommand};
use anyhow::{Context as _, ensure};
use documents::{LOGO_FILES, TemplateName, Templates, conformance};
use office::press::Press;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use storage::RenderCache;

/// Room for papers that were set: some thousands of them.
const CACHE_BYTES: u64 = 256 * 1024 * 1024;
/// A template or a logo is not larger.
const FILE_BYTES: u64 = 1024 * 1024;

/// Carries out the command.
pub(crate) fn run(command: DocumentsCommand) -> anyhow::Result<ExitCode> {
    match command {
        DocumentsCommand::Templates(TemplatesCommand::Export { folder }) => export(&folder),
        DocumentsCommand::Templates(TemplatesCommand::Check { folder }) => check(&folder),
        DocumentsCommand::Samples { folder, only } => samples::write(&folder, &only),
        DocumentsCommand::Check { files } => judge(&files),
        DocumentsCommand::Speed { papers } => speed::measure(papers),
    }
}

/// The press of an installation: its templates over ours, its cache.
pub(crate) fn press(data: &Path) -> anyhow::Result<Press> {
    let folder = data.join("templates");
    let files = if folder.is_dir() { read(&folder)? } else { BTreeMap::new() };
    let (templates, rejected) = Templates::overridden(&files);
    for one in &rejected {
        tracing::error!(%one, "a template is passed over");
    }
    let cache = RenderCache::in_folder(&data.join("papers"), CACHE_BYTES);
    let cache = cache.context("cannot open the folder of papers")?;
    let press = Press::new(templates, Some(cache));
    Ok(press.with_complaints(rejected.iter().map(ToString::to_string)))
}

/// The templates and the logo of a folder, by file name.
fn read(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let wrong = || format!("cannot read the templates in {}", folder.display());
    for entry in std::fs::read_dir(folder).with_context(wrong)? {
        let entry = entry.with_context(wrong)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let ours = name.ends_with(".typ") || LOGO_FILES.contains(&name.as_str());
        if !ours || !entry.path().is_file() {
            continue;
        }
        let size = entry.metadata().with_context(wrong)?.len();
        ensure!(size <= FILE_BYTES, "{name} is larger than {FILE_BYTES} bytes");
        files.insert(name, std::fs::read(entry.path()).with_context(wrong)?);
    }
    Ok(files)
}

fn export(folder: &Path) -> anyhow::Result<ExitCode> {
    empty(folder)?;
    let templates = Templates::embedded();
    for name in TemplateName::ALL {
        std::fs::write(folder.join(name.file_name()), templates.text(*name))?;
    }
    say!("{} templates in {}", TemplateName::ALL.len(), folder.display());
    Ok(ExitCode::SUCCESS)
}

fn check(folder: &Path) -> anyhow::Result<ExitCode> {
    let files = read(folder)?;
    ensure!(!files.is_empty(), "there is no template and no logo in {}", folder.display());
    let (_, rejected) = Templates::overridden(&files);
    for one in &rejected {
        say!("{one}");
    }
    say!("{} files, {} cannot be used", files.len(), rejected.len());
    Ok(if rejected.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn judge(files: &[std::path::PathBuf]) -> anyhow::Result<ExitCode> {
    let mut count = 0;
    for file in files {
        let bytes =
            std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        for finding in conformance::findings(&bytes) {
            say!("{}: {finding}", file.display());
            count += 1;
        }
    }
    say!("{} files, {count} findings", files.len());
    Ok(if count == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Makes a folder, or refuses one in which something lies.
fn empty(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let free = std::fs::read_dir(folder)?.next().is_none();
    ensure!(free, "{} is not empty", folder.display());
    Ok(())
}
