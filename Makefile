# Two commands: `make run` and `make test`. Each brings what it needs, once; then it needs no network.
.PHONY: run test check coverage mutants bench bench-live screenshots clean import
.DEFAULT_GOAL := run

PYTHON ?= python3
UV_PACKAGE := uv==0.13.9
UV := $(or $(shell command -v uv),.uv/bin/uv)
BIN := .venv/bin
# Where nothing compiled is kept, each start takes ten seconds longer.
unexport PYTHONDONTWRITEBYTECODE
# A dependency of an earlier lock may stay, so that the tools of `make test` outlive a `make run`.
SYNC := $(UV) sync --frozen --inexact --quiet

run: .venv/runtime.stamp
	@$(BIN)/observatory run

test: .venv/test.stamp
	$(BIN)/pytest $(PYTEST)

check: .venv/test.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# Lines and branches of all Python, the runs that tests start included.
coverage: .venv/test.stamp
	$(BIN)/pytest --cov --cov-report=term $(PYTEST)

mutants: .venv/test.stamp
	$(BIN)/python -m tests.domain.mutants

bench: .venv/test.stamp
	$(BIN)/python -m tests.bench.answers

bench-live: .venv/test.stamp
	$(BIN)/python -m tests.bench.live

# Of the Observatory at URL, signed in by the one-time LINK that it printed.
screenshots: .venv/test.stamp
	$(BIN)/python -m tests.e2e.screenshots $(URL) $(LINK)

clean: .venv/runtime.stamp
	@$(BIN)/observatory clean

import: .venv/runtime.stamp
	@$(BIN)/observatory import $(FILE)

.venv/runtime.stamp: pyproject.toml uv.lock | $(UV)
	@echo "Installing what running needs."
	@$(SYNC) --no-dev
	@touch $@

.venv/test.stamp: pyproject.toml uv.lock | $(UV)
	@echo "Installing what testing needs."
	@$(SYNC)
	@touch $@ .venv/runtime.stamp

# A venv where Python can make one, else whatever pip there is.
.uv/bin/uv:
	@echo "Fetching uv."
	@{ $(PYTHON) -m venv .uv && .uv/bin/python -m pip install --quiet $(UV_PACKAGE); } >/dev/null 2>&1 \
	|| $(PYTHON) -m pip install --quiet --target .uv $(UV_PACKAGE) \
	|| { echo "uv could not be fetched: Python has neither venv nor pip here (on Debian: apt install python3-venv)." >&2; exit 1; }
