# Every target makes its own virtual environment; nothing is installed outside this folder.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: help install demo test check format lint types imports bench clean

help:  ## say what there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(READY): pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV) (once, about a minute) ..."
	@$(INSTALL) --editable '.[demo,dev]'
	@touch $(READY)

install: $(READY)  ## make .venv with everything in it

demo: $(READY)  ## play one made-up incident on real servers on this machine
	@$(BIN)/tracker demo

.venv-lab/.ready: $(READY) tests/lab/requirements.txt
	@$(BIN)/python -m tests.lab.environment

test: $(READY) .venv-lab/.ready  ## run every test
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

check: format lint types imports test  ## everything that CI checks

format: $(READY)
	@$(BIN)/ruff format --check .

lint: $(READY)
	@$(BIN)/ruff check .

types: $(READY)
	@$(BIN)/mypy

imports: $(READY)
	@$(BIN)/lint-imports

bench: $(READY)  ## measure, as ratios in one run
	@$(BIN)/python -m benchmarks.crawl_overhead
	@$(BIN)/python -m benchmarks.help_start

clean:  ## remove what the other targets made
	rm -rf $(VENV) .venv-lab demo-incident .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
