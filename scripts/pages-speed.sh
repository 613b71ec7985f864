#!/usr/bin/env bash
# How long the leaders' pages take on a house: scripts/pages-speed.sh HOUSE [--binary FILE] [more]
# `--help` tells the rest. The house is served as it is; accounts are added to it.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$root"

(($# > 0)) || die "which house? scripts/big-house.sh makes one"
exec python3 scripts/pages-speed.py --binary "$target/release/motcua" "$@"
