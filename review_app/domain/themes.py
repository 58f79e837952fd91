"""Themes a review can be about: a vocabulary to start from (METHOD.md 4.4); imported reviews bring their own."""

from review_app.domain.marking import _

THEMES = {
    "access-to-employment": _("Access to employment"),
    "active-ageing": _("Active ageing"),
    "air-quality": _("Air quality"),
    "business-support": _("Business support"),
    "circular-economy": _("Circular economy"),
    "climate-adaptation": _("Climate adaptation"),
    "culture-and-cultural-heritage": _("Culture and cultural heritage"),
    "digital-transition": _("Digital transition"),
    "disability": _("Disability"),
    "education": _("Education"),
    "employment": _("Employment"),
    "energy-transition": _("Energy transition"),
    "entrepreneurship": _("Entrepreneurship"),
    "gender-equality": _("Gender equality"),
    "governance": _("Governance"),
    "homelessness": _("Homelessness"),
    "housing": _("Housing"),
    "innovative-and-responsible-public-procurement": _("Innovative and responsible public procurement"),
    "jobs-and-skills-in-the-local-economy": _("Jobs and skills in the local economy"),
    "lifelong-learning": _("Lifelong learning"),
    "migrant-integration": _("Integration of migrants and refugees"),
    "public-employment-services": _("Public employment services"),
    "quality-in-work": _("Quality in work"),
    "roma-inclusion": _("Roma inclusion"),
    "security-in-public-spaces": _("Security in public spaces"),
    "skills": _("Skills"),
    "smart-specialisation": _("Smart specialisation"),
    "social-inclusion": _("Social inclusion"),
    "sustainable-use-of-land": _("Sustainable use of land and nature-based solutions"),
    "traineeships": _("Traineeships"),
    "unemployment": _("Unemployment"),
    "urban-mobility": _("Urban mobility"),
    "urban-poverty": _("Urban poverty"),
    "vocational-training": _("Vocational training"),
    "youth-employment": _("Youth employment"),
}


def label(code: str) -> str:
    """Return the words of a theme; a code from elsewhere is read as words."""
    return THEMES.get(code) or code.replace("-", " ").replace("_", " ").strip().capitalize()
