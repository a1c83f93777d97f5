# Every target works in a fresh clone with git, make and the .NET SDK. Targets install further tools themselves, some of
# them with apt-get, which needs root on Debian or Ubuntu.

CONFIGURATION := Release
RUNTIME       := linux-$(patsubst aarch64,arm64,$(patsubst x86_64,x64,$(shell uname -m)))
BINARY        := artifacts/sts-webhook
MSBUILD       := dotnet msbuild -restore -nologo -verbosity:quiet -property:Configuration=$(CONFIGURATION)
BENCHMARKS    := dotnet run --project tests/Benchmarks --configuration $(CONFIGURATION) --no-build --
RECORDINGS    := tests/Fixtures/recordings
HELM          := .tools/bin/helm
IMAGE         ?= ghcr.io/sts-webhook/sts-webhook
VERSION       := $(shell sed -n 's:.*<VersionPrefix>\(.*\)</VersionPrefix>.*:\1:p' Directory.Build.props)
CONTAINER_ENGINE ?= docker
DURATION      ?= 300
HTTPS_PORT    ?= 8443
MANAGEMENT_PORT ?= 8080
TARGET        ?= all
TIME          ?= 60
SEED          ?= 1

export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1

.DEFAULT_GOAL := help

.PHONY: help
help: ## Show this list.
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

.PHONY: restore
restore: ## Download the packages of the lock files.
	dotnet restore

.PHONY: run
run: ## Send recorded reviews to the program and print its answers.
	@$(MSBUILD) src/StsWebhook && $(MSBUILD) tests/Demo
	@dotnet run --project tests/Demo --configuration $(CONFIGURATION) --no-build -- \
		src/StsWebhook/bin/$(CONFIGURATION)/net10.0/sts-webhook $(RECORDINGS)

.PHONY: serve
serve: ## Start the program and print requests to send to it.
	@$(MSBUILD) src/StsWebhook
	@mkdir -p artifacts/serve
	@echo 'In another terminal:'
	@echo
	@echo "  curl --cacert $(CURDIR)/artifacts/serve/tls.crt --header 'Content-Type: application/json' \\"
	@echo '    --data-binary @$(CURDIR)/$(RECORDINGS)/pods-create-ledger.json https://localhost:$(HTTPS_PORT)/mutate'
	@echo '  curl http://localhost:$(MANAGEMENT_PORT)/metrics'
	@echo
	@exec src/StsWebhook/bin/$(CONFIGURATION)/net10.0/sts-webhook serve --tls ephemeral --tls-dir artifacts/serve \
		--cluster none --nodes $(RECORDINGS)/nodes.json --https-port $(HTTPS_PORT) --management-port $(MANAGEMENT_PORT)

# A separate restore: restoring with --runtime would reduce the lock files to that runtime.
.PHONY: build
build: ## Build the native binary artifacts/sts-webhook; installs clang if there is no C compiler (root, apt).
	.ci/install-native-toolchain
	dotnet restore src/StsWebhook --verbosity quiet
	dotnet publish src/StsWebhook --configuration $(CONFIGURATION) --runtime $(RUNTIME) --no-restore \
		--output artifacts/publish --verbosity quiet
	@install artifacts/publish/sts-webhook $(BINARY)
	@$(BINARY) --version

.PHONY: quick
quick: ## Run the tests of the core, without the native binary and without tests that compare times: seconds.
	$(MSBUILD) tests/StsWebhook.Core.Tests
	dotnet run --project tests/StsWebhook.Core.Tests --configuration $(CONFIGURATION) --no-build -- -trait- Speed=Timed

.PHONY: public-api
public-api: ## Update the list of the core's public members, src/StsWebhook.Core/PublicAPI.*.txt.
	.ci/update-public-api

.PHONY: test
test: build ## Run all tests, also with the native binary; installs clang, Prometheus, libfaketime and helm (root, apt, npm).
	$(MSBUILD) StsWebhook.sln
	.ci/install-prometheus
	.ci/install-faketime
	.ci/install-chart-tools
	.ci/test

.PHONY: test-clients
test-clients: build ## Run real AWS clients in the environment of mutated pods and print which hosts they call.
	.ci/install-clients
	$(MSBUILD) tests/Clients.Tests
	@rm -f artifacts/clients.md
	@dotnet run --project tests/Clients.Tests --configuration $(CONFIGURATION) --no-build; \
		status=$$?; cat artifacts/clients.md; exit $$status

.PHONY: image
image: ## Build the container image for this machine's platform; PUSH=1 also pushes it.
	$(CONTAINER_ENGINE) build --build-arg COMMIT=$(shell git rev-parse HEAD) --build-arg VERSION=$(VERSION) \
		--tag $(IMAGE):$(VERSION) .
	$(if $(PUSH),$(CONTAINER_ENGINE) push $(IMAGE):$(VERSION))

.PHONY: chart
chart: ## Lint the Helm chart and package it in artifacts/.
	.ci/install-chart-tools
	$(HELM) lint --strict charts/sts-webhook
	@mkdir -p artifacts
	$(HELM) package charts/sts-webhook --destination artifacts

.PHONY: manifests
manifests: ## Render deploy/install.yaml from the chart.
	.ci/install-chart-tools
	@mkdir -p artifacts
	deploy/render > artifacts/install.yaml
	mv artifacts/install.yaml deploy/install.yaml

