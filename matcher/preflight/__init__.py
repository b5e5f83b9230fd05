"""What follows from people, rules and settings before anything is planned, by counting alone."""

from .findings import Finding, Severity
from .preflight import Preflight, preflight

__all__ = ["Finding", "Preflight", "Severity", "preflight"]
