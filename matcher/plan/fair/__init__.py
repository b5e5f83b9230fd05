"""The welfare of everybody instead of the plain total."""
