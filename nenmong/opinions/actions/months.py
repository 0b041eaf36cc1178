"""Writing the month table, inside the action that changes an opinion."""

from django.db.models import F

from nenmong.core import clock
from nenmong.core.actions import within_action
from nenmong.opinions.models import Opinion, OpinionMonth
from nenmong.opinions.models.month import SUMS


@within_action
def add(opinion: Opinion, **by: int) -> None:
    """Add to the sums of this month, of the organisation the opinion was counted in first."""
    if unknown := by.keys() - set(SUMS):
        raise ValueError(f"no such sums: {unknown}")
    month = clock.today().replace(day=1)
    row = {"bucket": opinion.bucket, "unit_id": opinion.grassroots_id, "month": month}
    changed = {name: F(name) + amount for name, amount in by.items()}
    if not OpinionMonth.objects.filter(**row).update(**changed):
        OpinionMonth.objects.get_or_create(**row, defaults={"path": opinion.grassroots.path})
        OpinionMonth.objects.filter(**row).update(**changed)
