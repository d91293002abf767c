# The menu: `make` lists it. Everything runs in .venv, which `make setup` builds; nothing is installed elsewhere.

PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= auto

.DEFAULT_GOAL := help
.PHONY: help setup check lint types contracts format test quick coverage fuzz bench docs screenshots package lock clean

help: ## list the tasks
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

setup: ## build .venv with the project and everything its tests use
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q -e '.[test,dev,docs]'

check: lint types contracts ## everything that needs no test run

lint: ## ruff: rules and layout
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: ## mypy --strict
	$(BIN)/mypy

contracts: ## import-linter: who may import what
	$(BIN)/lint-imports

format: ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: ## the whole suite on every core
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile

quick: ## what failed last, then the rest, one core, first failure ends
	$(BIN)/python -m pytest -q -x --ff -m 'not slow'

coverage: ## the suite with lines and branches measured; table on the terminal, pages in build/coverage
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile --cov --cov-report=term:skip-covered --cov-report=html

fuzz: ## a minute for everything that reads hostile input, led by coverage (atheris: no Windows, no macOS)
	$(BIN)/pip install -q -e '.[fuzz]'
	$(BIN)/python -m tests.fuzz

bench: ## every row of the performance table beside a bare loop and other checkers
	$(BIN)/python -m tests.bench

docs: ## the manual, in build/manual
	$(BIN)/mkdocs build -q -f .mkdocs.yml

screenshots: ## the manual's pictures, from the rehearsal (needs Chromium)
	$(BIN)/python -m tests.tools.screenshots

package: ## wheel and sdist, checked
	rm -rf dist
	$(BIN)/python -m build -q
	$(BIN)/twine check --strict dist/*
	$(BIN)/check-wheel-contents dist/*.whl

lock: ## pin the test environment anew, with hashes, for every platform and Python
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --extra test --no-header \
	  --upgrade -o tests/requirements.lock pyproject.toml

clean: ## remove what the tasks made
	rm -rf build dist .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
