# make help tells what there is. Long recipes live in scripts/.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help

# Outside the checkout, so that a fresh clone on the same machine compiles only what is ours.
export CARGO_TARGET_DIR ?= $(HOME)/.cache/motcua/target
export MOTCUA_TEST_REPORT ?= $(CURDIR)/var/test
# Where `make run` keeps the demo's data, and where it listens.
DATA ?= $(CURDIR)/var/demo
LISTEN ?= 127.0.0.1:8080
# The house whose pages are timed.
HOUSE ?= $(CURDIR)/var/big
ARGS ?=

NPM_CI := ci --ignore-scripts --no-audit --no-fund --loglevel=error
FRONTEND := $(shell find frontend -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null)
FRONTEND_BUILT := frontend/node_modules/.motcua-built

.PHONY: help run build test tools test-tools frontend fmt lint test-rust test-browser bench
.PHONY: build-release honest-years deadline-speed documents-speed figures-speed
.PHONY: big-house pages-speed
.PHONY: compare-calendars figures deny clean-var

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16

run: build ## build and serve the demo on http://127.0.0.1:8080 (LISTEN=…, DATA=…)
	$(CARGO_TARGET_DIR)/debug/motcua demo --listen $(LISTEN) --data $(DATA) $(ARGS)

build: tools frontend ## the web assets and the binary, in the dev profile
	cargo build --locked --package app

test: test-tools frontend lint test-rust test-browser ## everything: both databases and the browser
	scripts/test-summary.sh

tools: ## install what `make run` needs, if it is missing
	scripts/install-run-tools.sh

test-tools: ## install what `make test` needs, if it is missing
	scripts/install-test-tools.sh

frontend: $(FRONTEND_BUILT) ## fetch the third-party web files and build frontend/dist

$(FRONTEND_BUILT): $(FRONTEND) $(if $(wildcard frontend/dist),,rebuild)
	npm --prefix frontend $(NPM_CI)
	node frontend/build.mjs && touch $@

.PHONY: rebuild
rebuild:

fmt: ## format the Rust code
	cargo fmt --all

lint: ## formatting and clippy, warnings are errors
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings

test-rust: ## the Rust tests, on SQLite and on PostgreSQL
	scripts/test-rust.sh

test-browser: ## the journeys in Chromium against a freshly started demo
	scripts/test-browser.sh

build-release: tools frontend ## the binary as it is installed
	cargo build --locked --release --package app

bench: build-release ## the life-cycle benchmark (ARGS="--clients 32")
	cargo run --locked --release --package bench -- $(ARGS)

deadline-speed: tools frontend ## cases a second of `motcua deadline` on one core
	cargo run --locked --release --package app --example deadline_speed

documents-speed: build-release ## papers a second on all cores, and the first one in a process
	$(CARGO_TARGET_DIR)/release/motcua documents speed $(ARGS)

figures-speed: tools frontend ## the counters at 1 M dossiers, a recount of 10 M against DuckDB (ARGS="1000 1000")
	scripts/figures-speed.sh $(ARGS)

big-house: build-release ## a house of a million dossiers, 16 GB (HOUSE=…, ARGS=100000 for fewer)
	scripts/big-house.sh $(HOUSE) $(ARGS)

pages-speed: build-release ## the leaders' pages on a big house, made when missing (HOUSE=…)
	test -e $(HOUSE) || scripts/big-house.sh $(HOUSE)
	scripts/pages-speed.sh $(HOUSE) $(ARGS)

compare-calendars: ## our calendars against Python packages; every difference must be explained
	python3 scripts/compare-calendars.py

honest-years: build-release ## a thousand played years under a witness: no alarm (YEARS=…, takes long)
	scripts/honest-years.sh $(or $(YEARS),1000)

figures: build-release ## binary size, start time, idle memory
	scripts/figures.sh

deny: ## licences, sources and duplicates of the dependencies (needs cargo-deny)
	cargo deny --locked check bans licenses sources

clean-var: ## forget the demo's data and the test reports
	rm -rf var
