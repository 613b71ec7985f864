//! Programs that the benchmark runs: to their end, or until they are told to stop.

use anyhow::{Context as _, ensure};
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How long a program may take to end after it was asked to.
const PATIENCE: Duration = Duration::from_secs(10);

/// Runs a program to its end and returns what it printed.
///
/// # Errors
/// When it cannot be started or fails; the error holds what it printed.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<String> {
    run_with(command, "")
}

/// The same, with something to read.
///
/// # Errors
/// As [`run`].
pub(crate) fn run_with(command: &mut Command, input: &str) -> anyhow::Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.with_context(|| format!("cannot start {name}"))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that reads nothing may be gone already.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output()?;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{name}: {}\n{told}{complained}", output.status);
    Ok(told)
}

/// Lets a process, its session and what it starts go before its neighbours.
///
/// # Errors
/// When that is not allowed.
pub(crate) fn go_before_others(pid: u32) -> anyhow::Result<()> {
    // Where the kernel shares time out between sessions, a process's own nice value counts only
    // inside its session.
    let session = format!("/proc/{pid}/autogroup");
    if Path::new(&session).exists() {
        std::fs::write(&session, "-15").with_context(|| format!("cannot write {session}"))?;
    }
    run(Command::new("renice").args(["-n", "-15", "-p", &pid.to_string()])).map(drop)
}

/// A program in the background; it ends with this value.
pub(crate) struct Running {
    child: Option<Child>,
    first_line: String,
    // Open as long as the program runs, so that it can go on printing.
    _output: BufReader<Box<dyn Read + Send>>,
}

impl Running {
    /// Starts a program that prints a line when it is ready; complaints go into a file.
    ///
    /// # Errors
    /// When it cannot be started or ends without the line.
    pub(crate) fn start(command: &mut Command, complaints: &Path) -> anyhow::Result<Running> {
        command.stdout(Stdio::piped()).stderr(std::fs::File::create(complaints)?);
        let mut child = spawn(command)?;
        let output = child.stdout.take().context("its output is a pipe")?;
        Running::ready(child, Box::new(output)).with_context(|| {
            let told = std::fs::read_to_string(complaints).unwrap_or_default();
            format!("{:?} is not ready: {told}", command.get_program())
        })
    }

    /// Starts a program that says among its complaints when it is ready.
    ///
    /// # Errors
    /// When it cannot be started or ends without a word.
    pub(crate) fn start_complaining(command: &mut Command) -> anyhow::Result<Running> {
        let mut child = spawn(command.stdout(Stdio::null()).stderr(Stdio::piped()))?;
        let output = child.stderr.take().context("its complaints are a pipe")?;
        Running::ready(child, Box::new(output))
            .with_context(|| format!("{:?} is not ready", command.get_program()))
    }

    /// The program, once it has printed a line.
    fn ready(child: Child, output: Box<dyn Read + Send>) -> anyhow::Result<Running> {
        let output = BufReader::new(output);
        let mut running =
            Running { child: Some(child), first_line: String::new(), _output: output };
        running._output.read_line(&mut running.first_line)?;
        ensure!(!running.first_line.is_empty(), "it ended without a word");
        Ok(running)
    }

    /// What it printed when it was ready.
    pub(crate) fn first_line(&self) -> &str {
        self.first_line.trim()
    }

    /// Its number.
    pub(crate) fn id(&self) -> u32 {
        self.child.as_ref().map_or(0, Child::id)
    }

    /// Asks it to end, and waits; after ten seconds it is ended.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub(crate) async fn stop(mut self) -> anyhow::Result<()> {
        let pid = self.id().to_string();
        let Some(mut child) = self.child.take() else { return Ok(()) };
        run(Command::new("kill").args(["-TERM", &pid]))?;
        let gone = tokio::task::spawn_blocking(move || child.wait());
        if tokio::time::timeout(PATIENCE, gone).await.is_err() {
            run(Command::new("kill").args(["-KILL", &pid]))?;
        }
        Ok(())
    }
}

fn spawn(command: &mut Command) -> anyhow::Result<Child> {
    let child = command.stdin(Stdio::null()).spawn();
    child.with_context(|| format!("cannot start {:?}", command.get_program()))
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended already.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
