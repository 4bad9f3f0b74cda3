# The two commands that a newcomer needs are `make render` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

CHECKOV := .venv-checkov
CHECKOV_VERSION := >=3.3.30,<4

.PHONY: help render test lint bench golden checkov clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

render: $(BIN)/.installed ## Install tfgen into .venv and render specs/ into modules/
	$(BIN)/tfgen render specs

test: render ## The same, and run all tests
	$(BIN)/pytest

lint: $(BIN)/.linters ## Check style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict

bench: $(BIN)/.installed ## Measure start-up and throughput, as ratios
	$(BIN)/python tests/benchmarks/bench.py

golden: $(BIN)/.installed ## Write tests/golden, tests/invalid and docs/ anew; read the difference
	$(BIN)/pytest -q tests/test_golden.py tests/test_invalid.py tests/test_docs.py --update-golden

checkov: $(BIN)/.installed $(CHECKOV)/.installed ## Look at all modules with checkov, in an environment of its own
	$(BIN)/python tests/checkov_table.py $(CHECKOV)/bin/checkov
	rm -rf build/checkov
	$(BIN)/tfgen render specs --output build/checkov
	$(CHECKOV)/bin/checkov --directory build/checkov --framework terraform --compact --quiet --skip-download

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

clean: ## Remove what was installed and rendered
	rm -rf .venv $(CHECKOV) build/checkov modules
