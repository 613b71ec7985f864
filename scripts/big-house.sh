#!/usr/bin/env bash
# A house of a million dossiers for measuring: plays 10,000 of three years, lays copies of them,
# makes the rows. Arguments: folder of the new house, dossiers (1,000,000: 16 GB, 12 GB of memory
# while the rows are made).
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$root"

house=${1:?where? scripts/big-house.sh HOUSE [DOSSIERS]}
dossiers=${2:-1000000}
binary=$target/release/motcua
[[ -x $binary ]] || die "$binary is missing: make build-release"
[[ -e $house ]] && die "$house is there already"
cargo build --locked --release --package app --example big_house

played=$(mktemp -d)
trap 'rm -rf "$played"' EXIT
say "Playing"
"$binary" simulate --data "$played/house" \
    --from 2024-01-01 --to 2026-11-20 --dossiers 10000 --seed 7
say "Laying $dossiers dossiers"
"$target/release/examples/big_house" "$played/house" "$house" "$dossiers"
say "Making the rows"
# Each row is new; the last line tells how many.
"$binary" rebuild --data "$house" | tail -n 1
du -sh "$house"
