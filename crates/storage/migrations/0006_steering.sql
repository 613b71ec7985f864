-- What leaders steer by beside the dossiers: directives, tasks of the reform programme, campaigns,
-- explanations of odd signs, and the reports on each (`parent` is the record). Rows stay; each is
-- written together with a line of `audit`. `content` is the entry as JSON.
CREATE TABLE steering (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    parent TEXT NOT NULL,
    agency TEXT NOT NULL,
    entered_at BIGINT NOT NULL,
    entered_by TEXT NOT NULL,
    content TEXT NOT NULL
);
CREATE INDEX steering_kind ON steering (kind, entered_at, id);
