# Everything is made in .venv; nothing is installed outside this folder.
BIN := .venv/bin
EXPORT ?= build/medium.xml
FUZZ_SECONDS ?= 600
CONVERT := $(BIN)/wxr convert fixtures/blog-fr.xml --force

.DEFAULT_GOAL := help
.PHONY: help demo test servers lint format bench fuzz clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/installed ## Convert a French blog to Markdown, JSON and SQLite under demo/
	@mkdir -p demo
	$(CONVERT) --to markdown --out demo/markdown
	$(CONVERT) --to json --out demo/blog-fr.json --quiet
	$(CONVERT) --to sqlite --out demo/blog-fr.sqlite --quiet
	@printf '\nMade:\n' && find demo -type f ! -name '.*' | sort | sed 's/^/  /'
	@printf '\n' && sed 20q demo/markdown/posts/entreprises-*.md

test: .venv/developing servers ## Run the tests, with coverage
	@$(BIN)/pytest -n auto --cov --cov-report=term:skip-covered $(ARGS)

# PostgreSQL and MariaDB for the tests: installed in CI and in containers, else told.
servers:
	@sh .ci/install-servers --unless-at-home

lint: .venv/developing ## Check format, style, types and floors
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/developing ## Put the code into its one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/developing $(EXPORT) ## Measure reading and converting (EXPORT=file.xml)
	$(BIN)/python benchmarks/reading.py $(EXPORT)
	$(BIN)/python benchmarks/damaged.py $(EXPORT)
	$(BIN)/python benchmarks/bodies.py $(EXPORT)
	$(BIN)/python benchmarks/converting.py $(EXPORT)
	$(BIN)/python benchmarks/loading.py $(EXPORT)

fuzz: .venv/developing ## Look for input that breaks wxr (FUZZ_SECONDS=3600)
	$(BIN)/python -m tests.fuzz.run --seconds $(FUZZ_SECONDS)

clean: ## Remove whatever these commands made
	rm -rf .venv build demo dist .coverage .coverage.* .hypothesis
	rm -rf .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# The two stamps say what .venv holds: enough to run wxr, or to work on it as well. The
# linters check the benchmarks too, so they need whatever those measure against.
.venv/installed: pyproject.toml .ci/find-python
	@python=$$(sh .ci/find-python) && echo "Making .venv with $$python" \
	&& "$$python" -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# pip reads dependency groups from 25.1 on.
.venv/developing: .venv/installed
	@echo "Installing what tests and linters need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --group test --group lint --group bench
	@$(BIN)/python -m pip install --quiet --only-binary :all: --group fuzz \
	|| echo "No atheris for this Python: fuzzing goes without coverage"
	@touch $@

build/medium.xml:
	@test -e ../shared/make_export.py || { echo "Say which export: make bench EXPORT=file.xml" >&2; exit 1; }
	@mkdir -p build
	$(BIN)/python ../shared/make_export.py --posts 8500 --comments-per-post 4 --seed 2 --out $@
