"""Pieces of a page that come from a capability above it, by name: where each is asked for.

The page loads the piece by its address (htmx); without JavaScript it is a link.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse

# name → the door that draws the piece. Its words are those of the page it stands on.
SLOTS = {
    "next_meeting": "home:next_meeting",  # on what became of what a cell said: when it is told
}


def slots(_request: HttpRequest) -> dict[str, Callable[..., str]]:
    """Give `slot(name, …)`, the address of a piece. No query."""

    def slot(name: str, *about: str) -> str:
        return reverse(SLOTS[name], args=about)

    return {"slot": slot}
