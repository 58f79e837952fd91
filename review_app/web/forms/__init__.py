"""Forms: what a page asks, cleaned and checked, every message our own."""
