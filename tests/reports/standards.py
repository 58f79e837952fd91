"""What PDF/UA-1 asks of the tags of a file, as veraPDF's profile words it: who may stand within whom."""

import re

import pikepdf

ROWS = "(TR|THead|TBody|TFoot)"
KIDS = {
    "L": "(Caption )?((L|LI) )+",
    "LI": "((Lbl|LBody) )+",
    "Table": f"(Caption )?({ROWS} )+|({ROWS} )+Caption ",
    "THead": "(TR )+",
    "TBody": "(TR )+",
    "TFoot": "(TR )+",
    "TR": "((TH|TD) )+",
}
PARENTS = {
    "LI": ["L"],
    "LBody": ["LI"],
    "Lbl": ["LI"],
    "TR": ["Table", "THead", "TBody", "TFoot"],
    "THead": ["Table"],
    "TBody": ["Table"],
    "TFoot": ["Table"],
    "TH": ["TR"],
    "TD": ["TR"],
}


def faults(path):
    """Whatever of a file the standard does not allow, in words."""
    with pikepdf.open(path) as file:
        found = [fault for one in _kids(file.Root.StructTreeRoot) for fault in _below(one, None)]
        return [*found, *_links(file), *_tables(file), *_figures(file)]


def names(path):
    """What the links within the file are called, in the order of the pages."""
    with pikepdf.open(path) as file:
        return [str(note.Contents) for note in _notes(file) if "/Dest" in note]


def terms(path):
    """The items of lists that have a label which is text, each as the number of labels and of bodies."""
    with pikepdf.open(path) as file:
        items = [one for one in _all(file.Root.StructTreeRoot) if one.S == "/LI"]
        kinds = [[str(kid.S) for kid in _kids(one)] for one in items]
        return [(one.count("/Lbl"), one.count("/LBody")) for one in kinds]


def lists(path):
    """How many items each list of the file has, in its order."""
    with pikepdf.open(path) as file:
        found = [one for one in _all(file.Root.StructTreeRoot) if one.S == "/L"]
        return [sum(kid.S == "/LI" for kid in _kids(one)) for one in found]


def spoken_dots(path):
    """How many elements of the file are leaders, which nobody wants to hear, and say a blank in their place."""
    with pikepdf.open(path) as file:
        return [str(one.ActualText) for one in _all(file.Root.StructTreeRoot) if "/ActualText" in one]


def _below(element, parent):
    kind, kids = str(element.S)[1:], [str(one.S)[1:] for one in _kids(element)]
    if kids and kind in KIDS and not re.fullmatch(KIDS[kind], "".join(f"{one} " for one in kids)):
        yield f"{kind} holds {' '.join(kids)}"
    if kind in PARENTS and parent not in PARENTS[kind]:
        yield f"{kind} within {parent}"
    if kind == parent == "Link":
        yield "a link within a link"
    for one in _kids(element):
        yield from _below(one, kind)


def _links(file):
    owners = file.Root.StructTreeRoot.ParentTree.Nums
    for note in _notes(file):
        owner = owners[list(owners[::2]).index(note.StructParent) * 2 + 1]
        if owner.S != "/Link":
            yield f"a link that belongs to {owner.S}"
        if not any(kid.get("/Obj") == note for kid in owner.K if isinstance(kid, pikepdf.Dictionary)):
            yield "a link of which its element does not know"
        if not str(note.get("/Contents", "")):
            yield "a link without words"


def _tables(file):
    for one in _all(file.Root.StructTreeRoot):
        if one.S == "/Table" and [str(kid.S) for kid in _kids(one)].count("/THead") > 1:
            yield "a table with two heads"


def _figures(file):
    for one in _all(file.Root.StructTreeRoot):
        if one.S == "/Figure":
            left, low, right, high = map(float, one.A.BBox)
            wide, tall = map(float, one.Pg.MediaBox[2:])
            if not (0 <= left < right <= wide and 0 <= low < high <= tall):
                yield "a figure that is not on its page"
            if not str(one.get("/Alt", "")):
                yield "a figure without words"


def _notes(file):
    return [note for page in file.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]


def _all(element):
    for one in _kids(element):
        yield one
        yield from _all(one)


def _kids(element):
    kids = element.get("/K", pikepdf.Array())
    kids = kids if isinstance(kids, pikepdf.Array) else [kids]
    return [one for one in kids if isinstance(one, pikepdf.Dictionary) and "/S" in one]
