//! Programs that the benchmark runs: to their end, or until they are told to stop.

use anyhow::{Context as _, bail, ensure};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

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
    child: Child,
    first_line: String,
    // Open as long as the program runs, so that it can go on printing.
    _output: Option<BufReader<std::process::ChildStdout>>,
}

impl Running {
    /// Starts a program that prints a line when it is ready; complaints go into a file.
    ///
    /// # Errors
    /// When it cannot be started or ends without the line.
    pub(crate) fn start(command: &mut Command, complaints: &Path) -> anyhow::Result<Running> {
        let mut running = Running::start_silent(command.stdout(Stdio::piped()), complaints)?;
        let output = running.child.stdout.take().context("its output is a pipe")?;
        let mut output = BufReader::new(output);
        output.read_line(&mut running.first_line)?;
        if running.first_line.is_empty() {
            let told = std::fs::read_to_string(complaints).unwrap_or_default();
            bail!("{:?} ended before it was ready: {told}", command.get_program());
        }
        running._output = Some(output);
        Ok(running)
    }

    /// Starts a program that prints nothing.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(crate) fn start_silent(
        command: &mut Command,
        complaints: &Path,
    ) -> anyhow::Result<Running> {
        let file = std::fs::File::create(complaints)?;
        let child = command.stdin(Stdio::null()).stderr(file).spawn();
        let name = command.get_program().to_string_lossy().into_owned();
        let child = child.with_context(|| format!("cannot start {name}"))?;
        Ok(Running { child, first_line: String::new(), _output: None })
    }

    /// What it printed when it was ready.
    pub(crate) fn first_line(&self) -> &str {
        self.first_line.trim()
    }

    /// Its number.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to end, and waits; after ten seconds it is ended.
    pub(crate) async fn stop(mut self) {
        let asked = Command::new("kill").args(["-TERM", &self.id().to_string()]).status();
        for _ in 0..200 {
            let gone = matches!(self.child.try_wait(), Ok(Some(_)));
            if gone || asked.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
