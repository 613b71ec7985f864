#!/usr/bin/env bash
# The journeys in Chromium, against a demo started for them with data of its own.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$root"

mkdir -p "$report"
say 'The demo for the browser'
# As the tests before it built the program: other features would compile most of it a second time.
cargo test --locked --workspace --no-run --quiet
npm --prefix e2e ci --ignore-scripts --no-audit --no-fund --loglevel=error

data=$(mktemp -d)
port=$(free_port)
"$target/debug/motcua" demo --listen "127.0.0.1:$port" --data "$data" --now 2026-11-09T09:00 >"$report/demo.log" 2>&1 &
server=$!
finish() {
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    rm -rf "$data"
}
trap finish EXIT

MOTCUA_URL=http://127.0.0.1:$port
MOTCUA_CHROMIUM=${MOTCUA_CHROMIUM:-$(command -v chromium)}
export MOTCUA_URL MOTCUA_CHROMIUM
if ! wait_for "$MOTCUA_URL/" "$server" 60 >/dev/null; then
    tail -n 20 "$report/demo.log" >&2
    die 'the demo did not start; its log ends above'
fi

say "Journeys in the browser, against $MOTCUA_URL"
log=$report/browser.log
npm --prefix e2e test 2>&1 | tee "$log"

# Playwright closes with a line for each kind: `12 passed (34.5s)`, `1 skipped`, `1 flaky`.
of_kind() {
    sed -nE "s/^ *([0-9]+) $1( .*)?\$/\1/p" "$log" | tail -n 1
}
[[ -z $(of_kind skipped) && -z $(of_kind 'did not run') ]] || die 'a journey was skipped'
[[ -z $(of_kind flaky) ]] || die 'a journey passed only when repeated'
ran=$(of_kind passed)
((${ran:-0} > 0)) || die 'no journey ran'
echo "browser $ran" >"$report/browser.count"
