# `make demo` and `make test` need nothing but Python >= 3.11 with venv and pip.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
READY := .venv/.ready
# The last commit that changed the package.
PACKAGE := $(shell git log -1 --format=%h --abbrev=8 -- src 2>/dev/null)
PARTS := $(patsubst tests/%.py,.verify/$(PACKAGE)/%.done,$(wildcard $(addsuffix /test_*.py,tests tests/* tests/*/*)))

.PHONY: new help demo demo-subsidies test test-installed first-hour lint figures verify oracle fuzz simulate mutants quality bench samples schema keys pins hashes sbom wheels wheels-windows bundle clean

help:  ## what can be made
	@sed -n "s/^\([a-z-]*\):.*  ## /\1\t/p" $(MAKEFILE_LIST)

demo: $(INSTALLED)  ## rate the sample county and say where the workbook is
	@mkdir -p out
	$(BIN)/sanchuang rate data/samples/orgs.xlsx --out out/星级评定.xlsx

demo-subsidies: $(INSTALLED)  ## pay the sample county: it has rows to set aside, so exit 1 is what is right
	@mkdir -p out
	$(BIN)/sanchuang subsidies data/samples/members.xlsx --period 2026Q3 --out out/生活补贴.xlsx; test $$? -eq 1

# A file's tests run in one process, which prepares for them once; modules are compiled once for all processes.
# What tests write lies in memory where there is room: the program waits until a disk has what must not be lost, tests need not.
MEMORY := $(shell test "$$(df -k --output=avail /dev/shm 2>/dev/null | tail -n 1)" -gt 4000000 2>/dev/null && echo /dev/shm)
test: $(READY)  ## a small number of everything, but for what test-installed runs
test-installed: $(READY)  ## what also needs LibreOffice, Chromium or PostgreSQL: prints, the desk in a browser, a ledger on a server
test: WHICH := not installed
test-installed: WHICH := installed
test test-installed:
	@if [ "$(MEMORY)" ]; then export TMPDIR=$$(mktemp -d $(MEMORY)/sanchuang-XXXXXX); \
		chmod 1777 "$$TMPDIR"; trap 'rm -rf "$$TMPDIR"' EXIT; fi; \
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --dist loadfile -m "$(WHICH)"

first-hour: $(READY)  ## the lines of the README in an empty HOME: a stranger's first workbook
	SANCHUANG_FIRST_HOUR=1 $(BIN)/python -m pytest tests/test_first_hour.py

lint: $(READY)  ## format, lint, types, layers, dependencies
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/python -m tools.figures

figures: $(READY)  ## lengths, parameters, circles, and what each programme costs, beside their bounds
	$(BIN)/python -m tools.figures

new: $(READY)  ## a small programme that works, to begin from: make new NAME=visits TITLE=走访慰问
	$(BIN)/python -m tools.new "$(NAME)" "$(TITLE)"

verify: $(READY)  ## the full counts; what passed on this package (docs/verified.json) is not run again. Names figures that are of older code
	@$(BIN)/python -m tools.verified restore
	@$(MAKE) --no-print-directory $(PARTS)
	@$(BIN)/python -m tools.verified $(WRITE)
	@$(BIN)/python -m tools.blocks

quality-faults: $(READY)  ## the block of faults: those files of `make verify` that inject them
	@$(BIN)/python -m tools.verified restore
	@$(MAKE) --no-print-directory $(filter .verify/$(PACKAGE)/faults/% %/test_killed.done,$(PARTS))
	@$(BIN)/python -m tools.verified --write

# pytest ends with 5 where a whole file is skipped, for it needs what is not here.
.verify/$(PACKAGE)/%.done: tests/%.py $(READY)
	@mkdir -p $(@D)
	@rm -f $(@:.done=.faults)
	SANCHUANG_FULL=1 SANCHUANG_FAULTS=$(abspath $(@:.done=.faults)) $(BIN)/python -m pytest -q $< >$(@:.done=.said) || test $$? -eq 5 || { cat $(@:.done=.said); exit 1; }
	@mv $(@:.done=.said) $@

N ?= 100000
oracle: $(READY)  ## N people under each policy beside the independent oracles; SEED=… for the same again
	$(BIN)/python -m tests.compared.campaign $(N) $(SEED) $(WRITE)

MINUTES ?= 10
fuzz: $(READY)  ## odd workbooks, policies and command lines for MINUTES; what crashes is kept in .fuzz/
	$(BIN)/python -W ignore -m tests.fuzz.campaign $(MINUTES) $(SEED) $(WRITE)

simulate: $(READY)  ## a county's YEARS from SEED, SEEDS of them, promises checked after each step; STEP=… lives up to it again
	$(BIN)/python -W ignore -m tests.simulated.campaign seed=$(SEED) seeds=$(SEEDS) years=$(YEARS) size=$(SIZE) \
		step=$(STEP) without=$(WITHOUT) $(WRITE:--%=%)

PART ?= 55m
mutants: $(READY)  ## mutants of all rules, or a SAMPLE=40 of each engine by SEED, for PART of an hour; run again to go on. OF: engines
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'mutmut>=3.8,<4' 'coverage>=7'
	timeout --foreground --signal=INT $(PART) $(BIN)/python -m tools.mutants $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SEED),--seed $(SEED)) $(if $(OF),--of $(OF)) $(if $(WRITE),--write) || test $$? -eq 124

