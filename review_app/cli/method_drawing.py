"""The state diagram of a method as SVG: the way onward down the middle, ways back at the right."""

from html import escape

from review_app.domain.workflow import CANCELLED, ON_HOLD, Action, Method

WIDE, HIGH, STEP = 250, 38, 92
LEFT, TOP = 24, 64
INK, MID, ACCENT, PALE = "#14284b", "#5a6c88", "#a8431b", "#f5f7fa"
LANE = 140


def drawn(method: Method) -> str:
    """Return the diagram as one SVG document; the same method gives the same text."""
    back = _ways_back(method)
    height = TOP + STEP * len(method.stages) + 50
    width = LEFT + WIDE + 60 + LANE * max(1, len(back))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        '<g role="img" aria-labelledby="title" font-family="Inter, sans-serif" font-size="13">',
        f'<title id="title">{escape(method.title)}: stages and what leads from one to the next</title>',
        _head(),
        f'<text x="{LEFT}" y="34" font-size="20" font-weight="700" fill="{INK}">{escape(method.title)}</text>',
        *(_stage(place, stage.label) for place, stage in enumerate(method.stages)),
        *(_onward(method, place) for place in range(len(method.stages) - 1)),
        *(_back(method, way, lane) for lane, way in enumerate(back)),
        _side_note(method, height - 22),
        "</g></svg>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _head() -> str:
    return (
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0 8 4 0 8z" fill="{MID}"/></marker></defs>'
    )


def _y(place: int) -> int:
    return TOP + STEP * place


def _stage(place: int, label: str) -> str:
    y = _y(place)
    return (
        f'<rect x="{LEFT}" y="{y}" width="{WIDE}" height="{HIGH}" rx="2" fill="{PALE}" stroke="{INK}"/>'
        f'<text x="{LEFT + 14}" y="{y + 24}" font-weight="600" fill="{INK}">{escape(label)}</text>'
    )


def _onward(method: Method, place: int) -> str:
    """Draw the arrow to the next stage with the names of the actions that lead there."""
    here, onward = method.stages[place].name, method.stages[place + 1].name
    names = [a.name for a in method.actions.values() if a.leads_to == onward and here in a.during]
    if not names:
        return ""
    x, y = LEFT + 40, _y(place) + HIGH
    line = f'<path d="M{x} {y}V{_y(place + 1) - 2}" stroke="{MID}" marker-end="url(#tip)"/>'
    texts = (
        f'<text x="{x + 14}" y="{y + 20 + 16 * row}" fill="{MID}">{escape(name)}</text>'
        for row, name in enumerate(names)
    )
    return line + "".join(texts)


def _ways_back(method: Method) -> list[tuple[Action, str]]:
    """Return what leads to an earlier stage, or past the next one."""
    return [
        (action, stage)
        for action in method.actions.values()
        for stage in action.during
        if method.order(stage) >= 0
        and method.order(action.leads_to or "") >= 0
        and method.order(action.leads_to or "") not in (method.order(stage), method.order(stage) + 1)
    ]


def _back(method: Method, way: tuple[Action, str], lane: int) -> str:
    action, stage = way
    start, end = _y(method.order(stage)) + 12, _y(method.order(action.leads_to or "")) + 26
    x, edge = LEFT + WIDE + 30 + LANE * lane, LEFT + WIDE
    return (
        f'<path d="M{edge} {start}H{x}V{end}H{edge + 2}" fill="none" stroke="{ACCENT}" marker-end="url(#tip)"/>'
        f'<text x="{x + 6}" y="{start - 4}" fill="{ACCENT}">{escape(action.name)}</text>'
    )


def _side_note(method: Method, y: int) -> str:
    """Say in words what would be an arrow from nearly everywhere."""
    said = [
        f"{action.name}: from {len(action.during)} stages to “{action.leads_to}”"
        for action in method.actions.values()
        if action.leads_to in (ON_HOLD, CANCELLED)
    ]
    return f'<text x="{LEFT}" y="{y}" fill="{MID}">{escape("; ".join(said))}</text>'
