"""Snapshots as the first edition of the product wrote them."""

import json

SINCE = ("text_language", "brand", "check_at", "counts_by_question", "frozen_as")


def first_edition(paper, **changes):
    """A snapshot as the first edition wrote it: no language where it was English, none of the later fields."""
    plain = paper.model_dump(mode="json")
    for section in plain["sections"]:
        for message in (*section["messages"], *section["singles"]):
            message["language"] = None if message["language"] == "en" else message["language"]
            del message["summary"], message["key"]
    return json.dumps({name: value for name, value in plain.items() if name not in SINCE} | {"edition": 1} | changes)
