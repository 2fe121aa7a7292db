# Everything here needs Python 3.11 or newer, git and make; uv is used when it is there.
.PHONY: demo test check soak bench pywb wacz replaywebpage axe lock clean help

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
BIN := .venv/bin
READY := .venv/.ready

help:
	@echo "make demo    set up, run the main job on a small local news web, show what was kept"
	@echo "make test    set up, run the tests (under 3 minutes)"
	@echo "make check   ruff, mypy --strict and the tests"
	@echo "make soak    the long proofs, for hours: kills, lost power, a thousand watched sites"
	@echo "make bench   crawl speed beside stock Scrapy, the archive beside warcio and py-wacz"
	@echo "make pywb    pywb in a place of its own, for the tests that replay"
	@echo "make wacz    py-wacz in a place of its own, for the tests of packages"
	@echo "make replaywebpage  ReplayWeb.page, for the tests that look at packages (needs npm)"
	@echo "make axe     axe-core, for the tests that judge the reading room (needs npm)"
	@echo "make lock    resolve the dependencies anew"

$(READY): pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: set PYTHON=/path/to/it" >&2; exit 2; }
	@echo "setting up .venv with $(PYTHON)"
	@if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --allow-existing --python "$(PYTHON)" .venv && \
		uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock && \
		uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable . ; \
	else \
		"$(PYTHON)" -m venv .venv && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
		PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
			--no-build-isolation --editable . ; \
	fi
	@touch $@

demo: $(READY)
	@$(BIN)/dateline demo

test: $(READY)
	@$(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder

check: $(READY)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(MAKE) --no-print-directory test

soak: $(READY)
	@$(BIN)/python -m pytest -q -m "soak or hypothesis" --hypothesis-profile soak --timeout 1800 tests

bench: $(READY)
	@$(BIN)/python bench/crawl.py
	@$(BIN)/python bench/archive.py

# pywb pins versions that clash with ours, so it lives beside us; tests that replay find it there.
pywb: .venv-pywb/.ready

.venv-pywb/.ready: requirements-pywb.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: set PYTHON=/path/to/it" >&2; exit 2; }
	@echo "setting up .venv-pywb with $(PYTHON)"
	@"$(PYTHON)" -m venv .venv-pywb
	@.venv-pywb/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		-r requirements-pywb.lock
	@touch $@

# py-wacz judges our packages; it pins versions of its own too.
wacz: .venv-wacz/.ready

.venv-wacz/.ready: requirements-wacz.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: set PYTHON=/path/to/it" >&2; exit 2; }
	@echo "setting up .venv-wacz with $(PYTHON)"
	@"$(PYTHON)" -m venv .venv-wacz
	@.venv-wacz/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		-r requirements-wacz.lock
	@touch $@

# The viewer of packages, as its project publishes it; only its built scripts are used.
replaywebpage: tests/replay/npm/node_modules/.ready

tests/replay/npm/node_modules/.ready: tests/replay/npm/package-lock.json
	@cd tests/replay/npm && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

# The judge of what bars people from the reading room's pages.
axe: tests/browse/npm/node_modules/.ready

tests/browse/npm/node_modules/.ready: tests/browse/npm/package-lock.json
	@cd tests/browse/npm && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

# uv resolves for every supported Python at once; the lock names no index.
lock:
	uv pip compile --universal --python-version 3.11 --extra dev --extra analysis --extra browse --generate-hashes \
		--no-header --no-emit-index-url --quiet pyproject.toml -o requirements.lock

clean:
	rm -rf .venv .venv-pywb .venv-wacz tests/replay/npm/node_modules tests/browse/npm/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis build ./*.egg-info
