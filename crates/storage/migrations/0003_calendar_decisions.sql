-- Decisions about the working calendar, entered by officials on top of the catalogue's years.
-- Rows stay: a later decision stands beside the one that it corrects. `content` is the decision as
-- JSON; the calendar in force is the catalogue and all of them, by `entered_at`, then `id`.
CREATE TABLE calendar_decision (
    id TEXT NOT NULL PRIMARY KEY,
    entered_at BIGINT NOT NULL,
    entered_by TEXT NOT NULL,
    content TEXT NOT NULL
);
