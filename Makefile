# Two commands for everyone: `make demo` and `make test`. Each makes .venv from uv.lock first.
PYTHON ?= python3
BIN := .venv/bin
DIR ?= my-archive
KILLS ?= 200

.PHONY: help demo archive test lint types check-types tests cov slow-tests acceptance crash-test docs score bench clean

help:
	@echo "make demo                    archive the fixture site and look at the result (offline)"
	@echo "make archive URL=https://…   archive one page of yours into my-archive/ (DIR=… for another folder)"
	@echo "make test                    lint, types, tests"
	@echo "make lint | types | tests    the parts of make test; make cov: the tests with branch coverage, slower"
	@echo "make slow-tests              whole stories over HTTP, migrations of old databases, kills, many processes at once"
	@echo "make acceptance              ask pywb, warcio, fastwarc, cdxj-indexer and wacz about an archive made by this program"
	@echo "make crash-test              kill crawls, fill disks, and look at what is left (some minutes; KILLS=200)"
	@echo "make docs                    write docs/commands.md and docs/schema.md anew"
	@echo "make score                   quality of extraction on labelled pages, where ARCHIVER_GOLD names them"
	@echo "make bench                   speed, memory and size beside plain Scrapy, gzip -t, trafilatura and sqlite3 (some forty minutes)"
	@echo "make clean                   remove .venv, .venv-validators, caches and the demo's archive"

.venv/.ready: pyproject.toml uv.lock .ci/venv
	@PYTHON="$(PYTHON)" sh .ci/venv

demo: .venv/.ready
	@$(BIN)/python -m tests.demo

archive: .venv/.ready
	@test -n "$(URL)" || { echo "archiver: name the page: make archive URL=https://…" >&2; exit 2; }
	@test -f "$(DIR)/archive.toml" || $(BIN)/archiver init "$(DIR)"
	@$(BIN)/archiver -C "$(DIR)" add "$(URL)"
	@$(BIN)/archiver -C "$(DIR)" show "$(URL)"
	@echo; echo "To browse it: $(BIN)/archiver -C $(DIR) serve --open"

test: lint types tests

lint: .venv/.ready
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: .venv/.ready
	@$(BIN)/mypy

check-types: .venv/.ready
	@$(BIN)/basedpyright

tests: .venv/.ready
	@$(BIN)/python -m pytest -n auto --dist loadscope

cov: .venv/.ready
	@$(BIN)/python -m pytest -n auto --dist loadscope --cov --cov-report=term

acceptance: .venv/.ready
	@.ci/validators
	@$(BIN)/python -m pytest tests/acceptance

slow-tests: .venv/.ready
	@$(BIN)/python -m pytest -n auto --dist loadscope -m slow

crash-test: .venv/.ready
	@$(BIN)/python -m pytest tests/crash -n auto --kills=$(KILLS) -m "slow or not slow"

docs: .venv/.ready
	@$(BIN)/python -m tests.reference

score: .venv/.ready
	@$(BIN)/python -m bench.score

bench: .venv/.ready
	@$(BIN)/python -m bench.compression
	@$(BIN)/python -m bench.capture --memory
	@$(BIN)/python -m bench.verify
	@$(BIN)/python -m bench.extraction
	@$(BIN)/python -m bench.workers
	@$(BIN)/python -m bench.database

clean:
	rm -rf .venv .venv-validators .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@if [ -f demo-archive/.made-by-make-demo ]; then rm -rf demo-archive; fi
