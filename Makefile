# Poshtiban: `make help` lists what there is to do.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Where a stack is reached; without it, each has a port of its own.
ON_PORT = $(if $(PORT),--port $(PORT))
STACK ?= poshtiban-dev
NODE_MAJOR := 20

# The environments' programs come first: `sam build` looks for a real python3.13 on PATH.
export PATH := $(CURDIR)/.venv/bin:$(CURDIR)/.venv-sam/bin:$(PATH)
export SAM_CLI_TELEMETRY := 0
export AWS_EC2_METADATA_DISABLED := true
export AWS_DEFAULT_REGION ?= eu-central-1

DEV := .venv/.installed
SAM := .venv-sam/.installed
CHECKOV := .venv-checkov/.installed
PYTHON313 = $(shell for name in python3.13 python3 python; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null && { command -v "$$name"; break; }; done)

help: ## this list
	@grep -hE '^[a-z][a-z0-9-]*:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

# Environments -----------------------------------------------------------------------------------

.venv/bin/uv: requirements/uv.txt
	@test -n "$(PYTHON313)" || { \
		echo "Poshtiban needs Python 3.13: install it so that 'python3.13 --version' answers (with pyenv: pyenv install 3.13)."; \
		exit 1; }
	@echo "creating .venv"
	@"$(PYTHON313)" -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

$(DEV): requirements/dev.txt .venv/bin/uv
	@echo "installing $<"
	@.venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes $<
	@touch $@

$(SAM): requirements/sam.txt .venv/bin/uv
	@echo "installing $< into .venv-sam"
	@.venv/bin/uv venv --quiet --allow-existing --python .venv/bin/python .venv-sam
	@.venv/bin/uv pip sync --quiet --python .venv-sam/bin/python --require-hashes $<
	@touch $@

$(CHECKOV): requirements/checkov.txt .venv/bin/uv
	@echo "installing $< into .venv-checkov"
	@.venv/bin/uv venv --quiet --allow-existing --python .venv/bin/python .venv-checkov
	@.venv/bin/uv pip sync --quiet --python .venv-checkov/bin/python --require-hashes $<
	@touch $@

venv: $(DEV) $(SAM) $(CHECKOV) ## create or renew the environments

lock: .venv/bin/uv ## pin the requirements anew (UPGRADE=1 takes newer versions)
	@for name in layers/dependencies/requirements requirements/uv requirements/dev requirements/sam requirements/checkov; do \
		echo "pinning $$name.in"; \
		uv pip compile --quiet --universal --python-version 3.13 --generate-hashes --no-emit-index-url \
			--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) \
			$$name.in --output-file $$name.txt || exit 1; \
	done

# OpenAPI and web apps ---------------------------------------------------------------------------

# The handlers are imported and never called, so that any value will do for what they read when they start.
SETTINGS := ACCOUNTS_TABLE SESSIONS_TABLE DESK_TABLE UPLOADS_BUCKET FILES_BUCKET SMS_QUEUE_URL EMAIL_QUEUE_URL CURSOR_KEY CODE_PEPPER TOTP_KEY WEBHOOK_KEY
EMPTY_SETTINGS := PUBLIC_ORIGIN INTERNAL_ORIGIN ORIGIN_VERIFY S3_PUBLIC_ENDPOINT CURSOR_KEY_PREVIOUS CODE_PEPPER_PREVIOUS TOTP_KEY_PREVIOUS WEBHOOK_KEY_PREVIOUS
PLACEHOLDERS := QUEUE_SHARDS=1 $(SETTINGS:%=%=unused) $(EMPTY_SETTINGS:%=%=)

OPENAPI := layers/site/openapi/public.json layers/site/openapi/internal.json
OPENAPI_SOURCES := $(shell find functions layers/core -name '*.py' 2>/dev/null)

