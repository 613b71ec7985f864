#!/usr/bin/env bash
# How fast the counters answer, and a full recount against DuckDB on the same columns, one thread.
# Arguments: dossiers in the counters, dossiers recounted. PROFILE=dev for a look without waiting.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$root"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
profile=(--release)
[[ ${PROFILE:-release} == dev ]] && profile=()
cargo run --locked --quiet "${profile[@]}" --package app --example figures_speed -- \
    "${1:-1000000}" "${2:-10000000}" "$folder" | tee "$folder/ours"

# DuckDB lives outside the checkout, beside the compiled crates.
judge=${MOTCUA_DUCKDB:-$HOME/.cache/motcua/duckdb}
if ! "$judge/bin/python" -c 'import duckdb' 2>/dev/null; then
    say "Installing DuckDB in $judge"
    python3 -m venv --clear "$judge"
    "$judge/bin/pip" install --quiet --disable-pip-version-check 'duckdb>=1.1'
fi
ours=$(sed -n 's/^recount_ms //p' "$folder/ours")
"$judge/bin/python" scripts/figures-duckdb.py "$folder" "$ours"
