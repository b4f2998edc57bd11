# `make help` lists the commands. Works with GNU make 3.81, which macOS has.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh
.NOTPARALLEL:
BIN := .venv/bin
# Flask-Principal is source only: build it in the way that every newer pip supports.
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --use-pep517 --require-hashes
CATALOGUES := $(wildcard civtech/translations/*/LC_MESSAGES/*.po)
TEMPLATES := $(wildcard civtech/templates)
# Includes folders, because their time changes when a file in them is deleted.
ASSETS := $(shell find assets -mindepth 1 -not -name '.*' 2>/dev/null)
WORKERS ?= 2
QUICK := not (browser or postgres or journey or takes)
KERNEL := tests/core tests/web tests/programmes tests/architecture/test_template_lines.py tests/architecture/test_any.py
# After the tests: wait for the checks that run alongside, and fail unless both pass.
BOTH = passed=$$?; wait $$! || { echo "Style, types, contracts or security failed: see above, or run make lint security" >&2; exit 1; }; exit $$passed

# ---- Commands for people -----------------------------------------------------------------------------------------------

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

run: setup ## Serve the platform with the demonstration on http://localhost:8000 (HOST, PORT)
	@CIVTECH_DEMO=$${CIVTECH_DEMO:-1}; export CIVTECH_DEMO; \
	  $(BIN)/flask db upgrade || exit 1; \
	  case $$CIVTECH_DEMO in 1|[Tt]rue|TRUE|[Yy]es|YES|[Oo]n|ON) $(BIN)/flask demo load --if-empty || exit 1;; esac; \
	  exec $(BIN)/python -m civtech.serve

demo-reset: setup ## Delete the development database and load the demonstration again
	@rm -rf instance
	@CIVTECH_DEMO=1 $(BIN)/flask db upgrade && CIVTECH_DEMO=1 $(BIN)/flask demo load

test: dev-setup test-tools ## Run every check and test; installs what it needs, including a browser
	@$(MAKE) lint security & $(BIN)/pytest -n $(WORKERS) --dist worksteal; $(BOTH)

check: dev-setup ## Run the checks and the quick tests, in under half a minute
	@$(MAKE) lint & $(BIN)/pytest -n $(WORKERS) --dist worksteal -q -m "$(QUICK)" $(KERNEL); $(BOTH)

format: .venv/.stamp-dev ## Put every file in the house style
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

screenshots: dev-setup test-tools ## Take pictures of the pages at both widths
	@$(BIN)/python -m tests.screenshots

access-table: dev-setup ## Rewrite who can reach what, and how many SQL statements it takes; read what changed
	@$(BIN)/python -m tests.access
	@git --no-pager diff --stat -- tests/access/table.txt tests/access/budgets.txt

emails: dev-setup ## Rewrite docs/emails.md and docs/emails-of-a-journey.md; read what changed
	@$(BIN)/flask emails write
	@$(BIN)/python -m tests.notifications.journey
	@git --no-pager diff --stat -- docs/emails.md docs/emails-of-a-journey.md

mutants: dev-setup ## Remove each rule about who may do or see something; check that a test notices
	@$(BIN)/python -m tests.mutants

bench: dev-setup ## Measure pages, many rows, memory and more, and time known addresses against unknown ones
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.timing

bench-deadline: dev-setup ## Submit many proposals around a deadline; needs nginx
	@$(BIN)/python -m tests.deadline

lock: .venv/.stamp-run ## Renew requirements*.txt from requirements*.in
	@$(BIN)/python -m venv .venv/lock && .venv/lock/bin/pip install --quiet --disable-pip-version-check uv
	@for name in requirements requirements-dev requirements-node; do \
	  .venv/lock/bin/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes --upgrade \
	    --no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $$name.in -o $$name.txt \
	    || exit 1; done

clean: ## Delete everything that make created, including the development database
	@rm -rf .venv node_modules civtech/static/build civtech/static/build.new instance
	@rm -rf .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
	@find civtech tests -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- Targets that those use -----------------------------------------------------------------------------------------

.PHONY: help run demo-reset test check format screenshots access-table emails mutants bench bench-deadline lock clean setup dev-setup assets translations lint security test-tools

setup: .venv/.stamp-run assets translations
dev-setup: .venv/.stamp-dev assets translations
assets: civtech/static/build/manifest.json
translations: .venv/.stamp-translations

.venv/.stamp-run: requirements.txt
	@tools/make-venv
	@echo "Installing the requirements of the platform"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.stamp-dev: requirements-dev.txt | .venv/.stamp-run
	@echo "Installing the requirements of the tests"
	@$(PIP) -r requirements-dev.txt
	@touch $@

civtech/static/build/manifest.json: package.json package-lock.json tools/build-assets $(ASSETS) | .venv/.stamp-run
	@tools/build-assets

.venv/.stamp-translations: $(CATALOGUES) | .venv/.stamp-run
	@if [ -n "$(CATALOGUES)" ]; then $(BIN)/pybabel --quiet compile -d civtech/translations; fi
	@touch $@

lint:
	@$(BIN)/ruff format --check --quiet . || { echo "Some files are not in the house style. Run: make format" >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/flask i18n check
	@$(BIN)/flask architecture check
	@$(BIN)/flask emails check
	@if [ -n "$(TEMPLATES)" ]; then $(BIN)/djlint --quiet --lint $(TEMPLATES); fi

security:
	@$(BIN)/bandit --quiet --configfile pyproject.toml --recursive --severity-level medium civtech config.py wsgi.py

test-tools: .venv/.stamp-dev
	@$(BIN)/python -m tests.support.browser --install
