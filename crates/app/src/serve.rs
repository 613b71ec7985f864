//! `motcua serve`: the door is open until the process is told to close it.

use crate::cli::{Door, Place};
use crate::house;
use crate::ports::SystemChance;
use crate::witnesses;
use anyhow::Context as _;
use office::Office;
use office::witnesses::Witnesses;
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
/// How often new entries are shown to the witnesses.
const WITNESSING: Duration = Duration::from_secs(60);
/// How often the counters of the figures are counted again.
const RECOUNTING: Duration = Duration::from_secs(3600);

/// Serves an installation.
pub(crate) async fn serve(place: &Place, door: &Door) -> anyhow::Result<ExitCode> {
    let office = house::open_with(place, door.clock(), Arc::new(SystemChance)).await?;
    let listener = listen(door).await?;
    say!("listening on http://{}", listener.local_addr()?);
    run(Arc::new(office), listener, place, false).await
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
    place: &Place,
    demo: bool,
) -> anyhow::Result<ExitCode> {
    let witnesses = witnesses::of(&place.data, &office)?;
    if let Some(witnesses) = &witnesses {
        witnesses::hold(witnesses).await?;
    }
    let base_url = office.base_url.clone();
    let secure_cookies = base_url.starts_with("https://");
    let router =
        web::router(Arc::new(Web { office: office.clone(), demo, base_url, secure_cookies }));
    let (stop, stopped) = watch::channel(false);
    let (alarm, alarmed) = watch::channel(false);
    let worker = work(office, witnesses, (stopped, alarm));
    axum::serve(listener, router).with_graceful_shutdown(told_to_stop_or(alarmed)).await?;
    stop.send_replace(true);
    worker.await??;
    Ok(ExitCode::SUCCESS)
}

/// Works in the background until told to stop: letters, the calendar, reminders, witnesses. When a
/// witness knows more than this house, the alarm closes the door.
fn work(
    office: Arc<Office>,
    witnesses: Option<Witnesses>,
    (mut stopped, alarm): (watch::Receiver<bool>, watch::Sender<bool>),
) -> JoinHandle<anyhow::Result<()>> {
    tokio::spawn(async move {
        let mut rounds = tokio::time::interval(ROUND);
        let mut reminding = tokio::time::interval(REMINDING);
        let mut witnessing = tokio::time::interval(WITNESSING);
        let recounted = tokio::spawn(count_again(office.clone(), stopped.clone()));
        for timer in [&mut rounds, &mut reminding, &mut witnessing] {
            timer.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        }
        loop {
            let done = tokio::select! {
                _ = rounds.tick() => {
                    if let Err(error) = office.refresh_calendar().await {
                        tracing::error!(%error, "calendar");
                    }
                    office.print_again().await;
                    office.send_letters().await
                }
                _ = reminding.tick() => office.remind().await,
                _ = witnessing.tick() => {
                    if let Err(error) = office.begin_year().await {
                        tracing::error!(%error, "the log's year");
                    }
                    if let Some(witnesses) = &witnesses
                        && let Err(error) = witness(witnesses).await
                    {
                        alarm.send_replace(true);
                        return Err(error);
                    }
                    Ok(0)
                }
                _ = stopped.changed() => return Ok(recounted.await?),
            };
            if let Err(error) = done {
                tracing::error!(%error, "letters");
            }
        }
    })
}

/// Counts the figures as the server starts, which takes a while where the record is long, and holds
/// them to a recount then and every hour: a difference is an alarm.
async fn count_again(office: Arc<Office>, mut stopped: watch::Receiver<bool>) {
    let mut recounting = tokio::time::interval(RECOUNTING);
    recounting.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let counted = async {
            recounting.tick().await;
            office.recount().await
        };
        let checked = tokio::select! {
            counted = counted => counted,
            _ = stopped.changed() => return,
        };
        match checked {
            Ok(checked) => checked.differences.iter().for_each(|difference| {
                tracing::error!(%difference, "the figures are wrong: motcua report check");
            }),
            Err(error) => tracing::error!(%error, "count again"),
        }
    }
}

/// Shows the witnesses what is new; an error only where one of them knows more than this house.
async fn witness(witnesses: &Witnesses) -> anyhow::Result<()> {
    match witnesses.collect().await {
        Ok(asked) => witnesses::judge(&asked)?,
        Err(error) => tracing::error!(%error, "witnesses"),
    }
    if let Err(error) = witnesses.stamp().await {
        tracing::warn!(%error, "time-stamp");
    }
    Ok(())
}

async fn told_to_stop_or(mut alarmed: watch::Receiver<bool>) {
    tokio::select! {
        () = told_to_stop() => {}
        Ok(()) = alarmed.changed() => {}
    }
}

/// Until Ctrl-C or SIGTERM.
pub(crate) async fn told_to_stop() {
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
