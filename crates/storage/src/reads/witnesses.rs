//! What others said about the log's heads: cosignatures and time-stamps; and the leaves from which
//! proofs for them are made.

use ledger::Hash;

use crate::error::Fault;
use crate::store::Store;
use crate::tables;
use crate::value::Row;
use crate::values;

/// A witness's word about a signed head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CosignatureRow {
    /// The name in the witness's key.
    pub witness: String,
    /// The head's size.
    pub size: u64,
    /// The witness's time, in milliseconds.
    pub at: i64,
    /// The signature line, its newline included.
    pub line: String,
}

/// A time-stamp over a signed head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeStampRow {
    /// The head's size.
    pub size: u64,
    /// When it was asked for, in milliseconds.
    pub at: i64,
    /// The token, in DER.
    pub token: Vec<u8>,
}

const ALL: &str = "SELECT witness, size, at, line FROM cosignature ORDER BY size, witness";
const LAST: &str = "SELECT witness, size, at, line FROM cosignature WHERE witness = $1 \
    ORDER BY size DESC LIMIT 1";
const COVERING: &str = "SELECT witness, size, at, line FROM cosignature WHERE witness = $1 \
    AND size >= $2 ORDER BY size LIMIT 1";
const WITNESSES: &str = "SELECT DISTINCT witness FROM cosignature ORDER BY witness";
const HEADS: &str = "SELECT size, note FROM checkpoint WHERE size IN \
    (SELECT size FROM cosignature UNION SELECT size FROM time_stamp) ORDER BY size";
const STAMPS: &str = "SELECT size, at, token FROM time_stamp ORDER BY size";
const LAST_STAMP: &str = "SELECT size, at, token FROM time_stamp ORDER BY size DESC LIMIT 1";
const LEAVES: &str = "SELECT leaf FROM fact WHERE idx >= $1 AND idx < $2 ORDER BY idx";

impl Store {
    /// Keeps a witness's word about a head.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn keep_cosignature(&self, row: CosignatureRow) -> Result<(), Fault> {
        let CosignatureRow { witness, size, at, line } = row;
        self.write(vec![tables::COSIGNATURE.row(values![witness, size, at, line])]).await
    }

    /// Everything that witnesses said, by size.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn cosignatures(&self) -> Result<Vec<CosignatureRow>, Fault> {
        self.query(ALL, values![]).await?.iter().map(cosignature).collect()
    }

    /// A witness's word about the largest head it saw.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn last_cosignature(&self, witness: &str) -> Result<Option<CosignatureRow>, Fault> {
        let rows = self.query(LAST, values![witness]).await?;
        rows.first().map(cosignature).transpose()
    }

    /// For each witness that ever spoke its first word about a head of at least `size` entries, or
    /// else its last word.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn cosignatures_for(&self, size: u64) -> Result<Vec<CosignatureRow>, Fault> {
        let mut found = Vec::new();
        for row in self.query(WITNESSES, values![]).await? {
            let witness: String = row.get("witness")?;
            let covering = self.query(COVERING, values![&witness, size]).await?;
            match covering.first() {
                Some(row) => found.push(cosignature(row)?),
                None => found.extend(self.last_cosignature(&witness).await?),
            }
        }
        Ok(found)
    }

    /// Size and note of every head that a witness or a time-stamp speaks of, by size.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn heads_spoken_of(&self) -> Result<Vec<(u64, String)>, Fault> {
        let rows = self.query(HEADS, values![]).await?;
        rows.iter().map(|row| Ok((row.get("size")?, row.get("note")?))).collect()
    }

    /// Keeps a time-stamp.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn keep_time_stamp(&self, row: TimeStampRow) -> Result<(), Fault> {
        let TimeStampRow { size, at, token } = row;
        self.write(vec![tables::TIME_STAMP.row(values![size, at, token])]).await
    }

    /// Every time-stamp, by size.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn time_stamps(&self) -> Result<Vec<TimeStampRow>, Fault> {
        self.query(STAMPS, values![]).await?.iter().map(time_stamp).collect()
    }

    /// The time-stamp over the largest head.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn last_time_stamp(&self) -> Result<Option<TimeStampRow>, Fault> {
        self.query(LAST_STAMP, values![]).await?.first().map(time_stamp).transpose()
    }

    /// The leaf hashes of the entries `from` to before `to`.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn leaf_hashes(&self, from: u64, to: u64) -> Result<Vec<Hash>, Fault> {
        let rows = self.query(LEAVES, values![from, to]).await?;
        rows.iter().map(|row| row.get("leaf")).collect()
    }
}

fn cosignature(row: &Row) -> Result<CosignatureRow, Fault> {
    Ok(CosignatureRow {
        witness: row.get("witness")?,
        size: row.get("size")?,
        at: row.get("at")?,
        line: row.get("line")?,
    })
}

fn time_stamp(row: &Row) -> Result<TimeStampRow, Fault> {
    Ok(TimeStampRow { size: row.get("size")?, at: row.get("at")?, token: row.get("token")? })
}
