"""Questions for the cards: templates as data, chosen without repeats."""
