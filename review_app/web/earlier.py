"""The texts that have earlier versions: what each is called, how its answers read, how one is put back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import abort, url_for
from flask_babel import gettext as _
from wtforms import Field

from review_app.domain.vocabulary import CommentAnswer, CommentKind, Consensus, ItemKind
from review_app.domain.word_diff import Piece, compare, shortened
from review_app.models.synthesis import FactComment
from review_app.queries import fact_check
from review_app.queries import feedback as feedback_queries
from review_app.queries import practice as practice_queries
from review_app.queries.practice import Written
from review_app.queries.seats import Seat
from review_app.services import facts, feedback, history, messages, practice, questions, report_texts, scope
from review_app.services.facts import Remark
from review_app.services.messages import Wording
from review_app.services.questions import Asked
from review_app.services.report_texts import HOST_WORD, Texts
from review_app.web import conflict, returning
from review_app.web.forms.facts import answer_form, comment_form, host_word_form
from review_app.web.forms.feedback import item_form
from review_app.web.forms.messages import message_form
from review_app.web.forms.practice import figures_form, section_form
from review_app.web.forms.questions import questions_form
from review_app.web.forms.reports import texts_form
from review_app.web.forms.scope import scope_form
from review_app.web.kinds import KINDS

Content = Mapping[str, Any]


class Changed(NamedTuple):
    """One answer that differs between two versions, word by word."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Text:
    """One text with versions. `row` and `part` name it in the history; `row` is None before anybody wrote it.

    `put_back(content, seen_version)` saves a content as the newest version; `closed` says why nobody can now.
    """

    title: str
    edit: str
    row: history.Editable | None
    version: int
    fields: list[Field]
    put_back: Callable[[Content, int | None], Any]
    part: str = ""
    as_fields: Callable[[Content], Content] = dict
    closed: str = ""

    @property
    def thing(self) -> tuple[str, int]:
        """The name of the text in the history."""
        return (history.thing_of(self.row, self.part), self.row.id) if self.row is not None else ("", 0)

    def answers(self, content: Content) -> list[tuple[str, str]]:
        """Return the answers of a version as a person reads them, each under its question."""
        given = self.as_fields(content)
        optional = _("%(question)s (optional)", question="")
        labels = (str(one.label.text).removesuffix(optional) for one in self.fields)
        values = (conflict.readable(one, given.get(one.name)) for one in self.fields)
        return list(zip(labels, values, strict=True))

    def changes(self, before: Content, after: Content) -> list[Changed]:
        """Return what a later version changed against an earlier one, word by word."""
        pairs = zip(self.answers(before), self.answers(after), strict=True)
        return [Changed(label, shortened(compare(was, now))) for (_old, was), (label, now) in pairs if was != now]


def section(seat: Seat, section: str) -> Text:
    """A section of the practice description."""
    form = seat.method.forms.get("practice") or abort(404)
    try:
        written = practice_queries.one(seat.review, form.section(section))
    except KeyError:
        abort(404)
    return _section(seat, written)


def _section(seat: Seat, written: Written) -> Text:
    name = written.section.name
    return Text(
        title=_(written.section.title),
        edit=url_for("practice.edit", ref=seat.review.ref, section=name),
        row=practice_queries.section(seat.review, name),
        version=written.version,
        fields=list(section_form(written).shown()),
        put_back=lambda content, seen: practice.save(name, content, seat=seat, seen_version=seen),
    )


def figures(seat: Seat) -> Text:
    """The key figures of the practice."""
    standing = practice_queries.figures(seat.review)
    return Text(
        title=_("Key figures"),
        edit=url_for("practice.figures", ref=seat.review.ref),
        row=seat.review,
        part=practice.FIGURES,
        version=practice.version(standing),
        fields=list(figures_form(standing).shown()),
        put_back=lambda content, seen: practice.save_figures(content[practice.FIGURES], seat, seen_version=seen),
    )


def item(seat: Seat, key: str) -> Text:
    """An item of the own city's feedback."""
    city = returning.city_of(seat)
    row = feedback_queries.item_of(seat, city, key) or abort(404)
    sent = row.city_return.submitted_at is not None
    return Text(
        title=row.headline or str(KINDS[row.kind].one),
        edit=url_for("feedback.show" if sent else "feedback.edit", ref=seat.review.ref, key=None if sent else key),
        row=row,
        version=row.version,
        fields=list(item_form(seat, row.kind).shown()),
        put_back=lambda content, seen: feedback.save(
            key, seat, city=city, kind=row.kind, answers=content, seen_version=seen
        ),
        closed=_("Your city’s feedback has been sent. Open it again first.") if sent else "",
    )


