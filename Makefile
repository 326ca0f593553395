# Everything happens in .venv; each target makes what it needs first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
INSTRUMENTS := $(VENV)/.instruments
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --upgrade --generate-hashes --no-emit-index-url \
	--no-header --no-annotate --quiet

.PHONY: help notebooks test test-all lab check site lint lock clean browser look bench mutate mutate-code audit clients

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | expand -t 12

notebooks: $(READY) ## execute every notebook in place and take the pictures; STUDY=NAME: that study's own
	@$(BIN)/python -m analysis notebooks $${STUDY:+"$$STUDY"}

test: $(READY) ## the tests: code, data, text use, and nbval over every notebook
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile

test-all: $(READY) ## the slow tests too; clones under other Pythons and settings; other dependencies
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile -m "slow or not slow"
	@$(PYTHON) quality/matrix.py

lab: $(READY) ## open JupyterLab on the notebooks
	@$(BIN)/jupyter lab notebooks

check: $(READY) ## validate the tables of the study
	@$(BIN)/python -m analysis check

site: $(READY) ## one static HTML site of all notebooks, in site/
	@$(BIN)/python quality/build_site.py

lint: $(READY) ## ruff, notebooks included, and the layers of imports
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports --no-logo

lock: $(READY) ## choose the newest versions again: requirements.txt and the two lists in quality/
	@$(LOCK) pyproject.toml --extra exchange --extra notebooks --group dev --fork-strategy fewest \
		--output-file requirements.txt
	@$(LOCK) --group installers --output-file quality/installers.txt
	@$(LOCK) --group instruments --constraints requirements.txt --output-file quality/instruments.txt

clean: ## remove the environment and caches
	rm -rf $(VENV) .pytest_cache .ruff_cache .import_linter_cache *.egg-info

# The instruments of the makers; quality/README.md says what each asks.

browser: $(INSTRUMENTS) # run each notebook in JupyterLab in Chromium, and look for errors
	@$(BIN)/python quality/browser.py

look: $(INSTRUMENTS) # photograph the site as GitHub shows it, in grey and for colour-blind eyes: build/look/
	@$(BIN)/python quality/build_site.py
	@$(BIN)/python quality/look.py

clients: $(READY) # hand exports to QualCoder, qualitative-coding, Taguette and LibreOffice, and take them back
	@$(BIN)/python quality/clients.py

bench: $(READY) # ratios of times, and growth up to a million statements
	@$(BIN)/python quality/bench.py

mutate: $(READY) # spoil the data cell by cell: nothing may change silently; ALL=1: every cell; MEANING=N: N other codes
	@$(BIN)/python quality/mutate.py $(if $(ALL),--all) $(if $(MEANING),--meaning $(MEANING)) $(if $(SEED),--seed $(SEED))

mutate-code: $(INSTRUMENTS) # mutate the code that measures and checks; MODULE=NAME: one of its modules
	@$(BIN)/mutmut run "analysis.$${MODULE:-*}*"

audit: $(INSTRUMENTS) # known holes in the locked dependencies; asks the package index, so it needs the network
	@$(BIN)/pip-audit --strict --require-hashes --disable-pip $(addprefix -r ,requirements.txt quality/installers.txt)

# What only these need is installed when one of them is asked for.
$(INSTRUMENTS): $(READY) quality/instruments.txt
	@$(PIP) --require-hashes -r quality/instruments.txt
	@touch $@

# uv installs several times faster than pip; where it cannot be had, pip reads the same hashed file.
$(READY): requirements.txt quality/installers.txt pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v <= (3, 13) \
		else f"Python 3.11 to 3.13 is needed, this is {v[0]}.{v[1]}: make PYTHON=python3.12 …")'
	@echo "setting up $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r quality/installers.txt || echo "going on with the pip that is there"
	@if [ -x $(BIN)/uv ]; then \
		VIRTUAL_ENV="$(CURDIR)/$(VENV)" $(BIN)/uv pip install --quiet --require-hashes --compile-bytecode -r requirements.txt; \
	else $(PIP) --require-hashes -r requirements.txt; fi
	@PYTHONWARNINGS=ignore $(PIP) --no-build-isolation --no-deps --editable .
	@$(BIN)/python -m compileall -q analysis
	@touch $@
