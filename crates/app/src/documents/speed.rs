//! `motcua documents speed`: the first paper in a process, and papers a second on all cores.

use documents::{Form, Templates, render, sample};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

/// Renders receipts that all differ, as a busy morning does.
pub(super) fn measure(papers: u32) -> anyhow::Result<ExitCode> {
    let templates = Templates::embedded();
    let start = Instant::now();
    render(&receipt(0), &templates)?;
    let first = start.elapsed();
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let next = AtomicU32::new(1);
    let start = Instant::now();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores)
            .map(|_| {
                scope.spawn(|| -> Result<(), documents::RenderError> {
                    loop {
                        let n = next.fetch_add(1, Ordering::Relaxed);
                        if n > papers {
                            return Ok(());
                        }
                        render(&receipt(n), &templates)?;
                    }
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("workers return errors"))
    })?;
    let rate = f64::from(papers) / start.elapsed().as_secs_f64();
    say!("the first paper in the process: {:.1} ms", first.as_secs_f64() * 1000.0);
    say!("warm, {papers} receipts on {cores} cores: {rate:.0} a second");
    Ok(ExitCode::SUCCESS)
}

fn receipt(n: u32) -> Form {
    let mut receipt = sample::receipt();
    receipt.letterhead.number.ordinal = Some(n);
    receipt.applicant.name = format!("Sùng Thị Mẫu {n}");
    receipt.tracking.code = format!("H60.11.06-260209-{n:04}");
    receipt.tracking.url =
        format!("https://motcua.example.vn/tra-cuu?ma={}", receipt.tracking.code);
    Form::Receipt(receipt)
}
