#!/usr/bin/env bash
# What `make test` needs besides Rust: PostgreSQL, a browser with a font, and readers of PDF files.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

"$root/scripts/install-run-tools.sh"

has_postgres() {
    command -v initdb >/dev/null 2>&1 ||
        compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null ||
        compgen -G '/usr/pgsql-*/bin/initdb' >/dev/null
}

has_vietnamese_font() {
    command -v fc-list >/dev/null 2>&1 && [[ -n $(fc-list :lang=vi family | head -n 1) ]]
}

has_postgres || missing+=(postgresql)
need postgresql-client-common pg_isready
need chromium chromium
need qpdf qpdf
need poppler-utils pdftotext
has_vietnamese_font || missing+=(fontconfig fonts-dejavu-core)
install_missing

has_postgres || die "PostgreSQL was installed, but its initdb is nowhere to be found."
chromium --version >/dev/null 2>&1 || die "chromium is installed, but does not start."
