#!/usr/bin/env bash
# The Rust tests on SQLite and on PostgreSQL; leaves the counts for test-summary.sh.
#
# storage::testing writes one line to the file named by MOTCUA_TEST_TALLY for each test it runs on
# a database (`ran on sqlite: NAME`, `ran on postgres: NAME`), so what the summary says was done.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$root"

mkdir -p "$report"
export MOTCUA_TEST_TALLY=$report/tally
: >"$MOTCUA_TEST_TALLY"

port=${MOTCUA_PG_PORT:-54331}
if ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    trap 'scripts/test-postgres.sh stop' EXIT
fi
MOTCUA_TEST_POSTGRES=$(scripts/test-postgres.sh start)
export MOTCUA_TEST_POSTGRES

# The sum of the tests that a log says passed.
passed_in() {
    sed -nE "$1" "$2" | awk '{ sum += $1 } END { print sum + 0 }'
}
cargo_says='s/^test result: ok\. ([0-9]+) passed.*/\1/p'
nextest_says='s/^ *Summary .* ([0-9]+) passed.*/\1/p'

log=$report/rust.log
if command -v cargo-nextest >/dev/null 2>&1; then
    say 'Rust tests'
    cargo nextest run --locked --workspace --no-fail-fast 2>&1 | tee "$log"
    ran=$(passed_in "$nextest_says" "$log")
    grep -qE '^ *Summary .* 0 skipped' "$log" || die 'a test was skipped'
    say 'Examples in the documentation'
    cargo test --locked --workspace --doc 2>&1 | tee "$log"
    ran=$((ran + $(passed_in "$cargo_says" "$log")))
else
    say 'Rust tests'
    cargo test --locked --workspace 2>&1 | tee "$log"
    ran=$(passed_in "$cargo_says" "$log")
fi
if grep -qE '^test result: .* [1-9][0-9]* ignored' "$log"; then die 'a test or an example is ignored'; fi
((ran > 0)) || die 'no Rust test ran'
echo "rust $ran" >"$report/rust.count"
