# `make` alone prints this list.
PYTHON ?= python3
BIN := .venv/bin
T ?= tests
SHELL := /bin/bash

.DEFAULT_GOAL := help
.PHONY: help demo run setup fix check lint types layers test bench accuracy lock db-new db-up clean system-packages

help: ## print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

demo: .venv/product ## everything from nothing: install, database, demo data, server; prints address and passwords
	@$(BIN)/flask --app run demo start

run: .venv/product ## serve the installation of SUPPLIER_QC_DATA (default: data/)
	@$(BIN)/python run.py

setup: .venv/development ## install what checks and tests need

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; name it: make PYTHON=/path/to/python3.11 ...")'
	@echo "Making the virtual environment .venv"
	@$(PYTHON) -m venv .venv || { echo "The module venv is missing. On Debian and Ubuntu: apt-get install python3-venv"; rm -rf .venv; exit 1; }

.venv/product: requirements.txt | .venv/bin/python
	@echo "Installing the product's packages (about a minute the first time)"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements.txt
	@touch $@

.venv/development: requirements-dev.txt | .venv/bin/python
	@echo "Installing the packages of checks and tests (about two minutes the first time)"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements-dev.txt
	@touch .venv/product $@

fix: .venv/development ## let ruff format and mend what it can
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

check: lint types layers ## what is checked without running the product

lint: .venv/development
	@$(BIN)/ruff format --check . && $(BIN)/ruff check .

types: .venv/development
	@$(BIN)/mypy

layers: .venv/development
	@$(BIN)/lint-imports --no-cache | grep -vE '^[ ╔╗╚╝║═╦╩╠╣╬┌└─┐┘│▶▲▼◀]*$$'; exit $${PIPESTATUS[0]}

system-packages:
	@bash .ci/system-packages

test: .venv/development system-packages ## the whole suite, on SQLite and PostgreSQL, in a real browser; T=path for a part
	@bash .ci/with-postgresql $(BIN)/python -m pytest -n auto --dist loadgroup $(T)

bench: .venv/development ## measure; the committed numbers stand in docs/performance.md
	@$(BIN)/python -m pytest benchmarks --benchmark-only --benchmark-columns=median,max,rounds --benchmark-sort=name

accuracy: .venv/development ## measure the reader on the certificates in ../shared/coas; writes docs/accuracy.md
	@$(BIN)/python -m benchmarks.accuracy

lock: .venv/development ## exact versions and hashes from requirements*.in
	@$(BIN)/uv pip compile --quiet --universal --no-strip-extras --generate-hashes --python-version 3.11 requirements.in -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --no-strip-extras --generate-hashes --python-version 3.11 -c requirements.txt requirements-postgresql.in -o requirements-postgresql.txt
	@$(BIN)/uv pip compile --quiet --universal --no-strip-extras --generate-hashes --python-version 3.11 -c requirements.txt requirements-dev.in -o requirements-dev.txt

db-up: .venv/product ## bring the database to the newest version
	@$(BIN)/flask --app run db upgrade

db-new: .venv/product ## write a migration from the tables: make db-new M="what changes"
	@$(BIN)/flask --app run db new "$(M)"

clean: ## remove everything that can be made again (not the data folder)
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
