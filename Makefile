# `make run` on a bare machine with Python 3.11 or newer and make; see README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run demo test lint bench backup lock

$(VENV)/ready: requirements-dev.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

run: $(VENV)/ready
	$(BIN)/python manage.py start

demo: $(VENV)/ready
	$(BIN)/python manage.py start --demo

test: $(VENV)/ready
	$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .

bench: $(VENV)/ready
	$(BIN)/python -m benchmarks

backup: $(VENV)/ready
	$(BIN)/python manage.py backup $(or $(FILE),troupe-backup.zip)

# Resolves both locks anew; needs uv.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.txt
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -c requirements.txt -o requirements-dev.txt
