-- The register of issued results, derived from the facts: whose they are (a keyed hash of the
-- personal number or tax code, never the number), of which kind, until when they are valid.
CREATE TABLE result (
    dossier TEXT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    kind TEXT,
    procedure TEXT NOT NULL,
    agency TEXT NOT NULL,
    outcome TEXT NOT NULL,
    title TEXT NOT NULL,
    owner TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    valid_until TEXT
);
CREATE INDEX result_code ON result (code);
CREATE INDEX result_of_owner ON result (owner);
