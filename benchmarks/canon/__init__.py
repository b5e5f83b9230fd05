"""How far typed answers that mean the same are merged, and whether others stay apart."""
