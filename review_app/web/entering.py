"""What a personal link opens: the form it shows, what using it does, and where the person goes from there."""

from typing import NamedTuple

from flask import request, url_for
from flask_babel import gettext as _

from review_app.extensions.database import db
from review_app.models.access import PersonalLink, Purpose
from review_app.models.network import Person
from review_app.models.review import Review
from review_app.queries import people
from review_app.queries.seats import seat_at
from review_app.services import access, invitations, links
from review_app.services.invitations import Newcomer
from review_app.web import kept
from review_app.web.forms.access import JoinForm, NewPasswordForm, OpenLinkForm
from review_app.web.forms.base import PageForm


class UsedUp(Exception):
    """Somebody was faster with the same link."""


def form_for(link: PersonalLink) -> PageForm:
    """Return the form of a link: who somebody new is, a new password, or the button alone."""
    if link.purpose is Purpose.RESET:
        return NewPasswordForm()
    return JoinForm() if is_new(link) else OpenLinkForm()


def is_new(link: PersonalLink) -> bool:
    """Tell whether the link invites somebody who has no account yet."""
    return link.purpose is Purpose.INVITATION and links.owner(link) is None


def review_of(link: PersonalLink) -> Review | None:
    """Return the review a link invites to."""
    return db.session.get(Review, link.review_id) if link.review_id else None


def enter(link: PersonalLink, form: PageForm) -> Person:
    """Use a link and return who enters by it. Raises Unacceptable for a poor password, UsedUp when it is gone."""
    hashed = _hashed(link, form)
    newcomer = _newcomer(form, hashed) if is_new(link) else None
    if not links.use(link):
        raise UsedUp
    if link.purpose is Purpose.INVITATION:
        return people.complete(invitations.accept(link, newcomer).id)
    person = links.owner(link)
    if person is None:
        raise UsedUp
    if link.purpose is Purpose.RESET and hashed:
        access.set_password(person, hashed)
    return people.complete(person.id)


def _hashed(link: PersonalLink, form: PageForm) -> str | None:
    """Return what is kept of the password given here, None when there is none; holds no lock meanwhile."""
    given = form.answers().get("new_password")
    if not given:
        return None
    person = links.owner(link)
    return access.hash_of(given, link.email, person.name if person else str(form.answers().get("name", "")))


def _newcomer(form: PageForm, hashed: str | None) -> Newcomer:
    said = form.answers()
    return Newcomer(said["name"], function=said["function"], timezone=said["timezone"], password_hash=hashed)


def onward(link: PersonalLink, person: Person) -> str:
    """Return where a person goes who has just entered by a link."""
    review = review_of(link)
    if link.purpose is not Purpose.INVITATION or review is None:
        return kept.own_path(request.args.get("next", "/"))
    answers = seat_at(review, person).may("answer the invitation")
    return url_for("team.answer" if answers else "reviews.show", ref=review.ref)


class Words(NamedTuple):
    """What the page of a link says: its heading, its button, and what comes next."""

    heading: str
    button: str
    onward: str = ""


def page_of(link: PersonalLink) -> Words:
    """Return what the page of a link says."""
    if link.purpose is Purpose.SIGN_IN:
        return Words(_("Sign in"), _("Sign in"))
    if link.purpose is Purpose.RESET:
        return Words(_("Choose a new password"), _("Save the password and sign in"))
    review = review_of(link)
    if review is None:
        return Words(_("Invitation to the network"), _("Accept and sign in"))
    return Words(
        _("Invitation: %(title)s", title=review.title),
        _("Go on to the invitation"),
        _("You decide on the next page whether you take part."),
    )
