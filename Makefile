# Everything a person or CI does here has a name; `make help` lists them.

PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -n 2 -q
TEMPLATES := find nenmong -path '*/jinja2/*' -name '*.html' -print0 | xargs -0 -r $(BIN)/djhtml --tabwidth 4

# Where it is set, Python writes no compiled files and each start of the tests takes 10 s, not 3.
export PYTHONDONTWRITEBYTECODE :=
# uv fails without a home it may write to.
export UV_CACHE_DIR ?= $(CURDIR)/.cache/uv

.DEFAULT_GOAL := help
.PHONY: help
help: ## list what there is to do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | expand -t 18

# --- install ---------------------------------------------------------------------------------

.PHONY: install
install: ## make .venv with what the programme needs
	@$(PYTHON) scripts/install.py run

.PHONY: install-dev
install-dev: ## the same, with what tests and checks need
	@$(PYTHON) scripts/install.py dev

.PHONY: requirements
requirements: install-dev ## write requirements/*.txt anew from pyproject.toml (ARGS=--upgrade for newer)
	@scripts/requirements.sh $(ARGS)

# --- run -------------------------------------------------------------------------------------

.PHONY: demo
demo: install ## build a believable province and serve it (ARGS="--help" says what can be chosen)
	@exec $(BIN)/nenmong demo $(ARGS)

.PHONY: bench
bench: install-dev ## measure the pages against their floor (ARGS="--help")
	@exec $(BIN)/python -m benchmarks $(ARGS)

# --- test ------------------------------------------------------------------------------------

.PHONY: quick
quick: install-dev ## the inner loop: ruff, then the tests on SQLite without the browser
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	@$(MAKE) --no-print-directory test-sqlite

.PHONY: test
test: chromium test-sqlite test-postgres ## all tests, on SQLite and on PostgreSQL

.PHONY: chromium
chromium: install-dev
	@$(BIN)/python scripts/chromium.py install

# Not the browser's: SQLite in memory is one connection, which the test and the pages it opens would
# have to share.
.PHONY: test-sqlite
test-sqlite: install-dev ## the tests on SQLite, without the browser's (ARGS go to pytest)
	@echo "== SQLite"
	@env -u DATABASE_URL $(PYTEST) -m "not browser" $(ARGS)

.PHONY: test-postgres
test-postgres: install-dev ## all tests on PostgreSQL: DATABASE_URL's, else one started for it
	@echo "== PostgreSQL"
	@$(BIN)/python scripts/postgres.py -- $(PYTEST) $(ARGS)

# --- check -----------------------------------------------------------------------------------

.PHONY: check
check: lint types contracts migrations deploy-check messages-check assets-check test ## what CI runs

.PHONY: lint
lint: install-dev ## style of Python and templates; no address of a package registry
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	@$(TEMPLATES) --check
	@$(BIN)/python scripts/addresses.py

.PHONY: format
format: install-dev ## put Python and templates into that style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	@$(TEMPLATES)

.PHONY: types
types: install-dev ## mypy
	$(BIN)/mypy

.PHONY: contracts
contracts: install-dev ## imports go down the house
	$(BIN)/lint-imports

# A folder of its own, so that a check neither reads nor leaves anything in a real one.
CHECK_HOME := .cache/check
CHECK_ENV := env -u DATABASE_URL NENMONG_HOME=$(CHECK_HOME) NENMONG_HOSTS=nenmong.example.vn \
	NENMONG_SECRET_KEY=only-for-this-check-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ

.PHONY: migrations
migrations: install-dev ## every change of a model has its migration
	$(CHECK_ENV) $(BIN)/nenmong makemigrations --check --dry-run

.PHONY: deploy-check
deploy-check: install-dev ## Django's own list for a real server
	$(CHECK_ENV) $(BIN)/nenmong check --deploy --fail-level WARNING

.PHONY: messages
messages: install-dev ## take new texts into the Vietnamese catalogue, then compile it
	@$(BIN)/python scripts/messages.py update
	@$(BIN)/python scripts/messages.py compile

.PHONY: openapi
openapi: install-dev ## write tests/openapi.json anew, after a change to the API
	@$(BIN)/python scripts/openapi.py

.PHONY: messages-check
messages-check: install-dev ## every text has its Vietnamese
	$(BIN)/python scripts/messages.py check

.PHONY: assets-check
assets-check: install-dev ## vendored files are what they say
	$(BIN)/python scripts/vendor.py check
