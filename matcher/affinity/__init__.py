"""How well two people would be introduced, and why."""
