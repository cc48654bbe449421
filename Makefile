# What one can do here. `make` alone lists it. Building and the demo need Go only; the rest says what it lacks.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# The folders of Go code; rooms where goroutines meet, run once more under the race detector; rooms with benchmarks.
code  := $(wildcard cmd internal law packs)
race  := $(addprefix ./,$(addsuffix /...,$(wildcard $(addprefix internal/,app bus channel desk hub line store switchboard))))
bench := $(addprefix ./,$(addsuffix /...,$(wildcard law packs $(addprefix internal/,chat release seal store))))
# Tests of how fast a page is, which want the machine for themselves.
timed := browser/slow.test.mjs tools/lighthouse.test.mjs
# Narrow these on the command line while working: make lint go-test packages=./law/...
packages := ./...
SOAK ?= 10m
# Labelled accounts to measure by; without licence, so kept outside the repository.
NARRATIVES ?= ../shared/data/narratives/us-cases.json

.PHONY: help demo build test deps lint go-test race peers browser bundle voices budgets lighthouse slow bench bench-law bench-bulk bench-suggest soak house clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

demo: build ## build, and run both wings with invented people (Ctrl-C stops)
	./bin/amparo demo

build: ## compile bin/amparo; needs Go only
	go build -trimpath -o bin/amparo ./cmd/amparo

test: ## install what is missing, then run every check and test, and say what took longest
	@tools/test.sh

deps: ## install what the tests need: Debian's chromium and postgresql, npm packages, Go modules
	@tools/deps.sh

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

law/peers/node_modules/.package-lock.json: law/peers/package.json law/peers/package-lock.json
	cd law/peers && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

lint: ## gofmt, go vet, staticcheck; with npm packages installed also types of our JavaScript, and bundles
	@unformatted=$$(gofmt -l $(code)); if [[ -n $$unformatted ]]; then printf 'gofmt would change:\n%s\n' "$$unformatted"; exit 1; fi
	go vet $(packages)
	go tool staticcheck $(packages)
	@staticcheck=$$(go tool -n staticcheck); set -x; cd law/peers; go vet ./...; "$$staticcheck" ./...
	@if [[ -d node_modules ]]; then set -x; node_modules/.bin/tsc -p tools/tsconfig.json; node tools/bundle.mjs --check; \
	else echo 'without node_modules: JavaScript not checked'; fi

go-test: ## all Go tests
	@node tools/gotest.mjs -timeout 15m $(packages)

race: ## the rooms where goroutines meet, under the race detector
	@node tools/gotest.mjs -race -timeout 15m $(race)

peers: law/peers/node_modules/.package-lock.json ## the law engine beside decision diagrams, CEL, OPA and json-logic
	@cd law/peers && node ../../tools/gotest.mjs -timeout 10m ./...

browser: build node_modules/.package-lock.json ## journeys in Chromium and Firefox, scripts on and off, and the tests of our tools
	@run='node --test --test-reporter=spec'; code=0; \
	$$run --test-concurrency=2 $(filter-out $(timed),$(wildcard browser/*.test.mjs law/browser/*.test.mjs tools/*.test.mjs)) || code=1; \
	$$run --test-concurrency=1 $(timed) || code=1; exit $$code

bundle: node_modules/.package-lock.json ## make the files for browsers that each bundle.json lists, to be committed
	@node tools/bundle.mjs

voices: ## have espeak-ng and lame (Debian) read the key pages, in the languages that it knows
	@node tools/voices.mjs

budgets: build node_modules/.package-lock.json ## weigh every public page, and grade how hard it is to read, against tools/budgets.json
	@node tools/budgets.mjs

lighthouse: build node_modules/.package-lock.json ## Lighthouse on every public page, or on those whose path matches PAGES=REGEXP
	@node tools/lighthouse.mjs '$(PAGES)'

slow: build node_modules/.package-lock.json ## how soon public pages (PAGES=REGEXP) can be used at 400 kbit/s with a slow processor
	@node tools/slow.mjs '$(PAGES)'

bench: ## benchmarks
	go test -run '^$$' -bench . -benchmem $(bench)

bench-law: law/peers/node_modules/.package-lock.json ## the law engine's times beside those of the others
	@cd law/peers && go run ./bench

bench-suggest: ## how far proposals from an account agree with labels that people gave (NARRATIVES=FILE)
	@if [[ ! -f '$(NARRATIVES)' ]]; then echo 'not measured: no data at $(NARRATIVES)'; \
	else AMPARO_NARRATIVES='$(abspath $(NARRATIVES))' go test -count=1 -v -run '^TestMeasure$$' ./internal/suggest | sed '/^=== \|^--- \|^PASS\|^ok/d'; fi

bench-bulk: ## a whole file of journeys re-assessed: what one costs, what of it is logic, journeys a second on one core and on all
	go test -run '^$$' -bench 'Batch|OneByOne' ./internal/app
	go test -run '^$$' -bench BenchmarkBulk -benchtime 3x ./internal/app

soak: ## tests named TestSoak…, each for SOAK=10m
	AMPARO_SOAK=$(SOAK) go test -count=1 -timeout 0 -v -run '^TestSoak' $(race)

house: ## draw the rooms and what imports what; fails when an arrow does not go down
	@go run ./internal/house/draw -svg out/house.svg -mermaid out/house.mmd

clean: ## remove what was built and written here; node_modules stays
	rm -rf bin out
