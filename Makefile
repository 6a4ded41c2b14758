# `make help` lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check install --quiet --constraint constraints.txt
C_SOURCES := $(wildcard native/src/*.[ch] native/include/*.h) native/build_core.py
PACKAGING := pyproject.toml setup.py MANIFEST.in constraints.txt
TOOLS := clang clang-19 clang-format cmake cvc4 cvc5 frama-c-base gcc-arm-none-eabi gcc-riscv64-unknown-elf \
	libclang-rt-14-dev libgmp-dev libssl-dev pkg-config picolibc-riscv64-unknown-elf qemu-system-arm qemu-system-misc spin valgrind why3 z3
FUZZ_SECONDS ?= 60
MUTANTS ?= 200

.DEFAULT_GOAL := help
.PHONY: help conformance test tools lint vectors spec bench fuzz fuzz-c amalgamation coverage kernels proofs \
	firmware figures mutants release nightly clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

conformance: $(VENV)/installed  ## build the C core, run the whole suite on it, print the verdict and where the report is
	@mkdir -p reports
	$(BIN)/meter-privacy conform native --declaration conformance/declarations/native.yaml \
		--html reports/native.html --json reports/native.json

test: $(VENV)/developer $(if $(filter true,$(CI)),tools) lint  ## run every test, the emulated device among them
	$(BIN)/pytest --numprocesses 2 --dist worksteal

tools:  ## install the system packages that some tests need (Debian, Ubuntu; as root)
	apt-get -qq update
	DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends $(TOOLS) >/dev/null

lint: $(VENV)/developer  ## formatting, lint and types of the Python; formatting of the C where clang-format is there
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy -p meter_privacy
	$(BIN)/mypy tests
	@if command -v clang-format >/dev/null; then \
		clang-format --dry-run --Werror $$(git ls-files 'native/*.c' 'native/*.h'); \
	else echo "not run: clang-format (make tools installs it)"; fi

vectors: $(VENV)/developer  ## write the vectors, their schemas and the manifest again
	$(BIN)/python -m meter_privacy.vectors.generators

spec: $(VENV)/developer  ## splice code and tables into the text, then check every requirement
	$(BIN)/meter-privacy spec splice
	$(BIN)/meter-privacy spec tables
	$(BIN)/meter-privacy spec check

fuzz: $(VENV)/installed  ## fuzz the reference and the C core against each other (FUZZ_SECONDS=60)
	$(BIN)/meter-privacy fuzz reference native --seconds $(FUZZ_SECONDS)

fuzz-c:  ## fuzz the C core and the device's decoder under the sanitisers, each fuzzer for FUZZ_SECONDS
	$(MAKE) --directory native/fuzz run SECONDS=$(FUZZ_SECONDS)

bench: $(VENV)/developer  ## the C core beside Python's pow and phe, as ratios of the same run
	$(PIP) --editable '.[peers]'
	$(BIN)/python -m tests.bench

firmware: $(VENV)/developer  ## build the device images, run the whole suite on each emulated device, compare with the ledger
	$(MAKE) --directory native/firmware
	@mkdir -p reports
	for core in cortex-m3 cortex-m0plus cortex-m4 cortex-m33 riscv32; do \
		$(BIN)/meter-privacy conform emulator:$$core --html reports/$$core.html || exit $$?; done
	METER_PRIVACY_WHOLE_LEDGER=1 $(BIN)/pytest -m "nightly or not nightly" tests/firmware/test_ledger.py

amalgamation: $(VENV)/bin/python  ## the C core as one header and one C file, in build/amalgamation
	$(BIN)/python native/amalgamate.py

coverage: $(VENV)/developer  ## the branches of the C core that vectors and tests take; the gate is in coverage_exclusions.toml
	$(BIN)/python -m tests.native.coverage

proofs: $(VENV)/developer  ## CrossHair's prove-list, spin's models, Frama-C's WP and Eva on the C core
	$(BIN)/pytest -m "nightly or not nightly" --timeout 7200 tests/proofs tests/models tests/native/test_proofs.py

figures: $(VENV)/developer  ## redraw the papers' figures, into figures/
	$(BIN)/meter-privacy figures privacy-power
	$(BIN)/meter-privacy figures batteries
	$(BIN)/meter-privacy figures dream
	$(BIN)/meter-privacy figures load-management
	$(BIN)/meter-privacy figures tasking

release: $(VENV)/developer  ## from a clean tree: check text and vectors, build sdist and wheel with their hashes, keep the ids
	@test -z "$$(git status --porcelain)" || { echo "release: the tree has changes that are not committed" >&2; exit 1; }
	$(BIN)/meter-privacy spec check
	$(BIN)/python -m meter_privacy.vectors.generators --check
	rm -rf dist && $(BIN)/python -m build
	cd dist && sha256sum *.tar.gz *.whl >SHA256SUMS
	cp vectors/manifest.json vectors/released.json
	@echo "dist/ is ready; commit vectors/released.json with the tag: its ids are for ever"

kernels: $(VENV)/developer  ## a million random and carry-shaped products against Python's integers
	$(BIN)/python -m tests.native.test_kernels 1000000

mutants: $(VENV)/developer  ## plant faults in the C core and in the reference, and say which the vectors miss (MUTANTS=200)
	@mkdir -p reports
	$(BIN)/python -m tests.mutants native --count $(MUTANTS) --json reports/mutants-native.json
	$(BIN)/python -m tests.mutants reference --count $(MUTANTS) --json reports/mutants-reference.json

nightly: $(VENV)/developer firmware kernels fuzz-c  ## what takes longer than a CI run, hours altogether
	$(BIN)/pytest -m nightly --timeout 7200 --numprocesses 2 --dist worksteal
	$(BIN)/meter-privacy fuzz reference native --seconds 1800

clean:  ## remove what was built
	rm -rf build dist reports $(VENV) .mypy_src *.egg-info native/_core.c native/*.so

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	$(PYTHON) -m venv $(VENV)

# An editable install does not notice edits of the C: this rule does.
$(VENV)/installed: $(VENV)/bin/python $(PACKAGING) $(C_SOURCES)
	$(PIP) --editable .
	@touch $@

# mypy and the tests see the folders under their package names through links.
$(VENV)/developer: $(VENV)/installed
	$(PIP) --editable '.[dev]'
	@mkdir -p .mypy_src/meter_privacy
	@for room in reference native conformance vectors spec; do \
		ln -sfn ../../$$room .mypy_src/meter_privacy/$$room; done
	@touch $@
