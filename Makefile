# `make help` lists what there is. Everything is installed into .venv/ and kept in instance/.
PY := .venv/bin/python
PYTHON ?= $(shell command -v python3.11 || command -v python3)
.DEFAULT_GOAL := help
.PHONY: help run test check bench relevance lighthouse screenshots messages vendor lock clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: .venv/.run translations/vi/LC_MESSAGES/messages.mo ## serve the shop with demonstration data at http://127.0.0.1:8000 (PORT changes it)
	@$(PY) -m ops.serve

test: .venv/.test .venv/.judges translations/vi/LC_MESSAGES/messages.mo ## run every test, on SQLite and on PostgreSQL
	@$(PY) -m ops.check_suite

check: .venv/.test ## lint, types, contracts, templates, catalogues
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports --no-cache
	.venv/bin/djlint --lint --quiet app
	$(PY) -m ops.messages check
	$(PY) -m ops.migrations

bench: .venv/.test ## measure pages and search against their budgets; needs wrk (ARGS="--products 2400,20000 --database postgres" or "--only search --search 20000,200000,1000000")
	@$(PY) -m ops.bench $(ARGS)

relevance: .venv/.test ## judge what search finds by graded queries (ARGS="--engine whoosh,tantivy,postgres --catalogue real,generated -v")
	@$(PY) -m ops.relevance $(ARGS)

lighthouse: .venv/.test .venv/.lighthouse translations/vi/LC_MESSAGES/messages.mo ## judge five pages as a phone sees them; needs npm and Chromium (ARGS="--only home --runs 3")
	@$(PY) -m ops.lighthouse $(ARGS)

screenshots: .venv/.test translations/vi/LC_MESSAGES/messages.mo ## picture every page, in instance/screenshots (ARGS="--url … --only home --desks"); needs Chromium
	@$(PY) -m ops.screenshots $(ARGS)

messages: .venv/.run ## extract strings and bring the catalogues up to date
	@$(PY) -m ops.messages update

vendor: .venv/.run ## fetch the vendored files of static/ anew and compare their hashes (needs npm)
	@$(PY) -m ops.vendor

lock: .venv/.test ## compile requirements*.txt from requirements*.in
	.venv/bin/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --allow-unsafe --strip-extras -o requirements.txt requirements.in
	.venv/bin/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --allow-unsafe --no-strip-extras -o requirements-dev.txt requirements-dev.in

clean: ## remove what was installed and the demonstration's data
	rm -rf .venv instance

.venv/bin/python:
	@echo "Making .venv with $(PYTHON) …"
	@$(PYTHON) -m venv .venv

.venv/.run: requirements.txt | .venv/bin/python
	@echo "Installing what the shop runs on …"
	@$(PY) -m pip install --disable-pip-version-check --progress-bar on --require-hashes -q -r requirements.txt
	@touch $@

.venv/.test: requirements-dev.txt .venv/.run
	@echo "Installing what checks and tests need …"
	@$(PY) -m pip install --disable-pip-version-check --require-hashes -q -r requirements-dev.txt
	@touch $@

.venv/.judges: tests/tools/package-lock.json | .venv/.test
	@if command -v npm >/dev/null; then echo "Installing what judges pages …"; \
		npm ci --prefix tests/tools --ignore-scripts --silent; \
	else echo "npm is not here: pages are not judged by axe and the Nu checker"; fi
	@touch $@

.venv/.lighthouse: tests/tools/lighthouse/package-lock.json | .venv/.test
	npm install --no-save --prefix tests/tools/lighthouse --ignore-scripts --silent
	@touch $@

translations/vi/LC_MESSAGES/messages.mo: $(wildcard translations/*/LC_MESSAGES/*.po) | .venv/.run
	@$(PY) -m ops.messages compile
