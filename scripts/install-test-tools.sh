#!/usr/bin/env bash
# What `make test` needs besides Rust: PostgreSQL, a browser with a font, readers of PDF files, a
# token made of software, those who judge our signatures, and Go's own code for logs like ours.
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
need poppler-utils pdfsig
need openssl openssl
need softhsm2 softhsm2-util
need python3 python3
need golang-go go
go_tlog=/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog
[[ -d $go_tlog ]] || missing+=(golang-golang-x-mod-dev)
python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
has_vietnamese_font || missing+=(fontconfig fonts-dejavu-core)
install_missing

[[ -d $go_tlog ]] ||
    die "golang.org/x/mod is not in /usr/share/gocode: install golang-golang-x-mod-dev there."
has_postgres || die "PostgreSQL was installed, but its initdb is nowhere to be found."
compgen -G '/usr/lib*/softhsm/libsofthsm2.so' >/dev/null ||
    compgen -G '/usr/lib*/*/softhsm/libsofthsm2.so' >/dev/null ||
    compgen -G '/usr/lib64/pkcs11/libsofthsm2.so' >/dev/null ||
    die "softhsm2 was installed, but its libsofthsm2.so is nowhere to be found."

# pyHanko lives outside the checkout, beside the compiled crates; the pins are its mark.
pins=$root/scripts/pyhanko.txt
judge=${MOTCUA_PYHANKO:-$HOME/.cache/motcua/pyhanko}
if ! cmp -s "$pins" "$judge/pins" || ! "$judge/bin/pyhanko" --version >/dev/null 2>&1; then
    say "Installing pyHanko in $judge"
    python3 -m venv --clear "$judge" || die "python3 could not make an environment in $judge."
    "$judge/bin/pip" install --quiet --disable-pip-version-check --requirement "$pins" ||
        die "pip could not install pyHanko. It needs the network, or a mirror (PIP_INDEX_URL)."
    "$judge/bin/pyhanko" --version >/dev/null || die "pyHanko was installed, but does not start."
    cp "$pins" "$judge/pins"
fi

chromium --version >/dev/null 2>&1 || die "chromium is installed, but does not start."
