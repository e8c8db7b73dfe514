# Everything one does here. `make help` tells.
.POSIX:
PYTHON ?= python3
PORT ?= 8000
VENV = .venv
RUN = $(VENV)/bin/python
UV = UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=$(VENV) $(VENV)/bin/uv

.PHONY: help demo test test-pages test-production check scan fix messages bench faults load catalogues clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed 's/:.*## /	/' | expand -t 18

$(VENV)/bin/uv:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check uv

$(VENV)/portal-installed: $(VENV)/bin/uv pyproject.toml uv.lock
	$(UV) sync --frozen --quiet --no-dev --inexact
	touch $@

$(VENV)/tools-installed: $(VENV)/portal-installed
	$(UV) sync --frozen --quiet --inexact
	touch $@

catalogues: $(VENV)/portal-installed
	$(RUN) manage.py compile_catalogues

demo: catalogues ## run the portal with demo data on http://127.0.0.1:8000/ (PORT=... for another)
	@PORT=$(PORT) scripts/demo

test: catalogues $(VENV)/tools-installed ## all tests, on SQLite and on PostgreSQL
	scripts/with_services scripts/run_tests

test-pages: catalogues $(VENV)/tools-installed ## each page in a browser, in every state, in other scripts, on small screens
	scripts/with_services $(RUN) -m pytest -m each_page --numprocesses 2

test-production: catalogues $(VENV)/tools-installed ## the portal as it runs in production: all processes, replicas, backup
	scripts/with_services $(RUN) -m pytest -m production --numprocesses 2

check: catalogues $(VENV)/tools-installed ## lint, types, imports, migrations, settings
	scripts/check

scan: $(VENV)/tools-installed ## look for secrets and known faults of packages; list what the portal is made of
	scripts/scan

fix: $(VENV)/tools-installed ## mend what a machine can mend
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

messages: $(VENV)/tools-installed ## bring the catalogues up to date with the code (needs gettext)
	scripts/messages

bench: catalogues $(VENV)/tools-installed ## measure, and print a table
	scripts/with_services $(RUN) scripts/bench.py
	scripts/with_services $(RUN) scripts/bench_http.py
	scripts/with_services $(RUN) scripts/bench_queue.py

faults: catalogues $(VENV)/tools-installed ## kill and starve the whole set-up while people work (FAULTS=web,redis for some)
	$(RUN) -m scripts.faults --faults "$(FAULTS)"

load: catalogues $(VENV)/tools-installed ## readers, editors and moderators at 100,000 listings (LOAD_DIR=... keeps them)
	$(RUN) -m scripts.load

clean: ## remove what was made here, the demo's database too
	rm -rf $(VENV) var
