"""What is wrong with an answer to a hostile form."""

import re
from html import unescape

from review_app.domain.text import clean_line
from tests.attacks.forms_found import TYPED, arrives
from tests.web.feedback_pages import heading

NOT_KEPT = ("password", "new_password", "next", "kept_to")


def says_why(answer):
    """Tell whether a refusal has a heading and a sentence."""
    return bool(heading(answer)) and len(re.findall(r"[.?!:]\s*<", answer.text)) > 0


def faults(answer, form, name, text):
    """What is wrong with an answer to a hostile text, in a few words."""
    code = answer.status_code
    if code >= 500:
        return [f"answers {code}"]
    if answer.location:
        return [] if re.match(r"/(?![/\\])", answer.location) else [f"leads to {answer.location}"]
    if code >= 400 and not says_why(answer):
        return [f"answers {code} without a sentence"]
    is_typed = name in form.names(*TYPED) and name not in NOT_KEPT
    if code in (403, 409, 410, 422) and is_typed and not _is_kept(answer, text):
        return [f"answers {code} without the text"]
    return []


def _is_kept(answer, text):
    given = clean_line(arrives(text))
    return given[:30] in clean_line(unescape(answer.text))
