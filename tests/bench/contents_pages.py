"""A page of the kind that report generators make: written for the benchmark, in plain style, to print beside ours.

What costs is in it: a cover, a contents list with page numbers and leaders, running heads, justified and hyphenated
text, quotes in boxes, tables. It holds the very texts of one of our snapshots.
"""

from html import escape

PARTS = (("highlights", "Highlights"), ("practice", "The practice"), ("people", "Who took part"))
THEMES = ("Skills", "Guidance", "Employers", "Outreach", "Data", "Money", "Newcomers", "Schools")
SHAPED = """
@page { size: A4; margin: 24mm 20mm; @top-right { content: string(part); font: 8pt Inter }
  @top-left { content: "A review"; font: 8pt Inter }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt Inter } }
@page :first { margin: 0; background: #234; @top-left { content: none } @top-right { content: none }
  @bottom-right { content: none } }
@font-face { font-family: Inter; font-weight: 400; src: url("Inter-Regular.woff2") }
@font-face { font-family: Inter; font-weight: 700; src: url("Inter-Bold.woff2") }
@font-face { font-family: Inter; font-style: italic; src: url("Inter-Italic.woff2") }
html { font: 10pt/1.45 Inter, sans-serif }
.cover { color: white; padding: 80mm 25mm 0; break-after: page }
h2 { font-size: 20pt; break-before: page; string-set: part content(); bookmark-level: 1 }
h3 { font-size: 14pt; break-after: avoid; bookmark-level: 2 }
h4 { font-size: 11pt; break-after: avoid; bookmark-level: 3; margin: 4mm 0 1mm }
p { text-align: justify; hyphens: auto; orphans: 2; widows: 2; margin: 0 0 2.5mm }
.contents a::after { content: leader(".") target-counter(attr(href), page) }
.contents a { color: inherit; text-decoration: none }
.item { border-left: 1mm solid gray; padding-left: 4mm; margin-bottom: 5mm }
blockquote { font-style: italic; background: #f3f3f3; padding: 2mm 3mm; margin: 1mm 0 2mm; break-inside: avoid }
.who { font-style: normal; text-align: right; font-size: 8.5pt }
.badge { background: #ddd; padding: 0 1.5mm }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: .2mm solid silver; padding: 1.4mm 2mm; text-align: left }
tr { break-inside: avoid }
"""


def page(snapshot):
    """Return the texts of a snapshot as such a page, by themes, its stylesheet linked as `shaped.css`."""
    themes = [(f"theme-{number}", name, _dealt(snapshot, number)) for number, name in enumerate(THEMES)]
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(snapshot.title)}</title>'
        '<link rel="stylesheet" href="shaped.css"></head><body>'
        f'<section class="cover"><h1>{escape(snapshot.title)}</h1></section>'
        f"{_contents(themes)}"
        f'<section id="highlights"><h2>Highlights</h2>{_paragraphs(snapshot.context)}</section>'
        f'<section id="practice"><h2>The practice</h2>{_paragraphs(snapshot.practice)}</section>'
        f"{_people(snapshot)}{''.join(_theme(*theme) for theme in themes)}</body></html>"
    )


def _dealt(snapshot, theme):
    """Return what falls to a theme, by kind: each message goes to the next one."""
    dealt = ((section.kind.value, section.messages[theme :: len(THEMES)]) for section in snapshot.sections)
    return [(kind, messages) for kind, messages in dealt if messages]


def _contents(themes):
    first = "".join(_line(anchor, text) for anchor, text in PARTS)
    rest = "".join(
        _line(anchor, name, "".join(_line(f"{anchor}-{kind}", f"{kind} ({len(found)})") for kind, found in dealt))
        for anchor, name, dealt in themes
    )
    return f'<nav class="contents"><h2>Contents</h2><ol>{first}{rest}</ol></nav>'


def _line(anchor, text, inside=""):
    return f'<li><a href="#{anchor}">{escape(text)}</a>{f"<ol>{inside}</ol>" if inside else ""}</li>'


def _theme(anchor, name, dealt):
    kinds = "".join(
        f'<h3 id="{anchor}-{kind}">{escape(kind)}</h3>'
        f"{''.join(_item(f'{anchor}-{kind}-{number}', message) for number, message in enumerate(messages))}"
        for kind, messages in dealt
    )
    return f'<section id="{anchor}"><h2>{escape(name)}</h2>{kinds}</section>'


def _item(anchor, message):
    who = f'{", ".join(message.named)} <span class="badge">held by {message.cities} of {message.of} cities</span>'
    against = f"<p>{escape(message.dissent)}</p>" if message.dissent else ""
    return (
        f'<article class="item" id="{anchor}"><h4>{escape(message.headline)}</h4><p>{escape(message.body)}</p>'
        f'<blockquote>{against}<p class="who">{who}</p></blockquote></article>'
    )


def _paragraphs(texts):
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _people(snapshot):
    rows = "".join(f"<tr><td>{escape(place.name)}</td><td>{place.country}</td></tr>" for place in snapshot.places)
    head = '<tr><th scope="col">City</th><th scope="col">Country</th></tr>'
    return f'<section id="people"><h2>Who took part</h2><table>{head}{rows}</table></section>'
