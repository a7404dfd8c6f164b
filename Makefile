# All commands. `make` alone lists them.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.installed-run
STAMP := $(VENV)/.installed-dev

# Programs start here again and again, so what Python compiles is kept for the next one.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run demo test test-units test-browser test-fast check check-types check-packages audit pins fix bench fuzz kill

help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1|\2/' | column -t -s '|'

setup: $(STAMP) ## make the virtual environment for development

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

test: setup ## run all tests
	$(MAKE) --no-print-directory -j 2 test-units test-browser

# A browser mostly waits, so its tests run beside all others, and come first.
test-units:
	nice $(BIN)/pytest --ignore=tests/browser -n auto --dist worksteal $(COVERAGE)

# Browsers at the same time can slow each other down too much. So failed browser tests run
# once more, one at a time, and that result counts.
test-browser: BROWSER := $(BIN)/pytest tests/browser -o cache_dir=.pytest_cache/browser
test-browser:
	$(BROWSER) -n 3 --dist worksteal || $(BROWSER) --last-failed --last-failed-no-failures none

test-fast: setup ## run the tests that take under a second each
	$(BIN)/pytest --ignore=tests/browser -m "not server and not slow and not long" -n auto --dist worksteal

check: setup ## check format, lint, imports, types, and docs; run all tests with coverage
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/python docs/make_docs.py --check
	$(MAKE) --no-print-directory -j 4 check-types check-packages test-units test-browser \
		COVERAGE="--cov=cri_data --cov=cri_ui --cov-report="
	@echo "Coverage by the fast tests: $$($(BIN)/coverage report --format=total) %"

# One takes a processor of two, the other waits for an answer: both beside the tests.
check-types:
	$(BIN)/mypy

check-packages:
	$(BIN)/python -m tests.support.package_audit --wait 10

audit: setup ## check the pinned packages for known vulnerabilities
	$(BIN)/python -m tests.support.package_audit

pins: setup ## pin the dependencies of the pinned packages, as installed
	$(BIN)/python -m tests.support.pins

fix: setup ## fix format, lint, and generated docs
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python docs/make_docs.py

fuzz: setup ## read 100,000 mutated files, load some, and check 60,000 cells in all forms
	$(BIN)/python -m tests.fuzz 100000

kill: setup ## kill a loading process 200 times; no upload may be lost or half stored
	$(BIN)/python -m tests.support.kill_loop 200

bench: setup ## measure clicks, pictures, cold answers, load, and names, into bench.json
	$(BIN)/python -m tests.bench
