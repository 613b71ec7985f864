//! The tables, one `static` each. They follow the migrations; a test compares the two.

use crate::table::Type::{Blob, Int, Text};
use crate::table::{Part, Table};

/// The record: every fact, with its leaf. Written by the recorder alone.
pub static FACT: Table = Table::insert_only(
    "fact",
    &[
        ("idx", Int),
        ("dossier", Text),
        ("seq", Int),
        ("kind", Text),
        ("ts", Int),
        ("actor", Text),
        ("entry", Text),
        ("leaf", Blob),
        ("salt", Blob),
        ("payload", Text),
    ],
    &["idx"],
);

/// The log's right edge. Written by the recorder alone.
pub static LEDGER_HEAD: Table = Table::new(
    "ledger_head",
    &[("id", Int), ("size", Int), ("frontier", Blob), ("last_ts", Int)],
    &["id"],
);

/// Signed heads of the log.
pub static CHECKPOINT: Table =
    Table::new("checkpoint", &[("size", Int), ("note", Text), ("at", Int)], &["size"]);

/// What was answered to which request. Written by the recorder alone.
pub static IDEMPOTENCY: Table = Table::insert_only(
    "idempotency",
    &[
        ("actor", Text),
        ("key", Text),
        ("request_hash", Blob),
        ("version", Int),
        ("first_index", Int),
        ("reply", Text),
        ("at", Int),
    ],
    &["actor", "key"],
);

/// The last number taken from each book. Written by the recorder alone.
pub static NUMBER_BOOK: Table =
    Table::new("number_book", &[("book", Text), ("last", Int)], &["book"]);

/// Read model: one row per dossier.
pub static DOSSIER: Table = Table::new(
    "dossier",
    &[
        ("id", Text),
        ("code", Text),
        ("version", Int),
        ("agency", Text),
        ("unit", Text),
        ("procedure", Text),
        ("time_class", Text),
        ("channel", Text),
        ("applicant_account", Text),
        ("applicant_name", Text),
        ("search_text", Text),
        ("stage", Text),
        ("national_status", Int),
        ("submitted_at", Int),
        ("received_at", Int),
        ("due_at", Int),
        ("finished_at", Int),
        ("returned_at", Int),
        ("outcome", Text),
        ("officer", Text),
        ("open", Int),
    ],
    &["id"],
);

/// What most acts change of a dossier's row: how far it has come. No index covers any of it.
pub static DOSSIER_COURSE: Part = Part::of(
    &DOSSIER,
    &[
        "version",
        "stage",
        "national_status",
        "received_at",
        "due_at",
        "finished_at",
        "returned_at",
        "outcome",
        "officer",
        "open",
    ],
);

/// What a first reception changes beside [`DOSSIER_COURSE`]: the code, and finding it by that.
pub static DOSSIER_CODE: Part = Part::of(&DOSSIER, &["code", "search_text"]);

/// Read model: the open tasks. What was done and by whom stands in the facts.
pub static TASK: Table = Table::new(
    "task",
    &[
        ("dossier", Text),
        ("no", Int),
        ("step", Int),
        ("kind", Text),
        ("name", Text),
        ("unit", Text),
        ("position", Text),
        ("officer", Text),
        ("opened_at", Int),
        ("due_at", Int),
    ],
    &["dossier", "no"],
);

/// Read model: the register of issued results, one row for each. Only the act that issues writes
/// here.
pub static RESULT: Table = Table::new(
    "result",
    &[
        ("dossier", Text),
        ("code", Text),
        ("kind", Text),
        ("procedure", Text),
        ("agency", Text),
        ("outcome", Text),
        ("title", Text),
        ("owner", Text),
        ("issued_at", Int),
        ("valid_until", Text),
    ],
    &["dossier"],
);

