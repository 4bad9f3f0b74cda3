# The two commands that a newcomer needs are `make render` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help render test lint bench golden clean

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

golden: $(BIN)/.installed ## Write tests/golden, tests/invalid and docs/triggers.md anew; read the difference
	$(BIN)/pytest -q tests/test_golden.py tests/test_invalid.py tests/test_docs.py --update-golden

$(BIN)/.installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	touch $@

$(BIN)/.linters: $(BIN)/.installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

clean: ## Remove what was installed and rendered
	rm -rf .venv modules
