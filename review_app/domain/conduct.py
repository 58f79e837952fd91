"""The code of conduct of critical friends, and the interests they declare (METHOD.md R11, R12, F3)."""

from review_app.domain.marking import _

VERSION = 1
"""Goes up with every change of the rules below: an acceptance is kept with the version that was read."""

RULES = (
    _("I prepare: I read what the host city wrote before the visit begins."),
    _("I am there for the whole visit, and I keep to the time."),
    _("I listen first, and ask before I advise."),
    _("I rely on what I saw, heard or read, and say where it comes from; hearsay is not evidence."),
    _("I speak about the work, never about persons, and I rank nobody."),
    _("I say what failed in my own city as well as what went well."),
    _("I leave everybody as much room to speak as I take."),
    _("I respect the host's staff and the people it works for."),
    _("I sell nothing, recruit nobody and promote nothing."),
    _("I quote nobody outside the room: not in talks, not in the press, not in social media."),
    _("I keep confidential what I read and hear until it is published."),
    _("I deliver my feedback on time."),
)

INTERESTS = {
    "paid": _("Has the host city paid you or your organisation in the last three years?"),
    "contracted": _("Do you or your organisation have a contract with the host city?"),
    "competing": _("Do you or your organisation compete with the host city, in a bid for example?"),
    "personal": _("Do you have a personal tie to somebody who is responsible for the practice?"),
}
"""The four questions of F3, by key."""
