"""The item of a regular meeting's thematic part."""

from typing import Any

from django.utils.translation import get_language

from nenmong.core.actions import within_action
from nenmong.meetings.actions.locking import not_classified
from nenmong.meetings.models import AgendaItem, Meeting
from nenmong.meetings.rules import agenda


@within_action
def set_thematic_item(meeting: Meeting, step: dict[str, Any]) -> None:
    """Write, rename or take away the item of the thematic part."""
    items = list(meeting.items.all())
    part = next((item for item in items if item.step == agenda.THEMATIC), None)
    title = agenda.titled(step["title"][(get_language() or "vi")[:2]], meeting.subject)
    if part and meeting.subject:
        not_classified(part)
        part.title = title
        part.save(update_fields=["title"])
    elif part:
        part.delete()
    else:
        behind = next((i for i in items if i.step in agenda.AT_THE_END), None)
        place = items.index(behind) if behind else len(items)
        part = AgendaItem.objects.create(
            bucket=meeting.bucket, meeting=meeting, position=place + 1, step=agenda.THEMATIC,
            title=title, minutes=step["minutes"],
        )  # fmt: skip
        for position, item in enumerate([*items[:place], part, *items[place:]], start=1):
            item.position = position
        AgendaItem.objects.bulk_update([*items, part], ["position"])
