"""The full feedback report: all of a review, question by question, for those who work with it (METHOD.md 4.2)."""

from dataclasses import replace

from review_app.domain.marking import _
from review_app.reports.frozen.feedback import FeedbackReport, freeze_feedback
from review_app.reports.kinds.kind import Kind, Setting
from review_app.reports.parts import annexes, findings, long_chapters
from review_app.reports.parts.beginning import sheet_on_review
from review_app.reports.parts.heading import Contents, is_crowded
from review_app.reports.parts.long_view import LongView
from review_app.reports.parts.placing import placed


def view_of(snapshot: FeedbackReport, setting: Setting) -> LongView:
    """Return the finished chapters in the order of the method; each is numbered when its turn comes."""
    words, contents, texts = setting.words, Contents(), placed(snapshot)
    summary = findings.summary_of(snapshot, texts, words, contents)
    sheet = sheet_on_review(snapshot, words, kind=words.gettext("Feedback report"))
    drawn = LongView(
        sheet=sheet,
        summary=summary,
        scope=long_chapters.scope_of(
            snapshot, words, contents, setting.europe, on_screen=setting.on_screen, opens=summary is None
        ),
        practice=long_chapters.host_paper_of(snapshot, words, contents),
        findings=findings.findings_of(snapshot, texts, words, contents),
        taking_part=long_chapters.taking_part_of(snapshot, words, contents),
        recommendations=findings.recommendations_of(texts, words, contents),
        transfer=long_chapters.transfer_of(snapshot, texts, words, contents),
        views=long_chapters.views_of(snapshot, texts, words, contents),
        next=long_chapters.steps_of(snapshot, words, contents),
        visit=annexes.visit_of(snapshot, words, contents),
        participants=annexes.participants_of(snapshot, words, contents),
        figures=annexes.figures_of(snapshot, words, contents, on_screen=setting.on_screen),
        questions=findings.questions_of(texts, words, contents),
        sources=annexes.sources_of(snapshot, words, contents),
        method=annexes.method_of(snapshot, words, contents),
        glossary=annexes.glossary_of(snapshot, texts, words, contents),
        contents=contents.heads,
    )
    return replace(drawn, look="feedback report-crowded") if is_crowded(sheet.opening, contents.heads) else drawn


KIND = Kind(
    name="feedback",
    title=_("Feedback report: all of a review, question by question, for those who work with it"),
    snapshot=FeedbackReport,
    view=view_of,
    template="feedback.html",
    styles=("feedback.css",),
    freeze=freeze_feedback,
    is_numbered=True,
)
