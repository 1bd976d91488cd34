# `make run` and `make test`: each installs what it needs, once; after that it needs no network.
.PHONY: help run test test-fast references check check-web coverage mutants bench bench-live bench-private screenshots clean import chromium
.DEFAULT_GOAL := help

PYTHON ?= python3
UV_PACKAGE := uv==0.13.9
UV := $(or $(shell command -v uv),.uv/bin/uv)
BIN := .venv/bin
# The app asks this uv for Node where PATH has none.
export PATH := $(PATH):$(CURDIR)/.uv/bin
# Without cached bytecode each start takes ten seconds longer.
unexport PYTHONDONTWRITEBYTECODE
# Processes that run tests: a number, 0 for one without distribution, auto for one more than there are processors.
WORKERS ?= auto
PYTEST_COMMAND = $(BIN)/pytest -n $(WORKERS)
# npm of PATH, or of the Node that builds the page.
NPM := $(BIN)/python -m app.embedded.frontend_build -- --prefix web
REQUIRE_WRITABLE = @test -w . || { echo "$(CURDIR) is read-only; make needs a clone that it may write to." >&2; exit 1; }
# `--inexact` keeps packages of an earlier lock, so that the tools of `make test` outlive a `make run`.
SYNC := $(UV) sync --frozen --inexact --quiet

help: ## print this list
	@echo "make TARGET, where TARGET is one of:"
	@sed -nE 's/^([a-z-]+):.*## (.*)/  \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16

run: .venv/runtime.stamp ## start the server with Postgres, Redis and Neo4j of its own, and print a link to sign in
	@$(BIN)/observatory run

test: chromium ## run every test; PYTEST="-m browser" runs one layer, PYTEST=tests/domain one folder
	$(PYTEST_COMMAND) $(PYTEST)

test-fast: .venv/test.stamp ## run the tests of rules, schema and queries, which end within 2 minutes
	$(PYTEST_COMMAND) -m "rules or schema or queries" $(PYTEST)

references: .venv/test.stamp ## compare real plays and networks with published figures: DATA=../shared/data
	@test -d "$(DATA)/reference" || { echo 'Name the folder with the plays and their references: make references DATA=FOLDER' >&2; exit 1; }
	REFERENCE_DATA="$(abspath $(DATA))" $(BIN)/pytest tests/references $(PYTEST)

check: .venv/test.stamp check-web ## lint, formatting, types, and the direction of imports; of the page too
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

check-web: web/node_modules/installed.stamp ## types, lint, formatting and unit tests of the page
	$(NPM) run --silent check
	$(NPM) run --silent lint
	$(NPM) run --silent test

coverage: chromium ## run every test and print the lines and branches of Python that no test runs
	$(PYTEST_COMMAND) --cov --cov-report=term $(PYTEST)

mutants: .venv/test.stamp ## change the rules of domain/ one by one and print the changes that no test notices
	$(BIN)/python -m tests.domain.mutants

bench: .venv/test.stamp ## measure queries, counts with and without the cache, and changes per second
	$(BIN)/python -m tests.bench.answers

bench-live: .venv/test.stamp ## measure how long a change takes to reach the last of 1,000 sockets
	$(BIN)/python -m tests.bench.live

bench-private: .venv/test.stamp ## measure what private parts of uvicorn and websockets gain
	$(BIN)/python -m tests.bench.private_parts

screenshots: chromium ## take the pictures of docs/: URL of a running server, LINK that it printed
	$(BIN)/python -m tests.e2e.screenshots $(URL) $(LINK)

clean: .venv/runtime.stamp ## remove the folder that holds the data
	@$(BIN)/observatory clean

import: .venv/runtime.stamp ## import a play, a network or an archive: FILE=hamlet.xml
	@$(BIN)/observatory import $(FILE)

chromium: .venv/test.stamp ## find Chromium for the tests of the page, or install Debian's package
	@$(BIN)/python -m tests.e2e.chromium

.venv/runtime.stamp: pyproject.toml uv.lock | $(UV)
	$(REQUIRE_WRITABLE)
	@echo "Installing the packages that the server needs."
	@$(SYNC) --no-dev
	@touch $@

.venv/test.stamp: pyproject.toml uv.lock | $(UV)
	$(REQUIRE_WRITABLE)
	@echo "Installing the packages that the tests need."
	@$(SYNC)
	@touch $@ .venv/runtime.stamp

web/node_modules/installed.stamp: web/package-lock.json | .venv/test.stamp
	@echo "Installing the packages that the checks of the page need."
	@$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

# Python without venv may still have pip.
.uv/bin/uv:
	$(REQUIRE_WRITABLE)
	@echo "Fetching uv."
	@{ $(PYTHON) -m venv .uv && .uv/bin/python -m pip install --quiet $(UV_PACKAGE); } >/dev/null 2>&1 \
	|| $(PYTHON) -m pip install --quiet --target .uv $(UV_PACKAGE) \
	|| { echo "uv could not be installed. If Python has neither venv nor pip here: apt install python3-venv (Debian)." >&2; exit 1; }
