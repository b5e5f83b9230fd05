"""The planner beside what people would use otherwise: ``python -m benchmarks.planner``."""
