"""An installation to be felled: the real server and worker on a copy of the world."""

import pytest

from tests.faults.installation import installed


@pytest.fixture
def install(template, tmp_path):
    """Return a way to make an installation: `with install(MAIL_URL=...) as site`."""
    return lambda folder=None, **settings: installed(folder or tmp_path / "site", template, **settings)


@pytest.fixture
def site(install):
    """An installation of which nothing runs yet."""
    with install() as made:
        yield made


@pytest.fixture
def in_full(amount):
    """Keep a test that takes long for the drill."""
    if not amount(quick=False, full=True):
        pytest.skip("a part of the drill: ./run drill")