.local/openapi/.made: $(OPENAPI_SOURCES) $(DEV)
	@PYTHONPATH=layers/core:functions PYTHONPYCACHEPREFIX=$(CURDIR)/.local/pycache env $(PLACEHOLDERS) \
		python -m helpdesk.edge.openapi $(@D)
	@touch $@

# Only a changed document is newer than what was built from it.
$(OPENAPI): .local/openapi/.made
	@mkdir -p $(@D)
	@cmp -s .local/openapi/$(@F) $@ || cp .local/openapi/$(@F) $@

openapi: $(OPENAPI) ## write the OpenAPI documents into layers/site/openapi


# There is something to build once web/ has a package.json.
ifneq ($(wildcard web/package.json),)
WEB := layers/site/.built
endif
WEB_SOURCES := $(shell find web -type d \( -name node_modules -o -name dist \) -prune -o -type f -print 2>/dev/null)

web/node_modules/.installed: web/package-lock.json
	@major=$$(node --version 2>/dev/null | sed -E 's/^v([0-9]+).*/\1/'); \
	test "$${major:-0}" -ge $(NODE_MAJOR) || { \
		echo "The web apps need Node $(NODE_MAJOR) or later and npm; found: $$(node --version 2>/dev/null || echo none)."; \
		exit 1; }
	@echo "installing the web apps' packages"
	@npm --prefix web ci --silent --no-audit --no-fund
	@touch $@

layers/site/.built: $(WEB_SOURCES) $(OPENAPI) | web/node_modules/.installed
	@echo "building the web apps"
	@npm --prefix web --silent run build > .local/web-build.log 2>&1 || { cat .local/web-build.log; exit 1; }
	@touch $@

web: $(WEB) ## build the panel and the console into layers/site

client: $(DEV) $(OPENAPI) ## write the Python client's types from the OpenAPI documents
	@for api in public internal; do \
		datamodel-codegen --input layers/site/openapi/$$api.json --output client/poshtiban/$$api.py || exit 1; \
	done
	@ruff format --quiet client

# Running ----------------------------------------------------------------------------------------

run: $(DEV) $(SAM) $(OPENAPI) $(WEB) ## start the local stack (PORT=… to move it)
	@PYTHONPATH=layers/core python -m local $(ON_PORT)

codes: $(DEV) ## show the demo people of the running stack, with the staff's codes of this moment
	@python -m local.codes

sam-local: $(DEV) ## start both APIs in containers, under sam local (PORT=… to move them)
	@python -m local.engine
	@$(MAKE) --no-print-directory --silent build
	@PYTHONPATH=layers/core python -m local.sam_local $(ON_PORT)

invoke: $(DEV) ## run one function in a container: FUNCTION=sms_sender [EVENT=events/sms_sender.json]
	@python -m local.engine
	@test -n "$(FUNCTION)" || { echo "Say which: make invoke FUNCTION=sms_sender"; exit 1; }
	@$(MAKE) --no-print-directory --silent build
	@PYTHONPATH=layers/core python -m local.invoke $(FUNCTION) $(EVENT) $(ON_PORT)

logs: $(DEV) ## follow what the functions of the running stack log
	@python -m local.logs

# Building and checking --------------------------------------------------------------------------

BUILT := .aws-sam/build/template.yaml
BUILD_SOURCES := $(shell find functions layers \( -name __pycache__ -o -path layers/site \) -prune -o -type f ! -name '*.pyc' -print 2>/dev/null)

