"""Verbs that change something: what first, who second; no Flask, no commit."""
