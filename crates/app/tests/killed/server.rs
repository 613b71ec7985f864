//! The program as a process that can be killed.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// An installation and, when started, its server.
pub(crate) struct Server {
    data: TempDir,
    address: String,
    pub(crate) port: u16,
    process: Option<Child>,
    starts: u32,
}

impl Server {
    /// Makes a new installation on a database.
    pub(crate) fn install(address: &str) -> Server {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let data = TempDir::new().unwrap();
        let server = Server { data, address: address.to_owned(), port, process: None, starts: 0 };
        server.run(&["migrate"]);
        server
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
        command.env_clear().args(words);
        command.arg("--data").arg(self.data.path()).arg("--database").arg(&self.address);
        command
    }

    /// A command that must succeed; what it printed.
    pub(crate) fn run(&self, words: &[&str]) -> String {
        let output = self.command(words).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {told}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Serves, a minute later than the last time; returns when it answers.
    pub(crate) fn start(&mut self) {
        let now = format!("2026-11-09T09:{:02}", self.starts);
        self.starts += 1;
        let listen = format!("127.0.0.1:{}", self.port);
        let mut command = self.command(&["serve", "--listen", &listen, "--now", &now]);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.starts_with("listening on "), "{line}");
        self.process = Some(process);
    }

    /// `kill -9`.
    pub(crate) fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
