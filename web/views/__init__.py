"""Pages of the organizer, one blueprint each."""
