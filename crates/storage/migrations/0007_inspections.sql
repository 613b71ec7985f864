-- Read model: inspections, made from their facts. Few in a year: what a page shows is folded anew.
CREATE TABLE inspection (
    code TEXT NOT NULL PRIMARY KEY,
    year BIGINT NOT NULL,
    version BIGINT NOT NULL,
    stage TEXT NOT NULL
);
