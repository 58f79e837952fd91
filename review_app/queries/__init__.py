"""Reading, always as this person may see it."""
