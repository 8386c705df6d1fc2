.PHONY: check lint types contracts test scoreboards speed

check: lint types contracts test

lint:
	uv run --frozen ruff check reportedly benchmarks gate tests
	uv run --frozen ruff format --check reportedly benchmarks gate tests

types:
	uv run --frozen mypy

contracts:
	uv run --frozen lint-imports

test:
	uv run --frozen pytest

# Quality on the public boards, where their data is (BENCH is the folder that holds score.py and data/).
BENCH ?= ../shared/bench
scoreboards:
	uv run --frozen python -m benchmarks.scoreboards $(BENCH)

speed:
	uv run --frozen python -m benchmarks.speed
