"""How an id stands in a URL."""

from django.urls import register_converter
from django.urls.converters import StringConverter

from nenmong.core.rules import UID_PATTERN


class UidConverter(StringConverter):
    """Thirteen letters; anything else is no route of ours."""

    regex = UID_PATTERN


def register() -> None:
    """Make `<uid:…>` known to routes."""
    register_converter(UidConverter, "uid")