/// What must follow after the commit.
pub static OUTBOX: Table = Table::new(
    "outbox",
    &[
        ("id", Text),
        ("kind", Text),
        ("dossier", Text),
        ("payload", Text),
        ("created_at", Int),
        ("attempts", Int),
        ("not_before", Int),
        ("done_at", Int),
    ],
    &["id"],
);

/// People who may sign in.
pub static ACCOUNT: Table = Table::new(
    "account",
    &[
        ("id", Text),
        ("login", Text),
        ("kind", Text),
        ("official", Text),
        ("full_name", Text),
        ("personal_number", Text),
        ("phone", Text),
        ("email", Text),
        ("password_hash", Text),
        ("failed", Int),
        ("locked_until", Int),
        ("disabled_at", Int),
        ("created_at", Int),
    ],
    &["id"],
);

/// Signed-in browsers.
pub static SESSION: Table = Table::new(
    "session",
    &[
        ("token_hash", Blob),
        ("account", Text),
        ("csrf", Text),
        ("created_at", Int),
        ("seen_at", Int),
        ("user_agent", Text),
    ],
    &["token_hash"],
);

/// Keys of programs that speak for an official.
pub static API_TOKEN: Table = Table::new(
    "api_token",
    &[
        ("token_hash", Blob),
        ("official", Text),
        ("name", Text),
        ("created_at", Int),
        ("revoked_at", Int),
    ],
    &["token_hash"],
);

/// The security log, and who read what about whom.
pub static AUDIT: Table = Table::insert_only(
    "audit",
    &[
        ("id", Text),
        ("at", Int),
        ("actor", Text),
        ("what", Text),
        ("dossier", Text),
        ("detail", Text),
    ],
    &["id"],
);

/// Files by their content.
pub static STORED_FILE: Table = Table::new(
    "stored_file",
    &[("hash", Text), ("size", Int), ("media_type", Text), ("created_at", Int)],
    &["hash"],
);

/// Who handed in which file under which name.
pub static UPLOAD: Table = Table::new(
    "upload",
    &[
        ("id", Text),
        ("account", Text),
        ("hash", Text),
        ("name", Text),
        ("size", Int),
        ("media_type", Text),
        ("created_at", Int),
    ],
    &["id"],
);

/// Decisions about the working calendar.
pub static CALENDAR_DECISION: Table = Table::insert_only(
    "calendar_decision",
    &[("id", Text), ("entered_at", Int), ("entered_by", Text), ("content", Text)],
    &["id"],
);

/// What witnesses said about signed heads.
pub static COSIGNATURE: Table = Table::new(
    "cosignature",
    &[("witness", Text), ("size", Int), ("at", Int), ("line", Text)],
    &["witness", "size"],
);

/// Time-stamps over signed heads.
pub static TIME_STAMP: Table =
    Table::new("time_stamp", &[("size", Int), ("at", Int), ("token", Blob)], &["size"]);

/// Read model: inspections.
pub static INSPECTION: Table = Table::new(
    "inspection",
    &[("code", Text), ("year", Int), ("version", Int), ("stage", Text)],
    &["code"],
);

/// What leaders steer by, and the reports on it.
pub static STEERING: Table = Table::insert_only(
    "steering",
    &[
        ("id", Text),
        ("kind", Text),
        ("parent", Text),
        ("agency", Text),
        ("entered_at", Int),
        ("entered_by", Text),
        ("content", Text),
    ],
    &["id"],
);

/// Every table.
pub static ALL: [&Table; 20] = [
    &FACT,
    &LEDGER_HEAD,
    &CHECKPOINT,
    &IDEMPOTENCY,
    &NUMBER_BOOK,
    &DOSSIER,
    &TASK,
    &RESULT,
    &OUTBOX,
    &ACCOUNT,
    &SESSION,
    &API_TOKEN,
    &AUDIT,
    &STORED_FILE,
    &UPLOAD,
    &CALENDAR_DECISION,
    &COSIGNATURE,
    &TIME_STAMP,
    &INSPECTION,
    &STEERING,
];
