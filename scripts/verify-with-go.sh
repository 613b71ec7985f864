#!/usr/bin/env bash
# Checks an export with the tlog code of the Go project, from Debian's packages and without a network:
# scripts/verify-with-go.sh FOLDER [KEPT-CHECKPOINT]...
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

command -v go >/dev/null 2>&1 || die "there is no go: scripts/install-test-tools.sh installs it."
[[ -d /usr/share/gocode/src/golang.org/x/mod/sumdb/tlog ]] ||
    die "there is no golang.org/x/mod: Debian has it as golang-golang-x-mod-dev."
GOPATH=/usr/share/gocode GO111MODULE=off GOFLAGS= GOPROXY=off GOTOOLCHAIN=local \
    GOCACHE=${MOTCUA_GO_CACHE:-${TMPDIR:-/tmp}/motcua-go} \
    go run "$root/scripts/verify_ledger.go" "$@"
