# Every target sets up what it needs; only python3 (3.11 or newer, with venv), make and git are taken for granted.
SHELL := /bin/bash
PY := .venv/bin/python
BIN := .venv/bin
UV_VERSION := 0.13.9

.PHONY: setup demo test check browser bench screenshots lock clean

setup: .venv/.ready

.venv/.ready: requirements.lock pyproject.toml
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Ladder needs Python 3.11 or newer"; exit 1; }
	@test -x $(PY) || python3 -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"
	@$(BIN)/uv pip install --quiet --python $(PY) --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(PY) --no-deps --no-build-isolation -e .
	@touch $@

lock:
	@test -x $(BIN)/uv || { python3 -m venv .venv; $(PY) -m pip install --quiet "uv==$(UV_VERSION)"; }
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    --group dev pyproject.toml -o requirements.lock
