"""Looks into files that somebody sends, in a process of its own: what they are, and a clean copy of them."""
