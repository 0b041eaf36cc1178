"""The seal: what was frozen, the chain it hangs in, and the numbers of documents."""

from datetime import UTC
from typing import Any

from django.db import models
from django.db.models import Q

from nenmong.core.fields import ChildKey, UidField
from nenmong.meetings.models.meeting import Meeting


class SealedRecord(models.Model):
    """One meeting, frozen: record, names sheet, and the link that holds both to what was before.

    The names sheet and its salt may be erased (both empty); the hash stays, so the chain holds.
    """

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    meeting = ChildKey(Meeting, on_delete=models.PROTECT, related_name="records")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()  # 1, 2, … in the unit's chain
    record = models.TextField()  # canonical JSON
    record_hash = models.CharField(max_length=64)
    names = models.TextField(blank=True)  # canonical JSON
    names_salt = models.CharField(max_length=32, blank=True)
    names_hash = models.CharField(max_length=64)
    previous = models.JSONField(default=list)  # links; two after a merger
    link = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    sealed_by_uid = UidField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bucket", "meeting"], name="meetings_sealed_once"),
            models.UniqueConstraint(
                fields=["bucket", "unit", "position"], name="meetings_one_record_a_position"
            ),
            models.CheckConstraint(condition=Q(position__gt=0), name="meetings_chain_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.position}"

    def own_columns(self) -> dict[str, Any]:
        """Return the columns beside the record as they stand inside it: none can be changed."""
        return {
            "uid": self.uid,
            "bucket": self.bucket,
            "meeting": self.meeting_id,
            "unit": self.unit_id,
            "position": self.position,
            "sealed_at": self.sealed_at.astimezone(UTC).isoformat(),
            "sealed_by": self.sealed_by_uid,
        }


class ChainHead(models.Model):
    """How long a unit's chain is and where it ends, so that a missing last record is noticed."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(default=0)
    link = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bucket", "unit"], name="meetings_one_head_a_unit")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.position}"


class DocumentCounter(models.Model):
    """The last number given to one type of document in one term of one unit."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    term = models.DateField()  # its first day
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "unit", "kind", "term"], name="meetings_one_counter_a_term"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind} {self.last}"
