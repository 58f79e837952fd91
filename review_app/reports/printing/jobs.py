"""What goes through the door between the press and its room: a job, its answer, and the word to stop."""

import json
from dataclasses import dataclass

from review_app.domain.printing import Allowance, Form

STOP = b""
"""In place of the heading of a job: the one that is being printed is not wanted any more."""


@dataclass(frozen=True)
class Job:
    """One printing: the snapshot, the form, and what it may take."""

    snapshot: bytes
    form: Form
    allowance: Allowance

    @property
    def heading(self) -> bytes:
        """All but the snapshot, as the message that goes before it."""
        limits = {"seconds": self.allowance.seconds, "memory": self.allowance.memory}
        return json.dumps({"form": self.form.value, **limits}).encode()


def read(heading: bytes, snapshot: bytes) -> Job:
    """Return a job from its two messages."""
    plain = json.loads(heading)
    return Job(snapshot, Form(plain["form"]), Allowance(float(plain["seconds"]), int(plain["memory"])))


def on_page(number: int) -> bytes:
    """Say between job and answer which page is being laid out."""
    return json.dumps({"page": number}).encode()
