"""Names as they stand in an address."""

import pytest

from review_app.domain.slugs import slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Timișoara", "timisoara"),
        ("Łódź", "lodz"),
        ("Aix-Marseille Provence", "aix-marseille-provence"),
        ("Αθήνα", ""),
        ("  København / Øst ", "kobenhavn-ost"),
        ("Straße", "strasse"),
    ],
)
def test_a_name_becomes_plain_letters(name, slug):
    assert slug_of(name) == slug
