"""The demo's older months, written in bulk: the rows the actions would leave, without their audit.

One hand tells one cell at a time. It keeps the cell's rows in memory, does to them what each action
does, and puts them into the shelves of `Rows`, which are written many cells at a time. A test tells
cells both ways and compares everything but ids, times and audit.
"""

from nenmong.config.demo.bulk.closing import Closing
from nenmong.config.demo.bulk.joint import Joint
from nenmong.config.demo.bulk.paper import Typing
from nenmong.config.demo.bulk.putting_off import PuttingOff


class InBulk(Joint, PuttingOff, Typing, Closing):
    """Has the methods of the actions, by theme; `finish` puts the cell's rows on the shelves."""
