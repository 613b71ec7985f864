//! `motcua serve`: the door is open until the process is told to close it.

use crate::cli::{Door, Place};
use crate::house;
use crate::ports::SystemChance;
use anyhow::Context as _;
use office::Office;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use web::Web;

/// How often the worker looks for letters to send and for decisions about the calendar that another
/// process entered.
const ROUND: Duration = Duration::from_secs(2);
/// How often it looks for what somebody should be reminded of.
const REMINDING: Duration = Duration::from_secs(300);

/// Serves an installation.
pub(crate) async fn serve(place: &Place, door: &Door) -> anyhow::Result<ExitCode> {
    let office = house::open_with(place, door.clock(), Arc::new(SystemChance)).await?;
    let listener = listen(door).await?;
    say!("listening on http://{}", listener.local_addr()?);
    run(Arc::new(office), listener, false).await
}

/// Takes the port, before anything is promised.
pub(crate) async fn listen(door: &Door) -> anyhow::Result<TcpListener> {
    let taken = || format!("cannot listen on {}: is another server there?", door.listen);
    TcpListener::bind(door.listen).await.with_context(taken)
}

/// Serves until Ctrl-C or SIGTERM; requests under way are answered first.
pub(crate) async fn run(
    office: Arc<Office>,
    listener: TcpListener,
    demo: bool,
) -> anyhow::Result<ExitCode> {
    let base_url = office.base_url.clone();
    let secure_cookies = base_url.starts_with("https://");
    let router =
        web::router(Arc::new(Web { office: office.clone(), demo, base_url, secure_cookies }));
    let (stop, stopped) = watch::channel(false);
    let worker = work(office, stopped);
    axum::serve(listener, router).with_graceful_shutdown(told_to_stop()).await?;
    stop.send_replace(true);
    worker.await?;
    Ok(ExitCode::SUCCESS)
}

/// Works in the background until told to stop: letters, the calendar, reminders.
fn work(office: Arc<Office>, mut stopped: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut rounds = tokio::time::interval(ROUND);
        let mut reminding = tokio::time::interval(REMINDING);
        for timer in [&mut rounds, &mut reminding] {
            timer.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        }
        loop {
            let done = tokio::select! {
                _ = rounds.tick() => {
                    if let Err(error) = office.refresh_calendar().await {
                        tracing::error!(%error, "calendar");
                    }
                    office.send_letters().await
                }
                _ = reminding.tick() => office.remind().await,
                _ = stopped.changed() => break,
            };
            if let Err(error) = done {
                tracing::error!(%error, "letters");
            }
        }
    })
}

async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        },
        Err(_) => {
            let _ = tokio::signal::ctrl_c().await;
        }
    }
}
