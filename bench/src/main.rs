//! The benchmark: one dossier's life in seven calls, beside the floors of the same machine.
//! `bench/README.md` says what is measured and how to read it.

mod catalogue;
mod cluster;
mod floors;
mod histogram;
mod http;
mod installation;
mod life;
mod line;
mod load;
mod program;
mod report;
mod rounds;
mod usage;
mod verify;

use anyhow::Context as _;
use clap::Parser;
use cluster::Cluster;
use floors::{Floors, Turn};
use line::{HEAD, Line, OURS, Store};
use rounds::Site;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// One dossier's life in seven calls, beside the floors of the same machine.
#[derive(Parser)]
#[command(max_term_width = 100)]
struct Args {
    /// Clients at a time
    #[arg(long, value_delimiter = ',', default_value = "8,32")]
    clients: Vec<usize>,
    /// Seconds counted in each run
    #[arg(long, default_value_t = 8)]
    seconds: u32,
    /// Seconds before anything is counted
    #[arg(long, default_value_t = 3)]
    warm_up: u32,
    /// Rounds, of which the median counts
    #[arg(long, default_value_t = 2)]
    rounds: usize,
    /// Seconds to wait for a quiet moment before each run
    #[arg(long, default_value_t = 20)]
    patience: u64,
    /// Go before the neighbours (nice −15, as root, best under setsid)
    #[arg(long)]
    before_others: bool,
    /// Where dossiers are kept
    #[arg(long, value_enum, value_delimiter = ',', default_value = "sqlite,postgres")]
    stores: Vec<Store>,
    /// Our program; the one beside this when missing
    #[arg(long)]
    app: Option<PathBuf>,
    /// The neutral benchmark with the floors
    #[arg(long, value_name = "DIR")]
    shared: Option<PathBuf>,
    /// Leave the floors out
    #[arg(long)]
    no_floors: bool,
    /// Port of the benchmark's own PostgreSQL
    #[arg(long, default_value_t = 54_341)]
    pg_port: u16,
    /// Folder of the benchmark's own PostgreSQL
    #[arg(long, default_value = "/tmp/motcua-bench-pg", value_name = "DIR")]
    pg_dir: PathBuf,
}

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let ran = match runtime {
        Ok(runtime) => runtime.block_on(run(&Args::parse())),
        Err(error) => Err(error.into()),
    };
    match ran {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs everything; returns the number of wrong dossiers of ours.
async fn run(args: &Args) -> anyhow::Result<u64> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let results = project.join("var/bench/results.jsonl");
    let site = prepare(args, &project)?;
    if args.before_others {
        let postgres = site.cluster.as_ref().map(Cluster::id).transpose()?;
        [std::process::id()].into_iter().chain(postgres).try_for_each(program::go_before_others)?;
    }
    let mut lines = Vec::new();
    println!("{HEAD}");
    for round in 1..=args.rounds {
        for &store in &args.stores {
            for &clients in &args.clients {
                let turn = Turn { clients, round, warm_up: args.warm_up, seconds: args.seconds };
                for line in site.turn(store, turn).await? {
                    println!("{}", line.row(&round.to_string()));
                    append(&results, &line)?;
                    lines.push(line);
                }
            }
        }
    }
    let goals = report::goals(&lines);
    report::table(&lines);
    report::print_goals(&lines, &goals);
    append(&results, &serde_json::json!({ "goals": goals }))?;
    let ours = || lines.iter().filter(|line: &&Line| line.system == OURS);
    let wrong = ours().map(|line| line.wrong).sum::<u64>();
    let read = ours().map(|line| line.read_back).sum::<u64>();
    println!("\n{wrong} wrong dossiers of {read} read back; the log was audited after every run");
    Ok(wrong)
}

/// Whatever all turns share.
fn prepare(args: &Args, project: &Path) -> anyhow::Result<Site> {
    let work = project.join("var/bench/work");
    std::fs::create_dir_all(&work)?;
    let catalogue = work.join("catalogue");
    rounds::remove(&catalogue)?;
    catalogue::write(project, &catalogue)?;
    let shared = args.shared.clone().unwrap_or_else(|| project.join("../shared/bench"));
    let floors = match args.no_floors {
        true => None,
        false => Floors::build(&shared, &floor_target(project))?,
    };
    if floors.is_none() {
        println!("floors absent: no ratios");
    }
    let cluster = match args.stores.contains(&Store::Postgres) {
        true => Some(Cluster::start(project, &args.pg_dir, args.pg_port)?),
        false => None,
    };
    let app = installation::app(args.app.as_deref())?;
    let patience = std::time::Duration::from_secs(args.patience);
    Ok(Site { app, catalogue, work, floors, cluster, patience })
}

/// Where the floors are built, outside the checkout.
fn floor_target(project: &Path) -> PathBuf {
    match std::env::var_os("HOME") {
        Some(home) => Path::new(&home).join(".cache/motcua/bench-floor"),
        None => project.join("var/bench/floor"),
    }
}

fn append(path: &Path, line: &impl serde::Serialize) -> anyhow::Result<()> {
    let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
    let mut file = file.with_context(|| format!("cannot write {}", path.display()))?;
    writeln!(file, "{}", serde_json::to_string(line)?)?;
    Ok(())
}
