# Everything that a working copy is used for. `make help` lists it.
.DEFAULT_GOAL := help
.PHONY: help setup demo test lint typecheck imports bench chaos clean
.NOTPARALLEL:
BIN := .venv/bin
export PYTHON KEEP
RUNS ?= 10
SEED ?= 1
DRIVER ?= protocol
# Tests wait for faults and retries half of the time.
WORKERS ?= $(shell expr 2 '*' `getconf _NPROCESSORS_ONLN`)

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

setup: ## Install what is missing: .venv and the Pulumi engine (minutes the first time)
	@python="$$(tools/find-python)" && exec "$$python" -m tools.setup

demo: setup ## Bring the quickstart up against a simulated service; KEEP=1 leaves it running
	@$(BIN)/python -m tools.demo

test: lint typecheck imports ## Run every check and test
	@echo "== Tests"
	@$(BIN)/pytest -n $(WORKERS) --cov --cov-branch --cov-fail-under=90

lint: setup ## Check style and formatting
	@echo "== Style"
	@$(BIN)/ruff check
	@echo "== Formatting"
	@$(BIN)/ruff format --check

typecheck: setup ## Check types
	@echo "== Types"
	@$(BIN)/mypy

imports: setup ## Check that imports point one way
	@echo "== Imports"
	@$(BIN)/lint-imports

bench: setup ## Measure, and write docs/performance.md; SIZE=100 is quicker and writes nothing
	@$(BIN)/python -m benchmarks $(if $(SIZE),--size $(SIZE))

chaos: setup ## Bring stacks up and down under faults and kills; RUNS=10 SEED=1 DRIVER=protocol|engine
	@$(BIN)/python -m tools.chaos --runs $(RUNS) --seed $(SEED) --driver $(DRIVER)

clean: ## Stop what `make demo KEEP=1` left running; remove the demo and caches of tools
	@python="$$(tools/find-python)" && "$$python" -m tools.demo clean
	@rm -rf .coverage .coverage.* htmlcov dist build .hypothesis .*_cache
