"""A private calendar address: who has it reads the meetings of the person it was made for."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from nenmong.core.fields import UidField


class CalendarFeed(models.Model):
    """One address at a time for each person; only its hash is kept."""

    uid = UidField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at=None), name="meetings_one_feed_a_person"
            )
        ]

    def __str__(self) -> str:
        return self.uid
