"""Snapshots in other scripts, and hostile ones."""

from review_app.domain.vocabulary import Precision, Side
from review_app.reports.frozen.snapshot import (
    Section,
    Source,
    TakeHome,
    When,
)
from tests.reports.examples import CHALLENGE, LESSON, place, said, snapshot

GREEK = "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα."
BULGARIAN = "Всички хора се раждат свободни и равни по достойнство и права."
FINNISH = "Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan."
MALTESE = "Il-bnedmin kollha jitwieldu ħielsa u ugwali fid-dinjità u d-drittijiet."
POLISH = "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw."
LONG_FINNISH = "lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas"
FOREIGN = snapshot(
    ref="glosses-2024",
    language="el",
    title="Άρθρο πρώτο",
    when=When(start="2024-10", end="2024-10", precision=Precision.MONTH),
    context=(GREEK,),
    sections=(
        Section(
            kind=LESSON,
            messages=(
                said(LESSON, BULGARIAN, cities=2, language="bg"),
                said(LESSON, FINNISH, LONG_FINNISH, cities=2, language="fi"),
                said(LESSON, MALTESE, POLISH, cities=2, language="mt"),
            ),
        ),
    ),
    places=(
        place("Θεσσαλονίκη", "EL", 40.64, 22.94, Side.HOST),
        place("София", "BG", 42.7, 23.32),
        place("Il-Belt Valletta", "MT", 35.9, 14.51),
    ),
)

SCRIPT = (
    '</p><script>alert("x")</script><img src=http://127.0.0.1/x onerror=alert(1)><style>p{display:none}</style><!--'
)
HOSTILE = snapshot(
    ref="hostile-2024",
    title=SCRIPT,
    network='"} @page{background:url(http://127.0.0.1/p)}',
    objective="{{ 7*7 }} {% raw %} ${7*7} %(x)s %s",
    practice=("a" * 100_000, "b" + " " * 100_000 + "c", "<textarea><blockquote>" * 200),
    context=("e\u0301 \u202egnirts\u202c \u0000 end", "\u0301" * 300),
    programme=("javascript:alert(1)", "file:///etc/passwd"),
    sections=(Section(kind=CHALLENGE, messages=(said(CHALLENGE, SCRIPT, SCRIPT, 3, 1, dissent=SCRIPT),)),),
    take_homes=(TakeHome(city=SCRIPT, text="x" * 3000),),
    places=(
        place(SCRIPT, "BE", 51.0, 4.0, Side.HOST),
        place("South", "NZ", -52.0, -170.0),
        place("Sideways", "XX", 1e308, -1e308),
    ),
    outputs=("javascript:alert(1)", "file:///etc/passwd", "\\\\host\\share", "https://example.org/a b"),
    sources=(Source(url="javascript:alert(1)"), Source(url='http://example.org/"onmouseover="x')),
    contact="mailto:someone@example.org",
)
