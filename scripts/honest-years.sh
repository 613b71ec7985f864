#!/usr/bin/env bash
# Plays honest years with the real program, each seen by a witness at its end, and
# counts the alarms of the audit and of the inspector: there must be none.
# scripts/honest-years.sh [YEARS] [FIRST SEED]
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

years=${1:-1000} first=${2:-1}
motcua=${MOTCUA:-$target/release/motcua}
[[ -x $motcua ]] || die "there is no $motcua: make build-release, or name one with MOTCUA."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
alarms=0 entries=0
for ((seed = first; seed < first + years; seed++)); do
    rm -rf "${place:?}"/*
    house=$place/house witness=$place/witness
    "$motcua" simulate --from 2018-01-01 --to 2018-12-31 --dossiers 10 --seed "$seed" \
        --data "$house" >"$place/played"
    entries=$((entries + $(awk 'END { print $1 }' "$place/played")))
    key=$("$motcua" witness --data "$witness" init thanhtra.example/w1)
    log=$("$motcua" ledger key --data "$house")
    "$motcua" witness --data "$witness" trust "$log" >/dev/null
    printf 'log %s\nwitness w %s\nquorum w\n' "$log" "$key" >"$house/witnesses.policy"
    "$motcua" ledger offer w --data "$house" >"$place/offer"
    "$motcua" witness --data "$witness" --now 2019-01-02T08:00 cosign "$place/offer" >"$place/answer"
    size=$(sed -n 4p "$place/offer")
    "$motcua" ledger cosigned "$place/answer" --size "$size" --data "$house" >/dev/null
    "$motcua" ledger export "$place/export" --data "$house" >/dev/null
    "$motcua" ledger audit --data "$house" >"$place/audit" || {
        alarms=$((alarms + 1)) && say "seed $seed" && cat "$place/audit" >&2
    }
    "$motcua" inspect verify "$place/export" --policy "$house/witnesses.policy" \
        --checkpoint "$place/export/checkpoint" >"$place/told" || {
        alarms=$((alarms + 1)) && say "seed $seed" && grep -v FINE "$place/told" >&2
    }
done
printf '%s honest years, %s entries, %s alarms\n' "$years" "$entries" "$alarms"
((alarms == 0))
