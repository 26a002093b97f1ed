# `make run` on a bare machine with Python 3.11 or newer and make; see README.md.
PYTHON ?= python3
# Test processes: one more than cores, since a test often waits for a server, a browser or a child process. Who has
# nothing left takes over tests of others, so that no process waits for the last one.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run demo test lint bench backup lock

$(VENV)/ready: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit("Troupe needs Python 3.11 or newer: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

run: $(VENV)/ready
	$(BIN)/python manage.py start

demo: $(VENV)/ready
	$(BIN)/python manage.py start --demo

test: $(VENV)/ready
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(PYTEST_ARGS)

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .

bench: $(VENV)/ready
	$(BIN)/python -m benchmarks

# make backup FILE=where.zip; `manage.py restore where.zip` puts it back.
backup: $(VENV)/ready
	$(BIN)/python manage.py backup $(or $(FILE),troupe-backup.zip)

# Resolves both locks anew; needs uv.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements.txt
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header -q -c requirements.txt -o requirements-dev.txt
