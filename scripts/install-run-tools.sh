#!/usr/bin/env bash
# What `make run` needs besides Rust: Node.js for the web assets and a C compiler for SQLite.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

need_rust
need nodejs node
need npm npm
need gcc cc
need libc6-dev cc
install_missing
