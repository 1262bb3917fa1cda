# Ramure: what can be done here. `make` alone prints this list.

.DEFAULT_GOAL := help
.PHONY: help run build test check bench bench-data fuzz generate setup clean

export GOFLAGS ?= -mod=readonly

TAGS     := -tags nomsgpack
PKG      ?= ./...
RUN      ?=
FUZZTIME ?= 30s
FUZZ     ?= .
PROFILE  ?=

# Where bench-data keeps a million awards, once for SQLite and once for PostgreSQL
# (about 15 GB). PostgreSQL's own user must be able to reach it.
BENCHDATA ?= $(CURDIR)/.cache/bench

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## serve the demonstration on http://localhost:8080
	go run $(TAGS) ./cmd/ramure serve --demo

build: ## build the static program ./bin/ramure
	CGO_ENABLED=0 go build -trimpath -buildvcs=false $(TAGS) -ldflags "-s -w" -o bin/ramure ./cmd/ramure

test: setup ## all tests, on both databases and in a browser (PKG=./internal/did/ RUN=Name narrow it)
	go test $(TAGS) -timeout 15m $(if $(RUN),-run '$(RUN)') $(PKG)

check: ## format, vet, lint, module files, generated files, tests under the race detector
	@.ci/setup.sh race
	.ci/check.sh $(TAGS)

bench: setup ## measure the product against its floors, in under ten minutes (RUN=Issue narrows it)
	@mkdir -p $(or $(PROFILE),.)
	RAMURE_BENCH_DATA='$(BENCHDATA)' RAMURE_BENCH_PROFILE='$(abspath $(PROFILE))' RAMURE_BENCH_TABLE='$(CURDIR)/artifacts/bench.md' \
	go test $(TAGS) -run '^$$' -bench '$(or $(RUN),.)' -benchtime 1x -timeout 30m ./internal/bench

bench-data: setup ## prepare a million awards for bench, once: up to half an hour
	RAMURE_BENCH_ROLE=prepare RAMURE_BENCH_DATA='$(BENCHDATA)' go test $(TAGS) -v -count=1 -timeout 6h ./internal/bench

fuzz: ## fuzz each parser of foreign bytes (FUZZTIME=30s or 1000000x; FUZZ=Name narrows it)
	.ci/fuzz.sh '$(FUZZTIME)' '$(FUZZ)' $(TAGS)

generate: ## write the generated files again
	go generate $(TAGS) ./...

setup: ## install what tests need, if it is missing
	@.ci/setup.sh

clean: ## remove what builds and tests left behind, but not what bench-data prepared
	rm -rf bin artifacts internal/e2e/foreign/node_modules
