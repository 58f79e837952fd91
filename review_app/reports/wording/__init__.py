"""How a report speaks: sentences and dates in its language, text made safe for layout."""
