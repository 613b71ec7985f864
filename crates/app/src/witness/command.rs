//! The witness at its door, and by hand.

use super::keeper::{Keeper, Unsigned};
use crate::cli::{WitnessArgs, WitnessCommand};
use crate::ports::SystemChance;
use crate::serve;
use anyhow::Context as _;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use ledger::Refusal;
use office::ports::{Chance as _, Clock};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// A request is a head and at most 63 hashes.
const MAX_REQUEST_BYTES: usize = 16 * 1024;

/// Carries out the command; without one the witness serves.
pub(crate) async fn run(args: WitnessArgs) -> anyhow::Result<ExitCode> {
    let WitnessArgs { data, door, command } = args;
    let Some(command) = command else {
        let keeper = Keeper::open(&data)?;
        let listener = serve::listen(&door).await?;
        say!("{}", keeper.key());
        say!("listening on http://{}", listener.local_addr()?);
        let open = Arc::new(Open { keeper, clock: door.clock() });
        axum::serve(listener, router(open)).with_graceful_shutdown(serve::told_to_stop()).await?;
        return Ok(ExitCode::SUCCESS);
    };
    match command {
        WitnessCommand::Init { name } => {
            let mut seed = [0; 32];
            SystemChance.fill(&mut seed);
            say!("{}", Keeper::make(&data, &name, &seed)?.key());
        }
        WitnessCommand::Key => say!("{}", Keeper::open(&data)?.key()),
        WitnessCommand::Trust { key } => {
            let key = key.trim().parse().context("not the key of a log")?;
            Keeper::open(&data)?.trust(&key)?;
            say!("looks after {}", key.name());
        }
        WitnessCommand::Heads => {
            let keeper = Keeper::open(&data)?;
            say!("{}", heads(&keeper)?);
        }
        WitnessCommand::Cosign { file } => return cosign(&data, &file, door.clock().as_ref()),
    }
    Ok(ExitCode::SUCCESS)
}

/// Off line: a request came as a file, the cosignature leaves on standard output.
fn cosign(data: &Path, file: &Path, clock: &dyn Clock) -> anyhow::Result<ExitCode> {
    let text = std::fs::read_to_string(file);
    let text = text.with_context(|| format!("cannot read {}", file.display()))?;
    // A bare head is the first one of its log.
    let text = if text.starts_with("old ") { text } else { format!("old 0\n\n{text}") };
    match Keeper::open(data)?.add(&text, clock.now()) {
        Ok(line) => {
            use std::io::Write as _;
            let _ = std::io::stdout().write_all(line.as_bytes());
            Ok(ExitCode::SUCCESS)
        }
        Err(Unsigned::Refused(refusal)) => {
            eprintln!("motcua: NOT cosigned: {refusal}");
            if refusal.is_evidence() {
                eprintln!("motcua: both signed heads are kept in {}/evidence", data.display());
            }
            Ok(ExitCode::FAILURE)
        }
        Err(Unsigned::Fault(error)) => Err(error),
    }
}

/// An open witness.
struct Open {
    keeper: Keeper,
    clock: Arc<dyn Clock>,
}

fn router(open: Arc<Open>) -> Router {
    Router::new()
        .route("/add-checkpoint", post(add_checkpoint))
        .route("/", get(about))
        .layer(DefaultBodyLimit::max(MAX_REQUEST_BYTES))
        .with_state(open)
}

async fn add_checkpoint(State(open): State<Arc<Open>>, body: String) -> Response {
    let judged = move || open.keeper.add(&body, open.clock.now());
    match tokio::task::spawn_blocking(judged).await {
        Ok(Ok(line)) => line.into_response(),
        Ok(Err(Unsigned::Refused(refusal))) => refused(&refusal),
        Ok(Err(Unsigned::Fault(error))) => fault(&error),
        Err(error) => fault(&error.into()),
    }
}

fn refused(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
    match refusal.size() {
        Some(size) => (status, [(header::CONTENT_TYPE, "text/x.tlog.size")], format!("{size}\n"))
            .into_response(),
        None => (status, format!("{refusal}\n")).into_response(),
    }
}

fn fault(error: &anyhow::Error) -> Response {
    tracing::error!(error = format!("{error:#}"), "witness");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// For people and monitors: the key, and the last cosigned head of each log.
async fn about(State(open): State<Arc<Open>>) -> Response {
    let told = move || heads(&open.keeper);
    match tokio::task::spawn_blocking(told).await {
        Ok(Ok(text)) => text.into_response(),
        Ok(Err(error)) => fault(&error),
        Err(error) => fault(&error.into()),
    }
}

fn heads(keeper: &Keeper) -> anyhow::Result<String> {
    let mut text = format!("witness {}\n", keeper.key());
    for log in keeper.logs()? {
        text.push_str(&format!("\nlog {log}\n"));
        text.push_str(&keeper.head(log.name())?.unwrap_or_else(|| "no head yet\n".to_owned()));
    }
    Ok(text)
}
