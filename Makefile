# The two commands that a newcomer needs are `make render` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

# The day that the examples' runtimes are looked at on: what is built of a commit must not change as days pass.
export TFGEN_AS_OF ?= 2026-11-26

CHECKOV := .venv-checkov
CHECKOV_VERSION := >=3.3.30,<4
EDITOR := build/editor

.PHONY: help render test lint bench golden checkov editor clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

render: $(BIN)/.installed ## Install tfgen into .venv and render specs/ into modules/
	$(BIN)/tfgen render specs

test: render editor ## The same, and run all tests
	$(BIN)/pytest

lint: $(BIN)/.linters ## Check style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict

bench: $(BIN)/.installed ## Measure start-up and throughput, as ratios
	$(BIN)/python tests/benchmarks/bench.py
	$(BIN)/python tests/benchmarks/fleet.py

golden: $(BIN)/.installed ## Write tests/golden, tests/invalid, docs/ and the JSON Schema anew; read the difference
	$(BIN)/pytest -q tests/test_golden.py tests/test_invalid.py tests/test_docs.py tests/test_schema.py \
	  tests/test_fleet_page.py --update-golden

checkov: $(BIN)/.installed $(CHECKOV)/.installed ## Look at all modules with checkov, in an environment of its own
	$(BIN)/python tests/checkov_table.py $(CHECKOV)/bin/checkov
	rm -rf build/checkov
	$(BIN)/tfgen render specs --output build/checkov
	$(CHECKOV)/bin/checkov --directory build/checkov --framework terraform --compact --quiet --skip-download

editor: ## Install what tests drive that users have in editors and browsers
	@if ! command -v npm > /dev/null; then \
	  echo "npm is missing, so what editors and browsers show is not tested"; \
	elif ! $(MAKE) -s $(EDITOR)/.installed; then \
	  echo "packages cannot be installed, so what editors and browsers show is not tested"; \
	fi

$(BIN)/.installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	touch $@

$(BIN)/.linters: $(BIN)/.installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

$(CHECKOV)/.installed: Makefile
	test -x $(CHECKOV)/bin/python || $(PYTHON) -m venv $(CHECKOV)
	$(CHECKOV)/bin/python -m pip install --quiet 'checkov$(CHECKOV_VERSION)'
	touch $@

$(EDITOR)/.installed: tests/editor/package.json
	mkdir -p $(EDITOR)
	cp tests/editor/package.json $(EDITOR)
	npm install --no-package-lock --no-audit --no-fund --prefix $(EDITOR)
	touch $@

clean: ## Remove what was installed and rendered
	rm -rf .venv $(CHECKOV) $(EDITOR) build/checkov modules
