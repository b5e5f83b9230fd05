"""Pins and frozen rounds, settled before anything else: whether all can hold, and if not, why."""
