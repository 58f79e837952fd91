"""Reports: a snapshot, its page, its print. Frozen first, printed later."""
