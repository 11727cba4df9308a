# All developer commands. `make demo` and `make test` work on a fresh Debian-like machine with Python 3.11–3.13.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := nlp corpora evaluation expertise api saraptama

.PHONY: model yardsticks demo serve serve-demo load test lint types check bench frames references powers adoption similar bench-matching bench-scaling site lock soak clean

$(VENV)/.run: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

demo: $(VENV)/.run  ## examine two sample drafts, results in out/
	$(BIN)/saraptama examine examples/draft-ru.docx --language ru --out out
	$(BIN)/saraptama examine examples/draft-kk.docx --language kk --out out
	@echo && echo "out/:" && ls -1 out

serve: $(VENV)/.run  ## the service on http://127.0.0.1:8000; the first time asks for the administrator's password
	$(BIN)/saraptama db upgrade
	$(BIN)/saraptama user list | grep -q . || $(BIN)/saraptama user add admin --name "Администратор" --role administrator --role coordinator --keep-password
	SARAPTAMA_PLAIN_HTTP=1 $(BIN)/saraptama serve

serve-demo: $(VENV)/.run  ## the same with accounts and cases to look at, in out/demo; passwords are printed the first time
	test -e out/demo/saraptama.db || { SARAPTAMA_DATA=out/demo $(BIN)/saraptama db upgrade && SARAPTAMA_DATA=out/demo $(BIN)/saraptama demo; }
	SARAPTAMA_DATA=out/demo SARAPTAMA_PLAIN_HTTP=1 $(BIN)/saraptama serve

test: $(VENV)/.dev  ## all tests
	$(BIN)/python -m pytest -n 2 -m "not slow" --durations=25

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

check: lint types
	$(BIN)/saraptama rules check

ACTS ?= examples
bench: .bench/venv/.done  ## speed and memory, every stage beside its peers, see docs/performance.md
	.bench/venv/bin/python -m evaluation.bench --acts $(ACTS)

frames: $(VENV)/.dev  ## norm frames on our own norms, see docs/quality.md
	$(BIN)/python -m evaluation.frames

SHARED ?= ../shared
references: $(VENV)/.dev  ## citations found and resolved in adopted acts, see docs/quality.md
	$(BIN)/python -m evaluation.references --shared $(SHARED)

powers: $(VENV)/.dev  ## elements of powers gathered in adopted acts, see docs/quality.md
	$(BIN)/python -m evaluation.powers --shared $(SHARED)

adoption: $(VENV)/.dev  ## states of recommendations and aligned units of adopted acts, see docs/quality.md
	$(BIN)/python -m evaluation.adoption corpora/own/adoption $(wildcard $(SHARED)/corpora/drafts) --show

similar: $(VENV)/.dev  ## families among 12,000 generated local drafts, see docs/quality.md
	$(BIN)/python -m evaluation.similar

MODEL ?= out/model
TRAIN ?= $(BIN)/python
LABELS := acts-ru acts-kk acts-ru-2 acts-kk-2 acts-ru-3 acts-kk-3
FILLED = $(foreach name,$(LABELS),--corpus $(MODEL)/$(name).jsonl)
WRITTEN = $(foreach file,$(sort $(wildcard corpora/own/written/*.jsonl)),--corpus $(file))
LEARNED = --corpus $(SHARED)/corpora/provisions-train.jsonl $(FILLED) \
	--corpus $(SHARED)/corpora/pairs-ru-train.jsonl --corpus $(SHARED)/corpora/pairs-kk-train.jsonl $(WRITTEN) \
	--twins $(MODEL)/twins-ru.jsonl --twins $(MODEL)/twins-kk.jsonl
HEARD_LABELS := acts-kk-4 acts-kk-5 acts-ru-4
HEARD = $(foreach name,$(HEARD_LABELS),--heard $(MODEL)/$(name).jsonl) $(foreach file,$(sort $(wildcard corpora/own/written/heard/*.jsonl)),--heard $(file))
model: $(VENV)/.run  ## the classifier from nothing, about an hour on two idle cores; TRAIN: a Python with the extra «train»
	mkdir -p $(MODEL)
	for name in $(LABELS) $(HEARD_LABELS) twins-ru twins-kk; do \
	  $(TRAIN) -m evaluation.act_labels corpora/own/labels/$$name.jsonl --shared $(SHARED) --out $(MODEL)/$$name.jsonl || exit 1; done
	test -e $(MODEL)/weak/encoder.pt || $(TRAIN) -m models.weak --acts $(SHARED)/corpora/kz-acts --tokenizer models/weights/tokenizer.model --out $(MODEL)/weak
	$(TRAIN) -m models.network_make $(LEARNED) --weak $(MODEL)/weak --tokenizer models/weights/tokenizer.model --out $(MODEL)/network
	$(TRAIN) -m models.make $(LEARNED) $(HEARD) --network $(MODEL)/network --out $(MODEL)/weights --version own

across: $(VENV)/.run  ## five folds over training and development acts together, for a report; TRAIN and MODEL as above
	$(TRAIN) -m models.across_acts $(foreach name,provisions-train provisions-dev pairs-ru-train pairs-kk-train pairs-ru-dev pairs-kk-dev,--measured $(SHARED)/corpora/$(name).jsonl) \
	  $(FILLED) $(WRITTEN) --twins $(MODEL)/twins-ru.jsonl --twins $(MODEL)/twins-kk.jsonl --weak $(MODEL)/weak --out $(MODEL)/across

yardsticks: $(VENV)/.run  ## other people's corpora through the same training; TRAIN as above
	$(TRAIN) -m models.yardsticks --unfair $(SHARED)/benchmarks/unfair-tos-multilingual --brise $(SHARED)/benchmarks/brise-deontic-de

.bench/venv/.done: requirements-bench.lock  ## an environment of its own: nothing of the product needs the peers
	$(PYTHON) -m venv .bench/venv
	.bench/venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	.bench/venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

bench-matching: .bench/venv/.done  ## speed of rule matching beside other matchers, see docs/performance.md
	.bench/venv/bin/python -m evaluation.matching_bench --acts $(ACTS)

site: $(VENV)/.dev  ## the documentation as a site in out/site, in English, Russian and Kazakh
	$(BIN)/python website/build.py out/site
	@echo "out/site: $(BIN)/python -m http.server --directory out/site"

PAGES ?= 10,100,400
bench-scaling: $(VENV)/.dev  ## seconds and memory by the length of the text, see docs/performance.md
	$(BIN)/python -m evaluation.scaling --pages $(PAGES)

soak: $(VENV)/.dev  ## kill, restore, hostile, fuzz, load, bench, with a summary; SEED=7 chooses, ONLY="kill restore" leaves out
	$(BIN)/python -m tests.soak $(if $(SEED),--seed $(SEED)) $(ONLY:%=--only %)

load: $(VENV)/.dev  ## 20 reviewers beside a worker, then 1,000 readers at once, on both databases; prints Markdown
	$(BIN)/python -m tests.load

lock: $(VENV)/.dev  ## renew the locks
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra bench -c requirements.lock pyproject.toml -o requirements-bench.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra batch -c requirements.lock pyproject.toml -o requirements-batch.lock

clean:
	rm -rf $(VENV) out build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
