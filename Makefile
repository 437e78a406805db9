# Two commands: `make run` and `make test`. The rest is for those who change the project.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
PORT ?= 8501

.PHONY: run test install check format bench evaluate soak screenshots clean

run: install
	$(BIN)/streamlit run app.py --server.port $(PORT)

install: $(STAMP)

# A change of the requirements, and nothing else, installs again.
$(STAMP): requirements.txt requirements-dev.txt constraints.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $(STAMP)

test: install
	$(BIN)/python -m tests.browser.ensure_chromium
	$(BIN)/python -m pytest -n 2 --dist loadscope -m "not slow"

soak: install
	$(BIN)/python -m tests.browser.ensure_chromium
	$(BIN)/python -m pytest -m "slow"

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_layers.py

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: install
	$(BIN)/python -m benchmarks

evaluate: install
	$(BIN)/python -m benchmarks.evaluate_parser
	$(BIN)/python -m benchmarks.evaluate_persons
	$(BIN)/python -m benchmarks.evaluate_checks
	$(BIN)/python -m benchmarks.evaluate_metrics

screenshots: install
	$(BIN)/python -m benchmarks.screenshots

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
