# What can be done with this tree. `make` alone lists it.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

GO ?= go
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
# How long each fuzz target runs.
FUZZTIME ?= 60s
# What `make bench` measures.
BENCH ?= .
# The packages in which several goroutines share something.
RACE ?= ./storage/... ./bot/... ./scheduler/...
STATICCHECK ?= honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: help
help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build
build: ## Build bin/frontdesk
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/frontdesk ./cmd/frontdesk

.PHONY: release
release: ## Archives of VERSION for every system into dist/, with checksums
	GO=$(GO) VERSION=$(VERSION) deploy/release.sh

.PHONY: run
run: ## Try the desk in a browser, without a token
	$(GO) run ./cmd/frontdesk demo

.PHONY: test
test: vet chromium ## What CI runs: formatting, vet, all tests, the race detector where it matters
	FRONTDESK_CHROMIUM=required $(GO) test -timeout 15m ./...
	@if command -v $${CC:-$$($(GO) env CC)} >/dev/null; then \
		echo "$(GO) test -race $(RACE)"; \
		CGO_ENABLED=1 $(GO) test -race -short -timeout 15m $(RACE); \
	else \
		echo "the race detector needs a C compiler and there is none: left out"; \
	fi

# The page's tests drive a browser, and need a font in which it can write Chinese.
.PHONY: chromium
chromium:
	@if ! command -v chromium chromium-browser google-chrome google-chrome-stable >/dev/null; then \
		sudo=$$([[ $$(id -u) == 0 ]] || echo sudo); \
		echo "installing chromium for the tests of the page"; \
		$$sudo apt-get update -qq && \
		$$sudo apt-get install -y -qq --no-install-recommends chromium fonts-wqy-zenhei; \
	fi

.PHONY: screenshots
screenshots: chromium ## Make the pictures of the README anew
	FRONTDESK_CHROMIUM=required FRONTDESK_SCREENSHOTS=1 $(GO) test -count=1 -run TestThePagesScreenshots ./cmd/frontdesk

.PHONY: vet
vet: ## Formatting and go vet
	@unformatted=$$(gofmt -l .); if [[ -n "$$unformatted" ]]; then \
		echo "not formatted, run make fmt:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...

.PHONY: check
check: vet ## Also static analysis (fetches staticcheck the first time)
	$(GO) mod tidy -diff
	$(GO) run $(STATICCHECK) -checks 'inherit,-ST1012' ./...
	@if command -v golangci-lint >/dev/null; then \
		echo "golangci-lint run"; golangci-lint run ./...; \
	else \
		echo "golangci-lint is not installed: left out"; \
	fi

.PHONY: race
race: ## All tests under the race detector
	CGO_ENABLED=1 $(GO) test -race -timeout 30m ./...

.PHONY: fuzz
fuzz: ## Each fuzz target for FUZZTIME (60s)
	@for package in $$($(GO) list ./...); do \
		for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
			echo "== $$package $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $$package; \
		done; \
	done

.PHONY: torture
torture: ## The long campaigns of faults: kills, damage, outages
	FRONTDESK_TORTURE=1 $(GO) test -count=1 -run Torture -timeout 60m ./...

.PHONY: bench
bench: ## Benchmarks matching BENCH
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem ./...

.PHONY: fmt
fmt: ## Format the code
	gofmt -w .

.PHONY: setup
setup: ## Use the git hooks of this tree
	git config core.hooksPath .githooks
