"""What every page knows beside its own context. Partials too, so it asks the database nothing."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.urls import get_script_prefix
from django.utils.functional import SimpleLazyObject

from nenmong.core import clock


def page(request: HttpRequest) -> dict[str, Any]:
    """Say whether this is a demo, what day it is, and where `/` lies.

    Who is signed in is Django's `user`, which loads on first use.
    """
    return {
        # Once a page: the back end's own would make it anew for every form.
        "csrf_input": SimpleLazyObject(lambda: csrf_input(request)),
        "demo": settings.DEMO,
        "home_url": get_script_prefix(),
        "today": clock.today(),
    }
