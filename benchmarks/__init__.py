"""Comparisons and timings, run by hand: ``python -m benchmarks.NAME``. Results are noted in docs."""
