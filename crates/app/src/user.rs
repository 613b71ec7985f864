//! `motcua user`: accounts and bearer tokens. There is no default account anywhere.

use crate::cli::{Place, UserCommand};
use crate::house;
use anyhow::{Context as _, ensure};
use office::Office;
use office::accounts::NewAccount;
use std::io::{BufRead as _, IsTerminal as _};
use std::process::ExitCode;

/// Carries out the command.
pub(crate) async fn run(command: UserCommand) -> anyhow::Result<ExitCode> {
    match command {
        UserCommand::Add { login, name, official, citizen: _, password_stdin, place } => {
            let office = house::open(&place).await?;
            let full_name = full_name(&office, name, official.as_deref())?;
            let password = password(password_stdin)?;
            let new = NewAccount { login, full_name, official, password, ..NewAccount::default() };
            say!("{}", office.put_account(new).await?);
        }
        UserCommand::Token { official, account, name, place } => {
            let office = house::open(&place).await?;
            let holder = match (official, account) {
                (Some(official), _) => official,
                (None, Some(account)) => {
                    let known = office.store.account(&account).await?;
                    ensure!(known.is_some(), "there is no account {account}");
                    format!("account:{account}")
                }
                (None, None) => anyhow::bail!("--official or --account says whose token it is"),
            };
            let token = office.new_token(&holder, &name).await;
            say!("{}", token.with_context(|| format!("no token for {holder}"))?);
        }
        UserCommand::List { place } => list(&place).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The name given, or the official's own in the catalogue.
fn full_name(
    office: &Office,
    name: Option<String>,
    official: Option<&str>,
) -> anyhow::Result<String> {
    let Some(id) = official else { return name.context("--name is missing") };
    let known = office.catalogue.organisation.official(id);
    let known = known.with_context(|| format!("the organisation has no official {id}"))?;
    Ok(name.unwrap_or_else(|| known.name.clone()))
}

/// One line of standard input; asked for when a person sits there.
fn password(quiet: bool) -> anyhow::Result<String> {
    if !quiet && std::io::stdin().is_terminal() {
        eprint!("Password (12 to 128 characters): ");
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("cannot read the password")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

async fn list(place: &Place) -> anyhow::Result<()> {
    let office = house::open(place).await?;
    for account in office.store.accounts().await? {
        let who = account.official.as_deref().unwrap_or("citizen");
        let state = if account.disabled_at.is_some() { "  disabled" } else { "" };
        say!("{:<24}{:<10}{}{state}", account.login, who, account.full_name);
    }
    Ok(())
}