def message(seat: Seat, key: str) -> Text:
    """A message of the team."""
    row = messages.find(key, seat.review) or abort(404)
    return Text(
        title=row.headline,
        edit=url_for("messages.edit", ref=seat.review.ref, key=key),
        row=row,
        version=row.version,
        fields=list(message_form(seat).shown()),
        put_back=lambda content, seen: messages.revise(row, _wording(content), seat, seen_version=seen),
    )


def texts(seat: Seat) -> Text:
    """The report's own texts."""
    row = report_texts.row_of(seat.review)
    return Text(
        title=_("Texts of the report"),
        edit=url_for("reports.texts", ref=seat.review.ref),
        row=row,
        version=row.version if row else 0,
        fields=list(texts_form({}).shown()),
        put_back=lambda content, seen: report_texts.save(_texts(content), seat, seen_version=seen),
    )


def host_word(seat: Seat) -> Text:
    """What the host says in the report."""
    word, version = report_texts.host_word(seat.review)
    return Text(
        title=_("The host's word"),
        edit=url_for("facts.index", ref=seat.review.ref, _anchor="word"),
        row=report_texts.row_of(seat.review),
        part=HOST_WORD,
        version=version,
        fields=list(host_word_form(word, version).shown()),
        put_back=lambda content, seen: report_texts.save_host_word(content[HOST_WORD], seat, seen_version=seen),
    )


def terms(seat: Seat) -> Text:
    """Title, dates and scope of a review."""
    return Text(
        title=_("Scope and dates"),
        edit=url_for("scope.edit", ref=seat.review.ref),
        row=seat.review,
        version=seat.review.version,
        fields=list(scope_form(scope.of(seat.review), seat.review.version).shown()),
        put_back=lambda content, seen: scope.agree(scope.from_plain(content), seat, seen_version=seen),
    )


def asked(seat: Seat) -> Text:
    """The questions of the host."""
    standing = questions.of(seat.review)
    return Text(
        title=_("Review questions"),
        edit=url_for("questions.edit", ref=seat.review.ref),
        row=seat.review,
        part=questions.PART,
        version=questions.version(standing),
        fields=list(questions_form(standing, seat.method.numbers.questions["max"]).shown()),
        as_fields=lambda content: questions.as_fields(_questions(content)),
        put_back=lambda content, seen: questions.write(_questions(content), seat, seen_version=seen),
    )


def comment(seat: Seat, key: str) -> Text:
    """A comment of the host on a fact."""
    row = _comment(seat, key)
    return Text(
        title=_("Comment on a fact"),
        edit=url_for("facts.edit", ref=seat.review.ref, key=key),
        row=row,
        version=row.version,
        fields=[*comment_form(seat).shown(), *answer_form({}).shown()],
        put_back=lambda content, seen: facts.comment(key, _remark(content), seat, seen_version=seen),
        closed=_("The team has answered this comment.") if row.answer else "",
    )


def answer(seat: Seat, key: str) -> Text:
    """The team's answer to a comment."""
    row = _comment(seat, key)
    return Text(
        title=_("Answer to a comment"),
        edit=url_for("facts.answer_page", ref=seat.review.ref, key=key),
        row=row,
        version=row.version,
        fields=[*comment_form(seat).shown(), *answer_form({}).shown()],
        put_back=lambda content, seen: _answer_again(row, content, seat, seen),
    )


def _comment(seat: Seat, key: str) -> FactComment:
    return fact_check.find(key, seat) or abort(404)


def _answer_again(row: FactComment, content: Content, seat: Seat, seen: int | None) -> None:
    if content["answer"]:
        facts.answer(row, CommentAnswer(content["answer"]), seat, reason=content["reason"], seen_version=seen)


def _wording(content: Content) -> Wording:
    consensus, question = content["consensus"], content["question"]
    return Wording(
        ItemKind(content["kind"]),
        content["headline"],
        body=content["body"],
        dissent=content["dissent"],
        consensus=Consensus(consensus) if consensus else None,
        question=int(question) if question else None,
        summary=content.get("summary", ""),  # versions of before the column was there
    )


def _texts(content: Content) -> Texts:
    kept = {name: content[name] for name in ("context", "practice", "saw", "next_steps")}
    return Texts(**kept, people=int(content["people"]) if content["people"] else None)


def _questions(content: Content) -> list[Asked]:
    return [Asked(*one) for one in content[questions.PART]]


def _remark(content: Content) -> Remark:
    return Remark(
        content["about"],
        CommentKind(content["kind"]),
        comment=content["comment"],
        quoted=content["quoted"],
        source=content["source"],
        print_view="yes" in content["print_view"],
    )
