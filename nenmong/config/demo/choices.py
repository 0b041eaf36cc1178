"""What someone asks of the demo, checked before anything is touched."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from nenmong.config.demo.sentences import Refused

SCALES = ("district", "province")
FOUNDED = date(2020, 1, 1)  # from this day on the units exist
LAST_DAY = date(2099, 12, 31)
MOST_MONTHS = 36
MOST_SEED = 10**9
MOST_PORT = 65535


def is_whole(text: str, low: int, high: int) -> bool:
    """Say whether `text` is a whole number from `low` to `high`, in digits."""
    return text.isascii() and text.isdigit() and low <= int(text) <= high


@dataclass(frozen=True)
class Choices:
    """What the demo is built from: the same choices make the same names, days and sentences."""

    day: date  # the day it is built for; nothing in it lies after
    chosen: bool = False  # a day asked for, not simply the day it was built on
    scale: str = "district"
    months: int = 2
    seed: int = 1
    only: tuple[str, ...] = ()  # names of the ward's cells to build; none for all

    @classmethod
    def read(cls, *, real: date, scale: str, today: str, months: str, seed: str) -> "Choices":
        """Return the choices written on the command line; `real` is the day it really is.

        Raises:
            Refused: one of them cannot be used.
        """
        if scale not in SCALES:
            raise Refused(_("--scale is district or province, not %(given)s."), given=f"“{scale}”")
        if not is_whole(months, 0, MOST_MONTHS):
            raise Refused(
                _("--months is a whole number from 0 to %(most)s, not %(given)s."),
                most=MOST_MONTHS, given=f"“{months}”",
            )  # fmt: skip
        if not is_whole(seed, 0, MOST_SEED):
            raise Refused(
                _("--seed is a whole number from 0 to %(most)s, not %(given)s."),
                most=MOST_SEED, given=f"“{seed}”",
            )  # fmt: skip
        day = _day(today) if today else real
        choices = cls(day, day != real, scale, int(months), int(seed))
        if choices.first_month < FOUNDED:
            raise Refused(
                _(
                    "Before %(day)s there are no meetings to show: "
                    "ask for fewer --months or a later day."
                ),
                day=day.strftime("%d/%m/%Y"),
            )
        return choices

    @property
    def first_month(self) -> date:
        """The month before the first meeting, at the earliest; one cell is a month behind."""
        months = self.day.year * 12 + self.day.month - 1 - self.months - 2
        return date(months // 12, months % 12 + 1, 1)

    def as_dict(self) -> dict[str, Any]:
        """Return the choices as they are kept in the database they made."""
        return {
            "scale": self.scale, "day": self.day.isoformat(), "chosen": self.chosen,
            "months": self.months, "seed": self.seed, "only": list(self.only),
        }  # fmt: skip

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "Choices":
        """Return the choices that were kept."""
        return cls(
            date.fromisoformat(kept["day"]), kept["chosen"], kept["scale"], kept["months"],
            kept["seed"], tuple(kept["only"]),
        )  # fmt: skip

    def are_met_by(self, built: "Choices") -> bool:
        """Say whether a demo built with `built` is what is asked for.

        Where no day is asked for, one built on an earlier day still is, and keeps what was written.
        """
        rest = (self.scale, self.months, self.seed, self.only)
        same = rest == (built.scale, built.months, built.seed, built.only)
        return same and (self.day == built.day or not (self.chosen or built.chosen))


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not FOUNDED < day <= LAST_DAY or len(text) != len("2026-07-03"):
        raise Refused(
            _("--today is a day from 2020 to 2099, written like 2026-07-03, not %(given)s."),
            given=f"“{text}”",
        )
    return day
