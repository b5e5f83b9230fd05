"""Introduction cards: one sheet of cards, many layouts."""
