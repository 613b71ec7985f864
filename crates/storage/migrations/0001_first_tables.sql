-- The first tables. One text for both databases: see src/migrate.rs for what is exchanged.

-- The record: what happened. Everything about a dossier can be made anew from here.
-- `entry` is the leaf's text; `payload` and `salt` may be erased, the leaf stays.
CREATE TABLE fact (
    idx BIGINT PRIMARY KEY,
    dossier TEXT NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    ts BIGINT NOT NULL,
    actor TEXT NOT NULL,
    entry TEXT NOT NULL,
    leaf BLOB NOT NULL,
    salt BLOB,
    payload TEXT
);
CREATE UNIQUE INDEX fact_of_dossier ON fact (dossier, seq);

CREATE TABLE ledger_head (
    id BIGINT PRIMARY KEY,
    size BIGINT NOT NULL,
    frontier BLOB NOT NULL,
    last_ts BIGINT NOT NULL
);

CREATE TABLE checkpoint (
    size BIGINT PRIMARY KEY,
    note TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE idempotency (
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    version BIGINT NOT NULL,
    first_index BIGINT NOT NULL,
    reply TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (actor, key)
);

CREATE TABLE number_book (
    book TEXT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);

-- What is read from, derived from the facts.
CREATE TABLE dossier (
    id TEXT NOT NULL PRIMARY KEY,
    code TEXT,
    version BIGINT NOT NULL,
    agency TEXT NOT NULL,
    unit TEXT NOT NULL,
    procedure TEXT NOT NULL,
    time_class TEXT,
    channel TEXT NOT NULL,
    applicant_account TEXT,
    applicant_name TEXT NOT NULL,
    search_text TEXT NOT NULL,
    stage TEXT NOT NULL,
    national_status BIGINT NOT NULL,
    submitted_at BIGINT NOT NULL,
    received_at BIGINT,
    due_at BIGINT,
    finished_at BIGINT,
    returned_at BIGINT,
    outcome TEXT,
    officer TEXT,
    open BIGINT NOT NULL
);
CREATE UNIQUE INDEX dossier_code ON dossier (code) WHERE code IS NOT NULL;
CREATE INDEX dossier_of_agency ON dossier (agency, stage, submitted_at);
CREATE INDEX dossier_of_unit ON dossier (unit, stage, submitted_at);
CREATE INDEX dossier_of_applicant ON dossier (applicant_account, submitted_at)
    WHERE applicant_account IS NOT NULL;

CREATE TABLE task (
    dossier TEXT NOT NULL,
    no BIGINT NOT NULL,
    step BIGINT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    position TEXT NOT NULL,
    officer TEXT,
    opened_at BIGINT NOT NULL,
    due_at BIGINT,
    closed_at BIGINT,
    closed_by TEXT,
    PRIMARY KEY (dossier, no)
);
-- Only open tasks: the work lists stay as small as the work, however long the history.
CREATE INDEX task_open_for_position ON task (unit, position, due_at) WHERE closed_at IS NULL;
CREATE INDEX task_open_for_officer ON task (officer, due_at) WHERE closed_at IS NULL;

-- What must follow after the commit.
CREATE TABLE outbox (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    dossier TEXT,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    not_before BIGINT NOT NULL,
    done_at BIGINT
);
CREATE INDEX outbox_open ON outbox (not_before, created_at) WHERE done_at IS NULL;

-- People and their ways in.
CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('citizen', 'official')),
    official TEXT,
    full_name TEXT NOT NULL,
    personal_number TEXT,
    phone TEXT,
    email TEXT,
    password_hash TEXT NOT NULL,
    failed BIGINT NOT NULL,
    locked_until BIGINT,
    disabled_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX account_of_official ON account (official) WHERE official IS NOT NULL;

CREATE TABLE session (
    token_hash BLOB NOT NULL PRIMARY KEY,
    account TEXT NOT NULL
        REFERENCES account (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    csrf TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    user_agent TEXT NOT NULL
);
CREATE INDEX session_of_account ON session (account);

CREATE TABLE api_token (
    token_hash BLOB NOT NULL PRIMARY KEY,
    official TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

-- The security log, and who read what about whom.
CREATE TABLE audit (
    id TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    what TEXT NOT NULL,
    dossier TEXT,
    detail TEXT NOT NULL
);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_of_dossier ON audit (dossier, at) WHERE dossier IS NOT NULL;

-- Files by their content (the hash in hex, as in facts), and who handed them in under which name.
CREATE TABLE stored_file (
    hash TEXT NOT NULL PRIMARY KEY,
    size BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE upload (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    hash TEXT NOT NULL,
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX upload_of_account ON upload (account, created_at);
