-- What others said about the log's signed heads. A witness's line stands under the head of `size`;
-- `at` is the witness's own time, in milliseconds like all times here.
CREATE TABLE cosignature (
    witness TEXT NOT NULL,
    size BIGINT NOT NULL,
    at BIGINT NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (witness, size)
);

-- Time-stamp tokens (RFC 3161) over the text of a signed head, one a day.
CREATE TABLE time_stamp (
    size BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    token BLOB NOT NULL
);
