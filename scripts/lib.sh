# shellcheck shell=bash
# What the scripts share; sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=${CARGO_TARGET_DIR:-$HOME/.cache/motcua/target}
report=${MOTCUA_TEST_REPORT:-$root/var/test}
export CARGO_TARGET_DIR=$target MOTCUA_TEST_REPORT=$report

say() {
    printf '\n== %s\n' "$*" >&2
}

die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# Debian packages that install_missing will fetch.
missing=()

# need PACKAGE COMMAND: the package brings the command, when it is not there yet.
need() {
    command -v "$2" >/dev/null 2>&1 || missing+=("$1")
}

need_rust() {
    command -v cargo >/dev/null 2>&1 ||
        die "Rust is missing. Install Rust 1.95 or newer (https://rustup.rs), then run this again."
}

# Installs what `need` found missing. Asks for nothing when nothing is missing.
install_missing() {
    if ((${#missing[@]} == 0)); then return; fi
    command -v apt-get >/dev/null 2>&1 ||
        die "missing: ${missing[*]} (names of Debian packages). Install them, then run this again."
    local as_root=()
    if (($(id -u) != 0)); then
        command -v sudo >/dev/null 2>&1 ||
            die "missing: ${missing[*]}. As root: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    say "Installing ${missing[*]}"
    "${as_root[@]}" apt-get update -qq ||
        die "apt-get update failed. Needed: ${missing[*]}"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" ||
        die "apt-get could not install: ${missing[*]}"
}

# The number after NAME in a file of `NAME NUMBER` lines, 0 when there is none.
count_of() {
    awk -v name="$1" '$1 == name { found = $2 } END { print found + 0 }' "$2"
}

# A port of the loopback address that nobody listens on.
free_port() {
    node -e 'const server = require("net").createServer();
        server.listen(0, "127.0.0.1", () => { console.log(server.address().port); server.close(); });'
}

# wait_for URL PID SECONDS: until the address answers; fails when the process ends or time is up.
wait_for() {
    node "$root/scripts/wait-for.mjs" "$@"
}
