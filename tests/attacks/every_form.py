"""The forms of the demonstration, each with somebody who may fill it, and how hostile text is posted to them."""

import re
import signal
from contextlib import contextmanager

from flask import url_for

from review_app.web import limits
from tests.attacks import every_state
from tests.attacks.answers import faults
from tests.attacks.forms_found import TYPED, Form, Input, Search

LONGEST_S = 20
SOME = [
    ("secretariat", "draft"),
    ("secretariat", "recruiting"),
    ("host coordinator", "preparing"),
    ("peer", "recruiting"),
    ("peer", "feedback"),
    ("rapporteur", "drafting"),
    ("host coordinator", "fact_check"),
    ("rapporteur", "fact_check"),
    ("secretariat", "sign_off"),
    ("secretariat", "published"),
]
NETWORK = [
    "/account",
    "/network/add",
    "/desk",
    "/reviews/new",
    "/network/organisations/aarhus",
    "/network/people",
    "/sign-out",
]
SYNTHESIS = "/syntheses/meeting-people-where-they-are-what-three-reviews-say"
DRAFT = "city-reviews-on-the-public-record"
BUTTONS = {
    "feedback.send": ("peer", "feedback", {}),
    "feedback.reopen": ("peer", "feedback", {}),
    "network.send_again": ("secretariat", None, {}),
    "late_reports.issue": ("secretariat", "published", {"paper": "feedback"}),
    "network.take_right": ("secretariat", None, {"key": "AAAAAAAAAAAAAAAAAAAAAA"}),
    "synthesis_drafts.cancel": ("secretariat", None, {"slug": DRAFT}),
    "synthesis_reports.print_report": ("secretariat", None, {"slug": SYNTHESIS.rpartition("/")[2]}),
    "synthesis_versions.put_theme_back": ("secretariat", None, {"slug": DRAFT, "key": "A" * 22, "number": 1}),
    "reports.retry": ("secretariat", "drafting", {}),
    "reports.cancel": ("secretariat", "drafting", {}),
    "publishing.fund": ("secretariat", "sign_off", {}),
    "word.take": ("rapporteur", "drafting", {}),
}
"""Routes whose form shows in rare states only: posted to with the fields that are known of them."""
FIELDS = {
    "publishing.fund": [Input("funding", "text")],
    "word.take": [
        Input("message-0-of", "hidden"),
        Input("message-0-headline", "textarea"),
        Input("message-0-body", "textarea"),
        Input("take", "checkbox"),
    ],
}
UNCLEAN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


class Forms(Search):
    """The forms of the demonstration."""

    def __init__(self, app, world, enter):
        super().__init__(app)
        self.app, self.world, self.enter = app, world, enter
        with app.test_request_context():
            self.tokens = every_state.prepare(world)
        self.everywhere()

    def client(self, who):
        """Somebody who has just come in: whoever signed out before does not count."""
        return self.enter(who) if who else self.app.test_client()

    def everywhere(self):
        ways_in = ["/sign-in", "/forgot", "/sign-in/link", *(f"/link/{token}" for token in self.tokens)]
        self.walk(self.client(None), None, ways_in)
        self.walk(self.client("secretariat"), "secretariat", NETWORK, inside="/network/people/")
        self.walk(self.client("secretariat"), "secretariat", ["/syntheses/new", SYNTHESIS], inside=SYNTHESIS)
        self.walk(self.client("secretariat"), "secretariat", [f"/syntheses/{DRAFT}/delete"])
        self.walk(self.client("peer"), "peer", ["/account/erase", "/account/consents"])
        for who, stage in SOME:
            self.walk(self.client(who), who, self._pages(stage), inside=f"/reviews/{self.world[stage]}/")
        for endpoint in self.missing & set(BUTTONS):
            self.by_hand(endpoint, *BUTTONS[endpoint])

    def _pages(self, stage):
        rules = [one for one in self.app.url_map.iter_rules() if one.arguments == {"ref"} and "GET" in one.methods]
        with self.app.test_request_context():
            return [url_for(one.endpoint, ref=self.world[stage]) for one in rules]

    def by_hand(self, endpoint, who, stage, values):
        known = {"ref": self.world[stage]} if stage else {}
        with self.app.test_request_context():
            action = url_for(endpoint, **known, **values)
        self.keep(Form(action, who=who, inputs=FIELDS.get(endpoint, [])))


@contextmanager
def alarm(seconds):
    def ring(*_anything):
        raise TimeoutError("a request that does not end")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def post(client, address, content, kind=limits.PLAIN):
    with alarm(LONGEST_S):
        return client.post(address, data=content, content_type=kind)


def with_field(form, name, value):
    """The fields of a form as a browser sends them, one of them with another value."""
    others = [(one, kept) for one, kept in form.filled() if one != name]
    return [*others, (name, value)]


def fields_of(forms):
    """Every field of every form, one that no form has among them: route, form, name."""
    for endpoint, form in sorted(forms.found.items()):
        names = [*form.names(*TYPED, "hidden", "radio", "checkbox", "select", "submit"), "unknown"]
        yield from ((endpoint, form, name) for name in names)


def wrong_with(answer, written, form, *, name="", text=""):
    """What is wrong with an answer, and with what it was about to write."""
    unclean = [f"writes {one[:40]!r}" for one in written if UNCLEAN.search(one)]
    return faults(answer, form, name, text) + unclean
