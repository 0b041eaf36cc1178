"""Which rules a committee may set for what stands under it, within which bounds.

A rule that is not in `SETTINGS` is the Party's own: votes, who is due, the order of a meeting.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from nenmong.core.rules import fold
from nenmong.rulebook.rules.packs import Rule, Source


class Kind(Enum):
    """How a value is typed and kept."""

    COUNT = "count"  # a whole number
    HOUR = "hour"  # "19:30"
    PERCENT = "percent"  # typed 90, kept "90/100"
    DAYS = "days"  # days in order, kept as ISO dates
    SWITCH = "switch"  # typed "có" or "không", kept 1 or 0


@dataclass(frozen=True)
class Setting:
    """A rule that a committee may set; `quote` takes the value as it is shown."""

    kind: Kind
    least: int
    most: int
    quote: Mapping[str, str]
    # What is less than the country asks is for one cell at a time, never for all below.
    less_for_a_cell_only: bool = False


class BadValueError(ValueError):
    """What was typed is no value of this rule."""


# Source of what is left to committees: the Charter ("on the day fixed by the competent committee"),
# 42-HD/BTCTW (its own length for very small cells); the values 42-HD is known for only from
# secondary material stay settings too. Bounds keep a slip of the finger out.
SETTINGS: Mapping[str, Setting] = {
    "meetings.regular.fixed_day": Setting(Kind.COUNT, 1, 28, {
        "vi": "Sinh hoạt thường kỳ mỗi tháng một lần, vào ngày {value}.",
        "en": "A regular meeting once a month, on day {value}.",
    }),
    "meetings.regular.usual_hour": Setting(Kind.HOUR, 5, 22, {
        "vi": "Giờ họp thường lệ: {value}.", "en": "The usual hour: {value}.",
    }),
    "meetings.regular.minimum_minutes": Setting(Kind.COUNT, 30, 240, {
        "vi": "Sinh hoạt thường kỳ ít nhất {value} phút.",
        "en": "A regular meeting lasts at least {value} minutes.",
    }, less_for_a_cell_only=True),
    "meetings.regular.attendance_bar": Setting(Kind.PERCENT, 50, 100, {
        "vi": "Từ {value}% đảng viên phải dự có mặt, không kể người được miễn và làm nhiệm vụ "
              "đặc biệt.",
        "en": "At least {value}% of the members due are present, not counting those exempt or on "
              "special duty.",
    }),
    "meetings.documents_days": Setting(Kind.COUNT, 1, 14, {
        "vi": "Tài liệu đến đảng viên trước buổi sinh hoạt ít nhất {value} ngày.",
        "en": "Documents reach the members at least {value} days before the meeting.",
    }),
    "meetings.filing_days": Setting(Kind.COUNT, 1, 14, {
        "vi": "Hồ sơ và báo cáo nộp trong {value} ngày sau buổi sinh hoạt.",
        "en": "Documents and report are filed within {value} days of the meeting.",
    }),
    "opinions.accept_days": Setting(Kind.COUNT, 1, 10, {
        "vi": "Thông báo tiếp nhận hoặc chuyển trong {value} ngày làm việc.",
        "en": "An opinion is said to be accepted or passed on within {value} working days.",
    }),
    "opinions.answer_days": Setting(Kind.COUNT, 1, 90, {
        "vi": "Trả lời trong {value} ngày làm việc kể từ khi ý kiến đến nơi xử lý, tính riêng ở "
              "mỗi nơi.",
        "en": "An answer within {value} working days of reaching the desk, counted apart at each.",
    }),
    "opinions.remind_days": Setting(Kind.COUNT, 1, 10, {
        "vi": "Nhắc nơi xử lý trước hạn {value} ngày làm việc.",
        "en": "The desk is reminded {value} working days before its day.",
    }),
    "opinions.help_days": Setting(Kind.COUNT, 1, 30, {
        "vi": "Quá hạn {value} ngày làm việc, văn phòng cấp trên hỏi và giúp.",
        "en": "{value} working days past it, the office above asks and helps.",
    }),
    "opinions.head_days": Setting(Kind.COUNT, 1, 60, {
        "vi": "Quá hạn {value} ngày làm việc, báo người đứng đầu.",
        "en": "{value} working days past it, the head is told.",
    }),
    "opinions.head_signs": Setting(Kind.SWITCH, 0, 1, {
        "vi": "Người đứng đầu ký câu trả lời: {value}.",
        "en": "The head signs answers: {value}.",
    }),
    "opinions.small_cell": Setting(Kind.COUNT, 2, 20, {
        "vi": "Chi bộ dưới {value} đảng viên: lên trên chỉ nêu tên đảng bộ.",
        "en": "Of a cell with fewer than {value} members only the committee is named above.",
    }),
    "directives.bulletin_day": Setting(Kind.COUNT, 1, 28, {
        "vi": "Bản tin sinh hoạt chi bộ của tháng ra ngày {value} tháng trước.",
        "en": "The bulletin of a month is out on day {value} of the month before.",
    }),
    "directives.quota.documents": Setting(Kind.COUNT, 1, 30, {
        "vi": "Mỗi tháng giao xuống một chi bộ nhiều nhất {value} văn bản.",
        "en": "At most {value} documents a month are sent down to a cell.",
    }),
    "directives.quota.pages": Setting(Kind.COUNT, 1, 500, {
        "vi": "Mỗi tháng giao xuống một chi bộ nhiều nhất {value} trang.",
        "en": "At most {value} pages a month are sent down to a cell.",
    }),
    "directives.quota.minutes": Setting(Kind.COUNT, 5, 120, {
        "vi": "Văn bản giao xuống chiếm nhiều nhất {value} phút của một buổi sinh hoạt.",
        "en": "Documents take at most {value} minutes of a meeting.",
    }),
    "directives.quota.fields": Setting(Kind.COUNT, 1, 100, {
        "vi": "Mỗi tháng yêu cầu một chi bộ điền nhiều nhất {value} mục báo cáo.",
        "en": "A cell is asked to fill in at most {value} fields a month.",
    }),
    "directives.comment_days": Setting(Kind.COUNT, 1, 60, {
        "vi": "Dự thảo gửi góp ý để ít nhất {value} ngày.",
        "en": "A draft is open to comments for at least {value} days.",
    }),
    "directives.review_months": Setting(Kind.COUNT, 6, 120, {
        "vi": "Quy chế làm việc được rà soát lại sau {value} tháng.",
        "en": "Working regulations are looked at again after {value} months.",
    }),
    "documents.term_starts": Setting(Kind.DAYS, 1, 10, {
        "vi": "Văn bản đánh số theo từng thể loại trong một nhiệm kỳ; nhiệm kỳ bắt đầu {value}.",
        "en": "Documents are numbered by type within a term; terms begin on {value}.",
    }),
}  # fmt: skip

_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_HOUR = re.compile(r"(\d{1,2})(?:[:h.](\d{2})?)?")


def read_value(key: str, text: str) -> Any:
    """Return the value of `key` as it is kept, from what was typed.

    Raises:
        KeyError: no committee sets this rule.
        BadValueError: what was typed is none, or outside the bounds.
    """
    setting = SETTINGS[key]
    text = text.strip()
    match setting.kind:
        case Kind.COUNT:
            return _number(text, setting)
        case Kind.PERCENT:
            return f"{_number(text.removesuffix('%').strip(), setting)}/100"
        case Kind.HOUR:
            return _hour(text, setting)
        case Kind.DAYS:
            return _days(text, setting)
        case Kind.SWITCH:
            return _switch(text)


def _number(text: str, setting: Setting) -> int:
    if not re.fullmatch(r"[0-9]{1,3}", text):
        raise BadValueError(text)
    number = int(text)
    if not setting.least <= number <= setting.most:
        raise BadValueError(text)
    return number


def _hour(text: str, setting: Setting) -> str:
    found = _HOUR.fullmatch(text) if text.isascii() else None
    if found is None:
        raise BadValueError(text)
    hour, minute = int(found[1]), int(found[2] or 0)
    if not setting.least <= hour <= setting.most or minute > 59:  # noqa: PLR2004
        raise BadValueError(text)
    return f"{hour:02}:{minute:02}"


def _switch(text: str) -> int:
    word = fold(text)
    if word not in {"co", "khong", "yes", "no", "1", "0"}:
        raise BadValueError(text)
    return int(word in {"co", "yes", "1"})


def _days(text: str, setting: Setting) -> list[str]:
    parts = [part for part in re.split(r"[,;\s]+", text) if part]
    if not setting.least <= len(parts) <= setting.most or not text.isascii():
        raise BadValueError(text)
    days = set()
    for part in parts:
        found = _DAY.fullmatch(part)
        try:
            days.add(date(int(found[3]), int(found[2]), int(found[1])) if found else date(1, 1, 0))
        except ValueError as error:
            raise BadValueError(text) from error
    return [day.isoformat() for day in sorted(days)]


def shown(key: str, value: Any) -> str:
    """Return a value of `key` as a screen shows it, and as it can be typed again."""
    match SETTINGS[key].kind:
        case Kind.PERCENT:
            return str(Fraction(value) * 100)
        case Kind.SWITCH:
            return "có" if value else "không"
        case Kind.DAYS:
            return ", ".join(date.fromisoformat(day).strftime("%d/%m/%Y") for day in value)
        case _:
            return str(value)


def own_rule(above: Rule, value: Any, source: Source, since: date) -> Rule:
    """Return the rule that a committee set in place of the one it would have from above."""
    words = shown(above.key, value)
    quote = {
        language: text.replace("{value}", words)
        for language, text in SETTINGS[above.key].quote.items()
    }
    # A bar that a committee names is one to be reached: "từ 80%".
    return replace(
        above, value=value, quote=quote, source=source, since=since, strict=False, secondary=False
    )
