"""Any attendee file in: detect, map, rows, people."""