quality: quality-tests quality-faults quality-corpus quality-decides  ## docs/quality.md anew, all of it: hours
	$(MAKE) oracle fuzz WRITE=--write
	$(MAKE) mutants SAMPLE=40 SEED=1 WRITE=--write

quality-tests quality-corpus: quality-%: $(READY)  ## one block of docs/quality.md
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'coverage>=7.10'
	$(BIN)/python -m tests.figures $* --write

quality-decides: $(READY)  ## of every clause of every policy, the pair of rows that shows that it decides; run again to go on
	$(BIN)/python -W ignore -m tests.deciding.campaign --write

BENCH := floor million programmes ledgers province
.PHONY: $(addprefix bench-,$(BENCH))
ROWS ?= 1000 10000 100000
bench: $(addprefix bench-,$(BENCH))  ## docs/performance.md anew, all of it: hours on a quiet machine; goes on where it was stopped

bench-%: WHAT = bench.$* $(ROWS)
bench-floor bench-million: WHAT = bench.compare $*
bench-ledgers bench-province: WHAT = bench.$*
$(addprefix bench-,$(BENCH)): bench-%: $(READY)  ## one block of it, and with floor the chart; bench-programmes ROWS="1000 10000"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'matplotlib>=3.10' 'duckdb>=1.4'
	$(BIN)/python -m $(WHAT) --write

samples: $(READY)  ## make data/samples anew, and data/samples/results, a result of each, for due, report and person
	$(BIN)/python data/samples/make_samples.py
	$(BIN)/python -m tools.results data/samples/results

schema: $(READY)  ## make docs/schema anew
	$(BIN)/python -m sanchuang_cli.report.document > docs/schema/run.schema.json
	$(BIN)/python -m sanchuang_cli.report.explained > docs/schema/explain.schema.json
	$(BIN)/python -m sanchuang_cli.report.differences > docs/schema/policy-diff.schema.json

keys: $(READY)  ## make docs/policy-keys.md anew
	$(BIN)/python -m tools.keys > docs/policy-keys.md

UV := $(BIN)/uv pip compile --quiet --python-version 3.11 --no-annotate --no-header
PINNED := $(UV) --universal
ALL := --extra dev --extra province --extra postgresql
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# Whoever added a library has an environment that lacks it, so these two ask for no ready environment.
pins:  ## make requirements.txt anew, for every system at once, and the pins with hashes
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(INSTALL) 'uv>=0.13'
	$(PINNED) $(ALL) --output-file requirements.txt pyproject.toml
	{ echo '# Pinned versions, used as constraints. Made by `make pins` from pyproject.toml.'; cat requirements.txt; } > requirements.new
	mv requirements.new requirements.txt
	$(MAKE) hashes

hashes:  ## the pins of requirements.txt with the hashes of their files, for all platforms: after a pin was added by hand
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(INSTALL) 'uv>=0.13'
	$(PINNED) --generate-hashes --constraint requirements.txt --output-file requirements-build.txt requirements-build.in
	$(PINNED) --generate-hashes --constraint requirements.txt --output-file requirements-run.txt pyproject.toml
	$(PINNED) --generate-hashes --constraint requirements.txt $(ALL) --output-file requirements-hashes.txt pyproject.toml

sbom: $(READY)  ## out/sbom.cdx.json: every part that the program runs with, its version and licence
	@mkdir -p out
	$(INSTALL) 'cyclonedx-bom>=7,<8'
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible -o out/sbom.cdx.json $(BIN)/python
	$(BIN)/python -m tools.supply out/sbom.cdx.json

wheels: $(INSTALLED)  ## wheels/: the tool and all that it needs, to install without a network
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --constraint requirements.txt --wheel-dir wheels .

# pip asks this machine which libraries the other system needs (colorama is Windows's alone); uv asks that system.
PY ?= 3.11 3.12 3.13
wheels-windows: wheels  ## wheels-windows/: the same for 64-bit Windows; PY=3.12 for that Python alone
	$(INSTALL) 'uv>=0.13'
	@mkdir -p build
	$(UV) --python-platform windows --constraint requirements.txt --output-file build/windows.txt pyproject.toml
	for version in $(PY); do $(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --find-links wheels \
		--platform win_amd64 --python-version $$version --only-binary=:all: --dest wheels-windows \
		--requirement build/windows.txt || exit; done
	cp wheels/sanchuang_cli-*.whl wheels-windows

bundle:  ## dist/sanchuang: a folder that needs no Python, held against the installed tool
	$(PYTHON) -m tools.bundle

# Nothing is installed but files whose hash is written down: what builds comes first, and no build fetches anything. Whoever uses
# the tool needs none of the developers' packages.
HASHED := $(INSTALL) --require-hashes --only-binary :all:
$(INSTALLED): pyproject.toml requirements-build.txt requirements-run.txt
	$(PYTHON) -m venv .venv
	$(HASHED) --requirement requirements-build.txt
	$(HASHED) --no-binary lunar-python --no-build-isolation --requirement requirements-run.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(READY): $(INSTALLED) requirements-hashes.txt
	$(HASHED) --no-binary lunar-python --no-build-isolation --requirement requirements-hashes.txt
	@$(BIN)/python -m pip --disable-pip-version-check check
	@touch $@

clean:
	rm -rf .venv .verify .fuzz .simulated .decides .mutants build dist wheels wheels-windows
