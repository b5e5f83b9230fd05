"""Comparisons and timings, run by hand: ``python -m benchmarks.NAME``. Docs note the results."""
