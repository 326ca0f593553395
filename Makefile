# Everything happens in .venv; each target makes what it needs first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help notebooks test lab check site print bench archive mutate mutate-code lint lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | expand -t 12

notebooks: $(READY) ## execute every notebook in place and take the pictures; STUDY=NAME: that study's own
	@$(BIN)/python -m analysis notebooks $(STUDY)

test: $(READY) ## all tests: code, data, text use, and nbval over every notebook
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile

lab: $(READY) ## open JupyterLab on the notebooks
	@$(BIN)/jupyter lab notebooks

check: $(READY) ## validate the tables of the study
	@$(BIN)/python -m analysis check

site: $(READY) ## one static HTML site of all notebooks, in site/
	@$(BIN)/python tools/site.py



mutate: $(READY) ## spoil the data cell by cell: nothing may change silently; ALL=1: every cell
	@$(BIN)/python tools/mutate.py $(if $(ALL),--all)

# mutmut is no part of the environment: only this target needs it, and it brings much with it.
mutate-code: $(READY) ## mutate the code that measures and checks; MODULE=NAME: one of its modules
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check mutmut==3.8.1
	@$(BIN)/mutmut run "analysis.$(or $(MODULE),*)*"
