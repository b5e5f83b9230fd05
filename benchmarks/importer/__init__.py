"""The importer under stress: damaged files by the thousand, and lists of a hundred thousand."""
