//! `motcua simulate`: plays a period through the real write path with a moved clock. Deterministic:
//! the same period, number and seed give the same facts, salts and root.

mod dice;
mod filing;
mod hand;
mod people;
mod play;

use crate::cli::Place;
use crate::house;
use anyhow::{Context as _, ensure};
use clap::Args;
use domain::dossier::event::FileRef;
use domain::time::instant;
use jiff::civil::{Date, time};
use office::Office;
use office::ports::{MovedClock, SeededChance};
pub(crate) use play::{Plan, Play, Tally};
use std::process::ExitCode;
use std::sync::Arc;

/// What to play.
#[derive(Args, Clone)]
pub(crate) struct PlanArgs {
    /// First day on which dossiers are filed
    #[arg(long)]
    pub(crate) from: Date,
    /// Last day; the play stops in its evening
    #[arg(long)]
    pub(crate) to: Date,
    /// How many dossiers are filed
    #[arg(long, default_value_t = 1000)]
    pub(crate) dossiers: u32,
    /// The same seed gives the same play
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
}

/// Kept apart from the dice, so that one more roll does not change every salt.
const CHANCE: u64 = 0x6d6f_7463_7561;

/// Plays the plan into a new installation and says what came of it.
pub(crate) async fn command(place: &Place, args: &PlanArgs) -> anyhow::Result<ExitCode> {
    ensure!(args.from <= args.to, "--from {} is after --to {}", args.from, args.to);
    let clock = Arc::new(MovedClock::at(instant(args.from.at(0, 0, 0, 0))));
    let chance = Arc::new(SeededChance::new(args.seed ^ CHANCE));
    let office = house::open_with(place, clock.clone(), chance).await?;
    let head = office.store.ledger_head().await?;
    ensure!(
        head.size() == 0,
        "{} holds {} entries already; a play needs an installation of its own (--data)",
        place.data.display(),
        head.size()
    );
    let plan = Plan {
        from: args.from,
        to: args.to,
        dossiers: args.dossiers,
        seed: args.seed,
        agencies: Vec::new(),
        accounts: Vec::new(),
    };
    let tally = run(&office, clock, &plan).await?;
    report(&office, &tally).await?;
    Ok(ExitCode::SUCCESS)
}

/// Plays the plan until the evening of its last day.
pub(crate) async fn run(
    office: &Office,
    clock: Arc<MovedClock>,
    plan: &Plan,
) -> anyhow::Result<Tally> {
    let scans = scans(office).await?;
    let mut play = Play::prepare(office, clock, plan, scans)?;
    let evening = instant(plan.to.to_datetime(time(23, 59, 0, 0)));
    play.run(evening).await?;
    Ok(play.tally)
}

/// The scans that everyone attaches, in the store like every upload: the first, and a better one
/// for each time that supplements are asked for.
pub(crate) async fn scans(office: &Office) -> anyhow::Result<[FileRef; 3]> {
    let first = page(office, "giay-to-mau.pdf", A4).await?;
    let second = page(office, "giay-to-chup-lai.pdf", [596, 843]).await?;
    let third = page(office, "giay-to-chup-lai-lan-2.pdf", [597, 844]).await?;
    Ok([first, second, third])
}

/// A page of this size in points, stored.
async fn page(office: &Office, name: &str, size: [u32; 2]) -> anyhow::Result<FileRef> {
    let bytes = one_page(size);
    let size_bytes = bytes.len() as u64;
    let hash = office.files.put(bytes).await.context("cannot store the sample scan")?;
    Ok(FileRef {
        hash: hash.to_string(),
        name: name.to_owned(),
        size_bytes,
        media_type: "application/pdf".to_owned(),
    })
}

/// A4 in points.
const A4: [u32; 2] = [595, 842];

/// The smallest honest PDF: an empty page.
fn one_page([width, height]: [u32; 2]) -> Vec<u8> {
    let page = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Resources << >> >>"
    );
    let objects =
        ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", &page];
    let mut text = String::from("%PDF-1.4\n");
    let mut offsets = Vec::new();
    for (no, object) in (1..).zip(objects) {
        offsets.push(text.len());
        text.push_str(&format!("{no} 0 obj\n{object}\nendobj\n"));
    }
    let start = text.len();
    text.push_str("xref\n0 4\n0000000000 65535 f \n");
    for offset in offsets {
        text.push_str(&format!("{offset:010} 00000 n \n"));
    }
    text.push_str(&format!("trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    text.into_bytes()
}

async fn report(office: &Office, tally: &Tally) -> anyhow::Result<()> {
    let head = office.checkpoint().await?;
    let Tally { filed, acts, refused_acts, repeated, stuck } = tally;
    say!("{filed} dossiers filed, {acts} acts");
    say!("{refused_acts} acts refused by a rule, {repeated} second clicks without effect");
    if *stuck > 0 {
        say!("{stuck} tasks wait for someone who is not in office");
    }
    for (stage, count) in office.store.stages().await? {
        say!("{count:>8}  {stage}");
    }
    say!("{} entries, root {}", head.size, head.root);
    Ok(())
}