.PHONY: generate
generate: ## Write the Unicode table and the AWS partitions from their sources, which tests/Generators/fetch downloads.
	tests/Generators/fetch
	@$(MSBUILD) tests/Generators
	dotnet run --project tests/Generators --configuration $(CONFIGURATION) --no-build -- \
		unicode .tools/generate/unicode src/StsWebhook.Core/Policy/Text/CompatibilityTable.cs
	dotnet run --project tests/Generators --configuration $(CONFIGURATION) --no-build -- \
		partitions .tools/generate/botocore src/StsWebhook.Core/Regions

.PHONY: sbom
sbom: ## Write the packages in the binary to artifacts/sbom.json (CycloneDX).
	dotnet restore src/StsWebhook --verbosity quiet
	dotnet tool restore
	dotnet CycloneDX src/StsWebhook/StsWebhook.csproj --output artifacts --filename sbom.json --output-format Json \
		--set-name sts-webhook --set-version $(VERSION) --disable-package-restore --exclude-dev

.PHONY: audit
audit: ## Check packages for known vulnerabilities, and that the lock files are up to date.
	.ci/audit

.PHONY: mutants
mutants: ## Mutation-test the core and list mutants that no test detects; ONLY=Policy for one folder.
	.ci/mutants $(ONLY)

.PHONY: e2e
e2e: ## Test image and chart in a kind cluster; needs docker, kind, kubectl and helm.
	deploy/kind/e2e

# Runs the test with a real Prometheus for a longer time, so that the pictures show more data.
.PHONY: docs
docs: build docs-clients ## Regenerate the measured parts of docs/: dashboard pictures and tables of AWS clients.
	.ci/install-prometheus
	$(MSBUILD) tests/StsWebhook.Tests
	rm -rf artifacts/pictures
	STS_WEBHOOK_RUN_PART_SECONDS=20 dotnet run --project tests/StsWebhook.Tests --configuration $(CONFIGURATION) --no-build -- \
		-class '*.PrometheusTests'
	install -D -m 644 -t docs/images artifacts/pictures/*.svg

.PHONY: docs-clients
docs-clients: build ## Regenerate the tables in docs/clients.md and docs/endpoints.md.
	.ci/install-clients
	$(MSBUILD) tests/Clients.Tests
	UPDATE_GOLDEN=1 dotnet run --project tests/Clients.Tests --configuration $(CONFIGURATION) --no-build -- -explicit on

.PHONY: soak
soak: build ## Run a mixed load for DURATION seconds and report memory, open files and errors.
	$(MSBUILD) tests/StsWebhook.Tests
	STS_WEBHOOK_SOAK_SECONDS=$(DURATION) dotnet run --project tests/StsWebhook.Tests --configuration $(CONFIGURATION) --no-build -- \
		-class '*.SoakTests' -showLiveOutput

.PHONY: bench
bench: build ## Benchmark the core, and the native binary under load; installs wrk (root, apt).
	.ci/install-wrk
	dotnet restore tests/LoadServer --verbosity quiet
	dotnet publish tests/LoadServer --configuration $(CONFIGURATION) --runtime $(RUNTIME) --no-restore \
		--output artifacts/load-server --verbosity quiet
	$(MSBUILD) tests/Benchmarks
	$(BENCHMARKS) load $(BINARY) artifacts/load-server/StsWebhook.LoadServer
	$(BENCHMARKS)

.PHONY: size
size: ## Print the size of the native binary by assembly.
	.ci/install-native-toolchain
	dotnet restore src/StsWebhook --verbosity quiet
	dotnet publish src/StsWebhook --configuration $(CONFIGURATION) --runtime $(RUNTIME) --no-restore \
		--output artifacts/size --verbosity quiet --property:IlcGenerateMstatFile=true
	$(MSBUILD) tests/Benchmarks
	$(BENCHMARKS) size src/StsWebhook/obj/$(CONFIGURATION)/net10.0/$(RUNTIME)/native/sts-webhook.mstat

.PHONY: fuzz
fuzz: ## Fuzz the parsers of untrusted input: TARGET=check TIME=3600 (seconds) SEED=7 KEEP=1, INPUT=FILE.
	@$(MSBUILD) tests/Fuzz
	dotnet run --project tests/Fuzz --configuration $(CONFIGURATION) --no-build -- --target $(TARGET) --seconds $(TIME) \
		--seed $(SEED) --corpus tests/Fuzz/Corpus $(if $(KEEP),--keep) $(if $(INPUT),--input $(INPUT))

.PHONY: release
release: ## Release VERSION=X.Y.Z: versions, changelog, commit, tag; DRY_RUN=1 only prints what would happen.
	@DRY_RUN='$(DRY_RUN)' .ci/release '$(if $(filter command line,$(origin VERSION)),$(VERSION))'

.PHONY: lint
lint: ## Check code format, language, scripts, YAML, Markdown, chart and Dockerfile; installs linters (root, apt, npm).
	.ci/lint

.PHONY: clean
clean: ## Remove all build output and downloaded tools.
	rm -rf artifacts .tools
	find src tests -name bin -prune -exec rm -rf {} + -o -name obj -prune -exec rm -rf {} +
