"""Equal values: what counts as the same answer, kind by kind."""
