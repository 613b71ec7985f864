#!/bin/sh
# A throw-away PostgreSQL for the tests: scripts/test-postgres.sh start | stop | url
#
# Durable like a real one (fsync on), so that what the tests say about commits is true.
set -eu

dir=${MOTCUA_PG_DIR:-/tmp/motcua-test-pg}
port=${MOTCUA_PG_PORT:-54331}
url="postgres://postgres@127.0.0.1:$port/postgres"

# The newest installed server, wherever the distribution keeps it.
if ! command -v initdb >/dev/null 2>&1; then
    for bin in $(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin 2>/dev/null | sort -V); do
        PATH="$bin:$PATH"
    done
    export PATH
fi

# PostgreSQL refuses to run as root.
as_server() {
    if [ "$(id -u)" = 0 ]; then
        su postgres -s /bin/sh -c "PATH='$PATH'; cd /; $1"
    else
        sh -c "$1"
    fi
}

answers() {
    pg_isready -q -h 127.0.0.1 -p "$port" -U postgres
}

create() {
    mkdir -p "$dir"
    if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
    chmod 700 "$dir"
    # A server that sorts like a dictionary, so that a test notices a column that lets it.
    locale="--locale=C.UTF-8"
    if initdb --help | grep -q icu-locale; then
        locale="$locale --locale-provider=icu --icu-locale=vi"
    fi
    as_server "initdb -D '$dir/data' -E UTF8 $locale -A trust -U postgres" >/dev/null
    cat >>"$dir/data/postgresql.conf" <<CONF
port = $port
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 128MB
max_wal_size = 2GB
log_min_messages = warning
CONF
}

case "${1:-}" in
start)
    if answers; then echo "$url"; exit 0; fi
    command -v initdb >/dev/null 2>&1 || {
        echo "PostgreSQL's initdb is missing; on Debian: apt-get install postgresql" >&2
        exit 1
    }
    [ -f "$dir/data/PG_VERSION" ] || create
    as_server "pg_ctl -D '$dir/data' -l '$dir/log' -w -t 60 start" >/dev/null
    answers
    echo "$url"
    ;;
stop)
    [ -f "$dir/data/postmaster.pid" ] || exit 0
    as_server "pg_ctl -D '$dir/data' -m fast -w stop" >/dev/null
    ;;
url)
    echo "$url"
    ;;
*)
    echo "usage: $0 start | stop | url" >&2
    exit 2
    ;;
esac
