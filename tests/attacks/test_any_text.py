"""Any text at all in any field: no page breaks, nothing unclean is written, and what is refused keeps the text."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.attacks.every_form import fields_of, post, with_field, wrong_with
from tests.attacks.forms_found import body

# Every character there is, halves of pairs among them; and pieces of such text many times over.
ANY = st.text(st.characters(exclude_categories=()), max_size=60)
LONG = st.builds(lambda piece, times: piece * times, st.text(min_size=1, max_size=8), st.integers(1, 20_000))
ALL = list(HealthCheck)


@pytest.mark.drill
def test_any_text_in_any_field_is_kept_clean_or_refused(forms, unchanged, written, amount, promise):
    tried, fields = [], list(fields_of(forms))

    def attack_on(endpoint, form, name):
        def attack(text):
            written.clear()
            answer = post(forms.client(form.who), form.action, body(with_field(form, name, text)))
            tried.append(answer.status_code)
            assert (endpoint, name, wrong_with(answer, written, form, name=name, text=text)) == (endpoint, name, [])

        return attack

    often = settings(max_examples=amount(quick=4, full=12), deadline=None, database=None, suppress_health_check=ALL)
    for field in fields[:: amount(quick=6, full=1)]:
        often(given(ANY | LONG)(attack_on(*field)))()

    promise("http5xx", sum(status >= 500 for status in tried), of=len(tried))
    assert len(tried) >= len(fields) / 2
