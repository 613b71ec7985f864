//! `motcua documents samples`: everything we print, for anyone to judge with tools of their own.

use anyhow::Context as _;
use documents::sample::{Sample, matrix};
use documents::{Form, Templates, render};
use domain::time::Instant;
use serde::Serialize;
use signing::demo::{DemoAuthority, Period};
use signing::{Field, KeyFile, Page, Place, Request, Role, Signer as _, reserve, sign};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Chance that everybody knows: the samples are the same bytes everywhere, and prove nothing.
const SEED: [u8; 32] = *b"motcua documents samples, no key";

/// A line of `index.json`.
#[derive(Serialize)]
struct Entry {
    file: String,
    data: String,
    state: &'static str,
    rules: String,
    people: &'static str,
    prescribed_by: Option<String>,
    title: String,
    signed: bool,
    bytes: usize,
}

/// Who signs the samples.
struct Pens {
    officer: KeyFile,
    seal: KeyFile,
    at: Instant,
}

/// Renders all samples of the states that begin with `only`.
pub(super) fn write(folder: &Path, only: &str) -> anyhow::Result<ExitCode> {
    super::empty(folder)?;
    let samples: Vec<_> =
        matrix().into_iter().filter(|sample| sample.state.starts_with(only)).collect();
    let at: Instant = "2026-03-10T02:00:00Z".parse()?;
    let period =
        Period { from: "2026-01-01T00:00:00Z".parse()?, until: "2030-12-31T00:00:00Z".parse()? };
    let authority = DemoAuthority::new(SEED, period)?;
    let pens = Pens {
        officer: authority.signer("Nguyễn Văn Mẫu", None)?,
        seal: authority.signer("Ủy ban nhân dân xã Đồng Văn", None)?,
        at,
    };
    std::fs::write(folder.join("issuers.pem"), authority.root_pem()?)?;
    let mut entries = on_all_cores(&samples, |sample| one(folder, sample, &pens))?;
    entries.sort_by(|a, b| a.file.cmp(&b.file));
    std::fs::write(folder.join("index.json"), serde_json::to_vec_pretty(&entries)?)?;
    let signed = entries.iter().filter(|entry| entry.signed).count();
    say!("{} samples in {}, {signed} of them signed", entries.len(), folder.display());
    Ok(ExitCode::SUCCESS)
}

fn one(folder: &Path, sample: &Sample, pens: &Pens) -> anyhow::Result<Entry> {
    let told = || format!("sample {}", sample.name);
    let plain = render(&sample.form, &Templates::embedded()).with_context(told)?;
    let signed = is_signed(&sample.form);
    let bytes = if signed { sign_both(&plain, pens).with_context(told)? } else { plain };
    let (file, data) = (format!("{}.pdf", sample.name), format!("{}.json", sample.name));
    std::fs::write(folder.join(&file), &bytes)?;
    std::fs::write(folder.join(&data), serde_json::to_vec_pretty(&sample.form)?)?;
    Ok(Entry {
        file,
        data,
        state: sample.state,
        rules: format!("{:?}", sample.rules),
        people: sample.people.word(),
        prescribed_by: sample.form.prescribed_by(),
        title: sample.form.template().file_name().trim_end_matches(".typ").to_owned(),
        signed,
        bytes: bytes.len(),
    })
}

/// Does a head of office sign it, with the agency's seal? Slips and books are signed by hand.
fn is_signed(form: &Form) -> bool {
    match form {
        Form::Apology(_) | Form::StopNotice(_) | Form::ResultLetter(_) => true,
        Form::ResultDraft(form) => form.state == documents::SigningState::Final,
        Form::OfficialLetter(form) => {
            form.state == documents::SigningState::Final && form.signatories.len() == 1
        }
        Form::Receipt(_)
        | Form::SupplementRequest(_)
        | Form::Refusal(_)
        | Form::ControlSlip(_)
        | Form::Register(_)
        | Form::PostalHandOver(_)
        | Form::RatingSlip(_) => false,
    }
}

/// In the lower margin, which is free on every form. The officer signs, then the agency's seal
/// signs what the officer signed.
fn sign_both(pdf: &[u8], pens: &Pens) -> anyhow::Result<Vec<u8>> {
    let place = |left| Place { page: Page::Last, left, bottom: 1.0, width: 160.0, height: 24.0 };
    let fields = [
        Field { role: Role::Officer, place: place(48.0) },
        Field { role: Role::Seal, place: place(212.0) },
    ];
    let mut bytes = reserve(pdf, &fields)?;
    for (role, pen) in [(Role::Officer, &pens.officer), (Role::Seal, &pens.seal)] {
        let request =
            Request { role, at: pens.at, reason: None, note: None, font: documents::print_font() };
        bytes = sign(&bytes, &request, pen.open()?.as_mut(), None)?;
    }
    Ok(bytes)
}

/// Does the work for each sample, on every core.
fn on_all_cores<T: Send>(
    samples: &[Sample],
    work: impl Fn(&Sample) -> anyhow::Result<T> + Sync,
) -> anyhow::Result<Vec<T>> {
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let (next, made) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores)
            .map(|_| {
                scope.spawn(|| -> anyhow::Result<()> {
                    while let Some(sample) = samples.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let one = work(sample)?;
                        made.lock().expect("nobody panics with it").push(one);
                    }
                    Ok(())
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("workers return errors"))
    })?;
    Ok(made.into_inner().expect("nobody panics with it"))
}
