"""Pages, forms, cards and the command line."""
