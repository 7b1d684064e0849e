# Short names for the commands of scripts/, which work without make too (Windows).
PYTHON ?= python3
VENV_PYTHON = .venv/bin/python

.PHONY: run test check format bench texts

run: ## the app with the invented demo study
	$(PYTHON) scripts/start.py

test: ## all tests
	$(PYTHON) scripts/test.py

check: ## style, formatting, types, floors of the house, text catalogues
	$(PYTHON) scripts/check.py

format: ## tidies the code
	$(VENV_PYTHON) -m ruff check --fix-only qualcode scripts tests $(wildcard benchmarks app.py)
	$(VENV_PYTHON) -m ruff format qualcode scripts tests $(wildcard benchmarks app.py)

bench: ## speed and memory, with the figures of docs/
	$(VENV_PYTHON) -m benchmarks

texts: ## lists every text of the code as a template to compare the Finnish catalogues with
	$(VENV_PYTHON) -m babel.messages.frontend extract -F babel.cfg -k N_ -k ngettext:1,2 \
		-k pgettext:1c,2 -o .venv/qualcode.pot .
