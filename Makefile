# Every command of the house. `make` alone lists them.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.installed-run
STAMP := $(VENV)/.installed-dev

.PHONY: help setup run demo test test-fast check audit pins fix bench fuzz kill

help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1|\2/' | column -t -s '|'

setup: $(STAMP) ## virtual environment from the pinned requirements

$(RUN_STAMP): requirements.txt constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(STAMP): $(RUN_STAMP) requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: $(RUN_STAMP) ## serve the dashboard at http://localhost:8501
	$(BIN)/streamlit run app.py

demo: $(RUN_STAMP) ## fill the store with demonstration data again
	$(BIN)/python -m cri_data demo

# Two browsers side by side can keep each other waiting for too long: what fails so
# is asked once more, alone, and that is what counts.
test: setup ## every test: all but the browser's side by side, then those
	$(BIN)/pytest --ignore=tests/browser -n auto --dist worksteal $(COVERAGE)
	$(BIN)/pytest tests/browser -n 2 --dist loadfile || $(BIN)/pytest tests/browser --last-failed --last-failed-no-failures none

test-fast: setup ## the tests that take no server, no browser and no long time
	$(BIN)/pytest --ignore=tests/browser -m "not server and not slow" -n auto --dist worksteal

check: setup ## format, lint, imports, types, generated docs, every test and coverage
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python docs/make_docs.py --check
	$(BIN)/python -m tests.support.package_audit --wait 10
	$(MAKE) test COVERAGE="--cov=cri_data --cov=cri_ui --cov-report="
	@echo "Coverage by the tests without a browser: $$($(BIN)/coverage report --format=total) %"

audit: setup ## look the pinned packages up among known weaknesses
	$(BIN)/python -m tests.support.package_audit

pins: setup ## pin what the pinned packages need in turn, as it is installed
	$(BIN)/python -m tests.support.pins

fix: setup ## put format, lint and generated docs right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python docs/make_docs.py

fuzz: setup ## read 100,000 mutated files, and load some: no traceback, nothing torn
	$(BIN)/python -m tests.fuzz 100000

kill: setup ## kill a process that loads, 200 times: nothing torn, nothing acknowledged lost
	$(BIN)/python -m tests.support.kill_loop 200

bench: setup ## measure clicks, pictures, cold answers, load and names, into bench.json
	$(BIN)/python -m tests.bench
