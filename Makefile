# `make` lists what there is. Everything here works from a fresh clone on Debian or Ubuntu
# with Go; what else is needed is installed by scripts/setup.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The same options for every target, so that what one compiled serves the others.
export CGO_ENABLED := 0
export GOFLAGS := $(filter-out -trimpath,$(GOFLAGS)) -trimpath

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
BINARY  := dist/tinbao
# Tools have a go.mod of their own: their hundreds of modules are no part of the program.
TOOL    := go tool -modfile=tools/go.mod
SQLC    := $(TOOL) sqlc
LINT    := $(TOOL) golangci-lint
# The race detector is in C.
RACE    := CGO_ENABLED=1 go test -race
# Checks of what is delivered beside the program; the same holds for its modules.
CHECK   := tools/check
# What `make generate` writes.
GENERATED := storage/internal/db
# Options for `dist/tinbao demo` and for `make bench`, packages and options for the tests.
ARGS    ?=
PKG     ?= ./...
TEST    ?=
# The name of a release, and a program of the release before, for the tests of upgrades.
RELEASE ?= $(VERSION)
OLD     ?=
# How much `make bench` measures: small, default or full.
BENCH   ?= default
# How many schedules `make history` plays, and from which seed on (0 = drawn).
SCHEDULES ?= 20
SEED      ?= 0
# How long each fuzz test looks for trouble.
FUZZTIME ?= 20s

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: ## install the Debian packages that are missing, for all targets
	@scripts/setup image

.PHONY: demo
demo: build ## run everything here, with phones on a web page instead of Telegram (ARGS=…)
	@scripts/setup demo
	$(BINARY) demo $(ARGS)

.PHONY: demo-clean
demo-clean: ## forget what the demo has stored
	@scripts/demo-clean

# Where goroutines share memory, tests run with the race detector, with which they take
# three times as long: these packages, and of the program what many do at once.
RACED    := ./backup ./bot/... ./sidecar ./storage ./telegramsim
TOGETHER := ^(TestStories|TestDrain|TestWebhook|TestRedisCluster|TestTwoBotsOfOneWard|TestTwoReplicasDeliverOnceAndInOrder|TestAKilledReplicasMessagesAreDelivered|TestAMessageThatWaitsHoldsUpNobody|TestLateAcknowledgement)$$
OTHERS    = $(filter-out $(shell go list $(RACED)),$(shell go list ./...))

.PHONY: test
test: ## every test, with real servers (PKG=./cases TEST='-run X': these, with the race detector)
	@scripts/setup test
ifeq ($(TEST)$(filter-out ./...,$(PKG)),)
	@$(MAKE) --no-print-directory --output-sync=target -j2 test-raced test-others
else
	$(RACE) -count=1 -timeout 30m $(TEST) $(PKG)
endif

.PHONY: test-raced
test-raced:
	$(RACE) -count=1 -timeout 20m -run '$(TOGETHER)' ./cmd/tinbao
	$(RACE) -count=1 -timeout 20m $(RACED)

# Many of these wait for processes of their own most of the time.
.PHONY: test-others
test-others:
	go test -count=1 -timeout 20m -parallel 4 -skip '$(TOGETHER)' $(OTHERS)

.PHONY: race
race: ## every test with the race detector, about half an hour
	@scripts/setup test
	$(RACE) -count=1 -timeout 60m ./...

.PHONY: release-dump
release-dump: ## keep a database of this program, which later ones are tested with (RELEASE=0.2.0)
	@scripts/setup test
	go test ./cmd/tinbao -count=1 -run '^TestMakeRelease$$' -release '$(CURDIR)/storage/testdata/releases/$(RELEASE)'

.PHONY: upgrade-test
upgrade-test: ## replace programs of a release by this one, one by one and under load (OLD=/path/of/the/old/tinbao)
	@scripts/setup test
	go test ./cmd/tinbao -count=1 -v -run '^TestRollingUpgrade$$' -old '$(OLD)'

.PHONY: history
history: ## random schedules of faults against a running program (SCHEDULES=50 SEED=7)
	@scripts/setup test
	go test -count=1 -timeout 0 -v -run '^TestHistory$$' ./cmd/tinbao -schedules $(SCHEDULES) -seed $(SEED)

.PHONY: fuzz
fuzz: ## random input for every parser, FUZZTIME each (PKG=./bot FUZZTIME=5m)
	@for pkg in $$(go list $(PKG)); do \
		for name in $$(go test -list '^Fuzz' "$$pkg" | grep '^Fuzz' || true); do \
			echo "$$pkg $$name"; \
			go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) "$$pkg"; \
		done; \
	done

.PHONY: bench
bench: build ## measure the built program, about three minutes: dist/bench.md (BENCH=full, ARGS='-only dialogs')
	@scripts/setup demo
	cd bench && go build -o ../dist/bench/ ./...
	@rm -f dist/image.tar; if command -v buildah >/dev/null; then OUT=dist/image.tar VERSION='$(VERSION)' scripts/image; fi
	dist/bench/bench -scale $(BENCH) $(ARGS)

.PHONY: bench-go
bench-go: ## the Go benchmarks (PKG=./storage TEST='-bench Receive')
	@scripts/setup test
	go test -run '^$$' -bench . -benchmem $(TEST) $(PKG)

.PHONY: lint
lint: ## go vet, golangci-lint (with staticcheck) and the formatters
	go vet ./...
	$(LINT) config verify
	$(LINT) run ./...
	cd bench && go vet ./... && $(subst tools/,../tools/,$(LINT)) run ./...
	cd $(CHECK) && go vet ./... && $(subst tools/,../,$(LINT)) run ./...

.PHONY: fix
fix: ## format, and mend what the linters can mend themselves
	$(LINT) run --fix ./...
	cd bench && $(subst tools/,../tools/,$(LINT)) run --fix ./...
	cd $(CHECK) && $(subst tools/,../,$(LINT)) run --fix ./...

.PHONY: ops-check
ops-check: ## alerts, dashboard, systemd unit, compose, Kubernetes, SBOM, licences, by their own tools
	@scripts/setup image
	cd $(CHECK) && go test -count=1 ./...

.PHONY: licences
licences: ## write docs/licences.md anew, after a module has come or gone
	cd $(CHECK) && go run ./licences $(CURDIR)/docs/licences.md

.PHONY: sbom
sbom: build ## what the built program is made of: dist/tinbao.cdx.json (CycloneDX)
	cd $(CHECK) && go run ./sbom $(CURDIR)/$(BINARY) '$(VERSION)' $(CURDIR)/$(BINARY).cdx.json

.PHONY: generate
generate: ## write what is generated: Go from SQL
	$(SQLC) generate -f storage/sqlc.yaml

.PHONY: generate-check
generate-check: generate ## fail when what is generated was not committed
	git diff --exit-code -- $(GENERATED)
	@new=$$(git ls-files --others --exclude-standard -- $(GENERATED)); \
	if [ -n "$$new" ]; then echo "generated and not committed: $$new" >&2; exit 1; fi

.PHONY: build
build: ## the program, one static file: dist/tinbao
	go build -ldflags '-s -w -X main.version=$(VERSION)' -o $(BINARY) ./cmd/tinbao

.PHONY: image
image: build ## the container image, from the program just built
	@scripts/setup image
	VERSION='$(VERSION)' scripts/image

.PHONY: clean
clean: ## remove what was built
	rm -rf dist