$(BUILT): template.yaml $(BUILD_SOURCES) $(OPENAPI) $(WEB) $(DEV) $(SAM)
	@find functions layers -name __pycache__ -prune -exec rm -rf {} +
	@sam build --cached --parallel
	@# SAM ships functions without bytecode, and Lambda cannot write any
	@env -u PYTHONPYCACHEPREFIX python3.13 -m compileall -q -s .aws-sam/build -p /var/task \
		--invalidation-mode unchecked-hash .aws-sam/build/*Function
	@touch $@

build: $(BUILT) ## web apps, then sam build

check: $(DEV) $(SAM) $(CHECKOV) $(if $(WEB),web/node_modules/.installed) $(OPENAPI) ## formatting, lint, types, import rules, template
	ruff format --check
	ruff check
	mypy
	PYTHONPATH=layers/core:functions lint-imports
	cfn-lint template.yaml firewall.yaml
	sam validate --lint
	.venv-checkov/bin/checkov --config-file .checkov.yaml
	$(if $(WEB),npm --prefix web run check)

format: $(DEV) ## format the Python code and sort its imports
	ruff check --select I --fix
	ruff format

# Tests ------------------------------------------------------------------------------------------

TESTED := unit functional contract e2e faults sam_local
PYTEST := PYTHONPYCACHEPREFIX=$(CURDIR)/.local/pycache pytest

test: $(DEV) $(SAM) $(BUILT) ## every test: unit, functional, contract, e2e, faults, sam local
	@$(PYTEST) $(TESTED:%=tests/%)

test-unit test-functional: test-%: $(DEV)
	@$(PYTEST) tests/$*

test-contract: $(DEV) $(SAM) $(BUILT)
	@$(PYTEST) tests/contract

test-e2e: $(DEV) $(SAM) $(OPENAPI) $(WEB)
	@$(PYTEST) tests/e2e

fuzz: $(DEV) $(SAM) $(OPENAPI) $(WEB) ## a longer search for inputs that an API answers otherwise than its OpenAPI says: [EXAMPLES=200]
	@EXAMPLES=$(or $(EXAMPLES),200) SEED=$(or $(SEED),$(shell date +%s)) $(PYTEST) tests/e2e/test_openapi.py

test-sam-local: $(DEV) $(SAM) $(BUILT)
	@$(PYTEST) tests/sam_local

test-faults: $(DEV) $(SAM) $(OPENAPI)
	@$(PYTEST) tests/faults

# In this order, so that customers have written when an agent's queue is pictured.
PICTURED := customer_journey mishaps both_at_once agent_journey
screenshots: $(DEV) $(SAM) $(OPENAPI) $(WEB) ## renew the README's pictures of the screens
	@$(PYTEST) $(PICTURED:%=tests/e2e/browser/test_%.py)
	@python -m tests.e2e.browser.pictures

lighthouse: $(DEV) $(SAM) $(OPENAPI) $(WEB) ## Lighthouse's scores of the sign-in and the list page
	@$(PYTEST) tests/e2e/browser/test_lighthouse.py -rP

test-unit: ## rules alone, no sockets: seconds
test-functional: ## handlers on moto, the store on DynamoDB Local
test-contract: ## template, OpenAPI and artefacts against the code
test-e2e: ## the local stack over HTTP and in a browser
test-sam-local: ## every function in a container, the journey through sam local start-api
test-faults: ## nothing acknowledged is lost, whatever fails: five minutes

bench: $(BUILT) ## measure, into benchmarks/results.md (ONLY="start_up …" prints some measurements instead; SIZE=100000 stops growth there)
	@env -u PYTHONPYCACHEPREFIX PYTHONPATH=layers/core:functions python -m benchmarks $(ONLY)

flame: $(DEV) ## draw where the CPU of a warm request goes, into .local/flame.svg: [REQUEST="read a thread"]
	@PYTHONPATH=layers/core:functions py-spy record --function --rate 100 --output .local/flame.svg \
		-- python -m benchmarks.flame "$(or $(REQUEST),open a ticket)"

# Deploying --------------------------------------------------------------------------------------

IN_AWS = test -n "$(filter $(1),$(ENV))" || { echo "Say where: make $@ ENV=$(firstword $(1)) (or $(wordlist 2,9,$(1)))"; exit 1; }
DEPLOY = python -m operations.deploy $(ENV) $(PARAMETERS)

deploy: $(BUILT) ## build and deploy to AWS: ENV=dev|staging|prod [PARAMETERS="Name=value …"] [CONFIRM=no]
	@$(call IN_AWS,dev staging prod)
	@$(DEPLOY) $(if $(filter no,$(CONFIRM)),--unasked)

change-set: $(BUILT) ## build and only show what a deployment would change: ENV=…
	@$(call IN_AWS,dev staging prod)
	@$(DEPLOY) --only-show

execute: $(DEV) ## execute the change set that was shown last: ENV=…
	@$(call IN_AWS,dev staging prod)
	@python -m operations.execute $(ENV)

firewall: $(SAM) ## deploy the firewall for CloudFront, and print its ARN: ENV=…
	@$(call IN_AWS,dev staging prod)
	@sam deploy --template-file firewall.yaml --stack-name poshtiban-$(ENV)-firewall --region us-east-1 --resolve-s3 \
		--no-fail-on-empty-changeset $(if $(PARAMETERS),--parameter-overrides $(PARAMETERS))

teardown: $(DEV) ## remove an environment with all its data: ENV=dev|staging [CONFIRM=no]
	@$(call IN_AWS,dev staging)
	@python -m operations.teardown $(ENV) $(if $(filter no,$(CONFIRM)),--unasked)

# The rest ---------------------------------------------------------------------------------------

audit: $(DEV) web/node_modules/.installed ## ask PyPI and npm for known faults of what is pinned (needs the network)
	@for name in layers/dependencies/requirements requirements/dev requirements/sam requirements/checkov; do \
		uv tool run --python .venv/bin/python pip-audit==2.10.1 --strict --disable-pip --require-hashes --requirement $$name.txt || exit 1; \
	done
	@npm --prefix web audit

first-admin: $(DEV) ## invite the first administrator: EMAIL=… [STACK=poshtiban-dev]
	@test -n "$(EMAIL)" || { echo "Say whom: make first-admin EMAIL=somebody@example.com"; exit 1; }
	@PYTHONPATH=layers/core python -m operations.first_admin $(STACK) $(EMAIL)

parked: $(DEV) ## list what could not be delivered: [STACK=poshtiban-dev]
	@PYTHONPATH=layers/core python -m operations.parked $(STACK)

trace: $(DEV) ## what became of events and their messages: NUMBER=… of a ticket, or EVENT=…
	@test -n "$(NUMBER)$(EVENT)" || { echo "Say of what: make trace NUMBER=4821-9370-57, or EVENT=01K…"; exit 1; }
	@PYTHONPATH=layers/core python -m operations.trace $(STACK) $(if $(EVENT),--event "$(EVENT)",--number "$(NUMBER)")

unpark dismiss: $(DEV)
	@test -n "$(EVENT)" || { echo "Say which: make $@ EVENT=01K… (make parked lists them)"; exit 1; }
	@PYTHONPATH=layers/core python -m operations.unpark $(STACK) $(EVENT) $(if $(filter dismiss,$@),--dismiss)

unpark: ## try again what is parked of an event: EVENT=…
dismiss: ## take an event's parked messages off the list, sending nothing: EVENT=…

redrive: $(DEV) ## send a channel's dead letters back to its queue: CHANNEL=sms|email|inbox|webhook|reports
	@test -n "$(CHANNEL)" || { echo "Say which: make redrive CHANNEL=sms"; exit 1; }
	@PYTHONPATH=layers/core python -m operations.redrive $(STACK) $(CHANNEL)

verify: $(DEV) ## verify the tickets' histories in an export of the desk table: EXPORT=folder
	@test -n "$(EXPORT)" || { echo "Say where it is: make verify EXPORT=folder (docs/operations.md tells how to make one)"; exit 1; }
	@PYTHONPATH=layers/core python -m operations.verify_history "$(EXPORT)"

WHOSE = $(if $(ID),--id "$(ID)",--phone "$(PHONE)")

export-customer: $(DEV) ## write down what the desk holds about a customer: PHONE=… (or ID=…) OUT=folder [STACK=…]
	@test -n "$(PHONE)$(ID)" -a -n "$(OUT)" || { echo "Say of whom and where to: make export-customer PHONE=09121234567 OUT=folder"; exit 1; }
	@PYTHONPATH=layers/core python -m operations.export_customer $(STACK) $(WHOSE) "$(OUT)"

erase-customer: $(DEV) ## erase a customer for good: PHONE=… (or ID=…) [STACK=…] [CONFIRM=yes]
	@test -n "$(PHONE)$(ID)" || { echo "Say whom: make erase-customer PHONE=09121234567"; exit 1; }
	@PYTHONPATH=layers/core python -m operations.erase_customer $(STACK) $(WHOSE) $(if $(filter yes,$(CONFIRM)),--confirmed)

prepare-restored: $(DEV) ## make a table restored from a backup ready for the stack: TABLE=DeskTable NAME=… [STACK=…]
	@test -n "$(TABLE)" -a -n "$(NAME)" || { echo "Say which: make prepare-restored TABLE=DeskTable NAME=poshtiban-prod-desk-restored"; exit 1; }
	@PYTHONPATH=layers/core python -m operations.prepare_restored $(STACK) $(TABLE) "$(NAME)"

migrate: $(DEV) ## bring old items into a new form (docs/migrations.md): NAME=… [DRY=yes] [AGAIN=yes] [PACE=50] [STACK=…]
	@test -n "$(NAME)" || { echo "Say which: make migrate NAME=notification-subjects DRY=yes"; exit 1; }
	@PYTHONPATH=layers/core python -m operations.migrate $(STACK) "$(NAME)" $(if $(filter yes,$(DRY)),--dry) $(if $(filter yes,$(AGAIN)),--again) $(if $(PACE),--pace $(PACE))

import: $(DEV) ## import tickets from a file of the form in docs/import.md: FILE=… [DRY=yes] [LEAVE_OUT=yes] [STACK=…]
	@test -n "$(FILE)" || { echo "Say what: make import FILE=tickets.jsonl DRY=yes"; exit 1; }
	@PYTHONPATH=layers/core python -m operations.import_tickets $(STACK) "$(FILE)" $(if $(filter yes,$(DRY)),--dry) $(if $(filter yes,$(LEAVE_OUT)),--leave-out-files)

convert-zammad convert-osticket: convert-%: $(DEV)
	@test -n "$(FROM)" -a -n "$(OUT)" || { echo "Say from where: make $@ FROM=folder OUT=tickets.jsonl [NAMES=names.toml]"; exit 1; }
	@PYTHONPATH=layers/core python -m operations.converting.$* "$(FROM)" "$(OUT)" $(if $(NAMES),--names "$(NAMES)")

convert-zammad: ## answers of Zammad's API into that form: FROM=folder OUT=file [NAMES=file] (docs/import.md)
convert-osticket: ## tables of osTicket's database into that form: FROM=folder OUT=file [NAMES=file] (docs/import.md)

common-passwords: $(DEV) ## write the list of common passwords
	@uv run --script layers/core/renew_common_passwords.py

holidays: $(DEV) ## write the coming years' official holidays
	@PYTHONPATH=layers/core python layers/core/renew_holidays.py

clean: ## remove what was built and installed
	rm -rf .venv .venv-sam .venv-checkov .local .aws-sam layers/site web/node_modules web/dist
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

.PHONY: deploy change-set execute firewall teardown audit bench flame fuzz help venv lock openapi client web run sam-local invoke codes logs build check format test test-unit test-functional test-contract test-e2e test-sam-local test-faults screenshots lighthouse first-admin parked trace unpark dismiss redrive verify export-customer erase-customer prepare-restored migrate import convert-zammad convert-osticket common-passwords holidays clean
