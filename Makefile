# make help explains each target.
PORT ?= 8000
DATA ?= var
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app wsgi

.DEFAULT_GOAL := help
.PHONY: help install install-dev run test check browser bench law docs histories timelines lock clean

help: ## say what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

$(VENV)/installed: requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

install: $(VENV)/installed ## make the environment in .venv

install-dev: $(VENV)/installed-dev ## add what the tests and checks need

run: install ## migrate, load the demonstration office once, serve (PORT=8000 DATA=var)
	CASEAPP_DATA=$(DATA) $(FLASK) serve --demonstration --port $(PORT)

test: install-dev ## every test that needs no browser, on SQLite and PostgreSQL
	$(BIN)/python -m pytest -n 2

browser: install-dev ## the journeys in a real Chromium, with axe
	$(BIN)/python -m pytest -n 2 tests/browser

check: install-dev ## style, types, house rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: install-dev ## speeds as ratios inside one run, with JSON lines
	$(BIN)/python -m tests.bench

law: install-dev ## write docs/law-coverage.md; fails on a rule without a test or a reason
	$(BIN)/python -m tests.law

docs: install-dev ## write docs/lifecycle.md from the transition and grant tables
	$(BIN)/python -m tests.lifecycle_docs

histories: install-dev ## two thousand random histories of cases against the slow reckoning
	HISTORIES=2000 $(BIN)/python -m pytest tests/services/test_histories.py

timelines: install-dev ## twenty thousand random timelines against the count day by day
	TIMELINES=20000 $(BIN)/python -m pytest -n 2 tests/domain/test_drawn_timelines.py

lock: ## renew both lock files (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -o requirements-dev.lock

clean: ## remove the environment and what the tools left
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .hypothesis
