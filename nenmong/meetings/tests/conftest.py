"""What every test of this capability stands on."""

import pytest


@pytest.fixture(autouse=True)
def own_templates(settings, tmp_path_factory):
    """Give each test an installation of its own: a template put in use must not print in others."""
    settings.HOME = tmp_path_factory.mktemp("home")
