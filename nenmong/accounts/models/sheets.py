"""Printed sheets of one-time codes, for those who keep no password in mind."""

from django.db import models
from django.db.models import Q

from nenmong.accounts.models.users import User
from nenmong.core.fields import UidField


class CodeSheet(models.Model):
    """A sheet of codes of one person. The codes stand on the paper only: see `accounts.codes`."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()  # the user's
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sheets")
    codes = models.PositiveSmallIntegerField()  # how many stand on it
    used = models.PositiveIntegerField(default=0)  # a bit each, the lowest for the first code
    made_at = models.DateTimeField()
    made_by_uid = UidField()
    last_day = models.DateField()
    ended_at = models.DateTimeField(null=True)  # when another sheet took its place

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "user"], condition=Q(ended_at=None),
                name="accounts_one_open_sheet",
            ),
            models.CheckConstraint(
                condition=Q(codes__gte=1, codes__lte=20), name="accounts_sheet_has_codes"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at}"

    @property
    def left(self) -> int:
        """Return how many codes have not been used."""
        return self.codes - self.used.bit_count()
