"""Tokens: a program that comes with one does what its person may, and nothing else."""

import hmac

from django.db import models
from django.db.models import Q

from nenmong.accounts import tokens
from nenmong.accounts.models.users import User
from nenmong.core import clock
from nenmong.core.fields import UidField


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def holder_of(self, token: str) -> User | None:
        """Return the person a token speaks for, if it holds. One query, two on its first of a day.

        The day of its last use is written outside an action: it changes nothing for anybody, and a
        line of the audit for each day of each program would bury what was done.
        """
        if not (prefix := tokens.token_prefix(token)):
            return None
        rows = self.select_related("user").filter(revoked_at=None, user__is_active=True)
        found = rows.filter(prefix=prefix).first()
        if found is None or not hmac.compare_digest(found.secret_hash, tokens.token_hash(token)):
            return None
        if found.last_used != (today := clock.today()):
            self.filter(pk=found.pk).update(last_used=today)
        return found.user


class ApiToken(models.Model):
    """One token of one person. Only its hash is kept: nobody can read it back, not even we."""

    uid = UidField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    prefix = models.CharField(max_length=tokens.PREFIX_LETTERS, unique=True)
    secret_hash = models.CharField(max_length=64)
    note = models.CharField(max_length=60, blank=True)  # what it is for
    made_at = models.DateTimeField()
    last_used = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(prefix="") & ~Q(secret_hash=""), name="accounts_token_has_a_secret"
            )
        ]

    def __str__(self) -> str:
        return self.prefix
