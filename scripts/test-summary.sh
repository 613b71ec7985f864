#!/usr/bin/env bash
# Closes `make test`: how many tests ran where. Fails when one of the three places saw none.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

for part in rust.count browser.count tally; do
    [[ -f $report/$part ]] || die "$report/$part is missing: run the whole of make test"
done
rust=$(count_of rust "$report/rust.count")
browser=$(count_of browser "$report/browser.count")

# Different tests that ran on a database, not how often.
on() {
    sed -n "s/^ran on $1: //p" "$report/tally" | sort -u | wc -l
}
sqlite=$(on sqlite)
postgres=$(on postgres)

echo
echo "Rust: $rust tests, of which on SQLite: $sqlite, on PostgreSQL: $postgres"
echo "In the browser: $browser journeys"
((sqlite > 0)) || die 'no test ran on SQLite'
((postgres > 0)) || die 'no test ran on PostgreSQL'
((browser > 0)) || die 'no test ran in the browser'
echo "$((rust + browser)) passed, 0 failed"
