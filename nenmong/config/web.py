"""The web server: it loads the house once, and granian forks the web processes from that.

They share the memory of what was loaded, and one that ended is back at once. `nenmong serve` runs
`python -m nenmong.config.web` with granian's own options.
"""

import gc
import multiprocessing

from granian.cli import entrypoint

# New objects after which garbage is looked for. One page makes some thousands that live until it
# is drawn: with Python's 700 they are gone through ten times while each of them is still in use.
YOUNG = 10_000


def load() -> None:
    """Load what pages ask for: addresses, views, the API, the frame of the pages, their words.

    Nothing may be connected afterwards: two processes cannot share a connection.
    """
    gc.disable()  # what is loaded stays: looking for garbage meanwhile finds none
    from django.template.loader import get_template  # noqa: PLC0415 -- needs the settings
    from django.urls import reverse  # noqa: PLC0415

    from nenmong.config.wsgi import application  # noqa: F401, PLC0415

    reverse("home:my_work")
    get_template("ui/inside.html")
    gc.enable()
    gc.collect()
    gc.freeze()  # else the first collection in each process would write to all that they share
    gc.set_threshold(YOUNG, 10, 10)


if __name__ == "__main__":
    if multiprocessing.get_start_method() == "fork":  # elsewhere each process loads for itself
        load()
    entrypoint()  # type: ignore[no-untyped-call]
