"""From affinities and rules to rounds of introductions with a proven bound. OR-Tools lives here only."""
