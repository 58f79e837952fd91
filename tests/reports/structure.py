"""Reads a printed report as a screen reader does: its elements, its headings, its links."""

import re

import pikepdf


def elements(node):
    """Every element of the structure tree, in reading order."""
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from elements(one)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K", pikepdf.Array()))


def all_of(paper, *tags):
    """Every element with one of these tags, as plain (tag, alternative text, scope)."""
    with paper.open() as file:
        found = [one for one in elements(file.Root.StructTreeRoot.K) if not tags or str(one.S) in tags]
        return [(str(one.S), str(one.get("/Alt", "")), _scope(one)) for one in found]


def levels(paper):
    """The levels of all headings in order."""
    return [int(tag[2]) for tag, *_rest in all_of(paper) if re.fullmatch("/H[1-6]", tag)]


def outline(paper):
    """The bookmarks below the title, as (title, titles below it)."""
    with paper.open() as file, file.open_outline() as read:
        (report,) = read.root
        return report.title, [(one.title, [below.title for below in one.children]) for one in report.children]


def links(paper):
    """Where the links lead: addresses, and names of places inside."""
    with paper.open() as file:
        notes = [one for leaf in file.pages for one in leaf.get("/Annots", [])]
        outside = [str(one.A.URI) for one in notes if "/A" in one and "/URI" in one.A]
        inside = [str(one.get("/Dest", "") or one.A.get("/D", "")) for one in notes if "/URI" not in one.get("/A", {})]
    return outside, inside


def _scope(element):
    return str(element.A.Scope) if str(element.S) == "/TH" else ""
