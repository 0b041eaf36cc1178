"""What every test of this capability stands on."""

import pytest

from nenmong.meetings.tests.tampering import (  # noqa: F401 -- fixtures
    chain,
    chain_taken_back,
    checks_again,
)


@pytest.fixture(autouse=True)
def own_templates(settings, tmp_path_factory):
    """Give each test an installation of its own: a template put in use must not print in others."""
    settings.HOME = tmp_path_factory.mktemp("home")
