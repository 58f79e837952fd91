"""The language and the rules of the field in plain Python: no Flask, no SQL."""
