"""Benches: nothing here asserts; `python -m tests.bench` prints the table."""
