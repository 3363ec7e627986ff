# Every target sets up what it needs; only python3 (3.11 or newer, with venv), make and git are taken for granted.
SHELL := /bin/bash
PY := .venv/bin/python
BIN := .venv/bin
UV_VERSION := 0.13.9
# As many test processes as cores, four at most: each may start a PostgreSQL of its own.
WORKERS := -n auto --maxprocesses 4
DEMO ?=
MANAGERS ?=
STORES ?=
ROWS ?=
PARTS ?=
FUZZ ?=
QUESTIONS ?=
BEGAN := $(shell date +%s.%N | sed "s/[.]N$$//")

.PHONY: soak simulate bench-outbox fuzz-questions help setup demo test check format browser coverage bench bench-questions bench-standing bench-bank bench-imports fuzz bench-appraisal kills kills-appraisal questions screenshots wheel lock clean

help:
	@echo "make demo         a sample branch in a local workspace, in the browser (DEMO='--port 8765 --no-browser')"
	@echo "make setup        .venv from the lock; then .venv/bin/ladder --help"
	@echo "make check        formatting, linter, types, import rules"
	@echo "make test         all tests but the browser's, on SQLite and on PostgreSQL"
	@echo "make browser      the tests in Chromium (installed from Debian where missing)"
	@echo "make bench        the benchmarks, each beside its baseline"
	@echo "make bench-questions  a question to its blocks beside an empty Bolt handler and BM25; the index; the idle bot's memory"
	@echo "make bench-standing  a question to its card with a million clients in the store, the next steps, the card (MANAGERS=100)"
	@echo "make bench-bank   the largest of them: 20,000 managers with 200 clients each (MANAGERS='500 2000' STORES=sqlite)"
	@echo "make bench-imports  ledger files of a million rows (ROWS=20000 PARTS='csv xlsx')"
	@echo "make coverage     what of the source stands in a fact or a clause, and what was left out"
	@echo "make fuzz-questions  20,000 random and mutated messages: each an answer or a reason (FUZZ='--messages 3000 --seed 7')"
	@echo "make fuzz         2,000 mutated ledger files through the import (FUZZ='--files 500 --seed 7')"
	@echo "make kills        kill -9 at 100 random moments of an import, on both databases (ROUNDS=20)"
	@echo "make soak         kill -9 at every point of sending a reminder, 1,000 rounds on both databases (ROUNDS=100)"
	@echo "make simulate     100,000 seeds of a simulated Slack, clock and power cuts through the outbox (SEEDS=2000)"
	@echo "make bench-outbox  the outbox beside a loop written by hand, planning 20,000, the first send after a restart"
	@echo "make bench-appraisal  a whole trial committed, beside the best SQL for the figures alone (MANAGERS='500 2000')"
	@echo "make kills-appraisal  kill -9 at named points of an annual appraisal, on both databases (ROUNDS=20)"
	@echo "make questions    the dev set of questions: right by group, and the failures (QUESTIONS='--only dev --file understand')"
	@echo "make screenshots  writes tests/browser/screenshots/*.png"
	@echo "make format | wheel | lock | clean"

setup: .venv/.ready

.venv/.ready: requirements.lock pyproject.toml
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Ladder needs Python 3.11 or newer"; exit 1; }
	@test -x $(PY) || python3 -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(PY) --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(PY) --no-deps --no-build-isolation -e .
	@touch $@

demo: setup
	@LADDER_DEMO_STARTED=$(BEGAN) $(BIN)/ladder demo $(DEMO)

test: setup
	$(BIN)/pytest $(WORKERS) -m "not browser"

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

browser: setup
	@tests/browser/prepare
	$(BIN)/pytest -m browser tests/browser

coverage: setup
	$(PY) -m tests.knowledge.coverage

bench: setup
	$(PY) -m tests.bench

bench-appraisal: setup
	$(PY) -m tests.bench.appraisal $(if $(MANAGERS),--managers $(MANAGERS))

kills-appraisal: setup
	$(PY) -m tests.appraisal.killing --rounds $(or $(ROUNDS),200)

bench-standing: setup
	$(PY) -m tests.bench.standing $(if $(MANAGERS),--managers $(MANAGERS))

bench-questions: setup
	$(PY) -m tests.bench.questions

bench-bank: setup
	$(PY) -m tests.bench.whole_bank $(if $(MANAGERS),--managers $(MANAGERS)) $(if $(STORES),--stores $(STORES))

bench-imports: setup
	$(PY) -m tests.bench.imports $(if $(ROWS),--rows $(ROWS)) $(PARTS)

soak: setup
	$(PY) -m tests.jobs.soak --rounds $(or $(ROUNDS),1000)

simulate: setup
	$(PY) -m tests.jobs.simulator --seeds $(or $(SEEDS),100000)

bench-outbox: setup
	$(PY) -m tests.bench.outbox

kills: setup
	$(PY) -m tests.storage.kill_import --rounds $(or $(ROUNDS),100)

fuzz-questions: setup
	$(PY) -m tests.conversations.fuzz $(FUZZ)

fuzz: setup
	$(PY) -m tests.loading.fuzz $(FUZZ)

questions: setup
	$(PY) -m tests.conversations.questions $(QUESTIONS)

screenshots: setup
	@tests/browser/prepare
	$(PY) -m tests.browser.shoot

wheel: setup
	$(BIN)/hatchling build -t wheel

lock:
	@test -x $(BIN)/uv || { python3 -m venv .venv; $(PY) -m pip install --quiet "uv==$(UV_VERSION)"; }
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf .venv dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
