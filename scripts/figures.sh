#!/usr/bin/env bash
# The README's figures: size of the binary, time from start to the first page, idle memory.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

binary=$target/release/motcua
[[ -x $binary ]] || die "$binary is missing: make build-release"
data=$(mktemp -d)
server=
stop() {
    if [[ -n $server ]]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    server=
}
trap 'stop; rm -rf "$data"' EXIT

# start: sets `server` and `took`, the milliseconds until the first page.
start() {
    local port
    port=$(free_port)
    "$binary" demo --listen "127.0.0.1:$port" --data "$data/demo" >"$data/log" 2>&1 &
    server=$!
    took=$(wait_for "http://127.0.0.1:$port/" "$server" 60) || die "$(tail -n 5 "$data/log")"
}

start
first=$took
stop
start
resident=$(awk '/^VmRSS/ { print $2 }' "/proc/$server/status")
awk -v bytes="$(stat -c %s "$binary")" -v first="$first" -v again="$took" -v kib="$resident" '
BEGIN {
    printf "size of the release binary       %.1f MB\n", bytes / 1e6
    printf "first start, demo data made      %d ms\n", first
    printf "start to the first page          %d ms\n", again
    printf "idle memory (resident)           %.1f MB\n", kib * 1024 / 1e6
}'
