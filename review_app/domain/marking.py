"""Marks a sentence for translation where it is written; the doors translate it where it is read."""


def _(sentence: str) -> str:
    """Return the sentence unchanged: the catalogue extractor looks for this name."""
    return sentence
