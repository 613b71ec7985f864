//! Which witnesses this installation asks: `witnesses.policy` in its folder, in the format
//! tlog-policy; `time-stamps.url`, a line with the address of an authority (RFC 3161).

use crate::courier::HttpCourier;
use anyhow::{Context as _, bail};
use ledger::Policy;
use office::Office;
use office::witnesses::{Asked, Outcome, Witnesses};
use std::path::Path;
use std::sync::Arc;

/// The witnesses of the installation in this folder; none where neither file is.
pub(crate) fn of(data: &Path, office: &Arc<Office>) -> anyhow::Result<Option<Witnesses>> {
    let policy = read(&data.join("witnesses.policy"))?;
    let authority = read(&data.join("time-stamps.url"))?.map(|url| url.trim().to_owned());
    if policy.is_none() && authority.is_none() {
        return Ok(None);
    }
    let policy = policy.unwrap_or_else(|| "quorum none\n".to_owned());
    let policy: Policy = policy.parse().context("witnesses.policy cannot be read")?;
    Ok(Some(Witnesses::new(office.clone(), policy, authority, Arc::new(HttpCourier))))
}

/// Refuses to go on where a witness knows more than this house.
pub(crate) async fn hold(witnesses: &Witnesses) -> anyhow::Result<()> {
    judge(&witnesses.standing().await?)
}

/// An error that says what to do, where a witness knows more than this house.
pub(crate) fn judge(asked: &[Asked]) -> anyhow::Result<()> {
    for Asked { witness, outcome } in asked {
        match outcome {
            Outcome::KnowsMore { size } => bail!(
                "the witness {witness} has seen {size} entries of this log: entries are missing \
                 here. Was an older backup restored? Nothing is signed or recorded before that is \
                 mended: motcua ledger import-tail brings the missing entries back from a mirror; \
                 where they are lost, motcua ledger declare-break says so in the log, for good."
            ),
            Outcome::Refused { status, words } => {
                tracing::error!(%witness, status, %words, "the witness does not cosign");
            }
            Outcome::Silent(why) => tracing::warn!(%witness, %why, "the witness does not answer"),
            Outcome::Cosigned { .. } | Outcome::Offline => {}
        }
    }
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}
