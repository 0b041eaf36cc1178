"""What the core keeps: leased nodes, answers already given, and the audit."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nenmong.core.fields import UidField


class Node(models.Model):
    """A ninth part of every id, held by one process at a time."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    holder = models.CharField(max_length=40)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__lt=512), name="core_node_fits_nine_bits")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.holder}"


class Answer(models.Model):
    """The answer an action gave under a person's key: the same request is answered alike."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    actor_uid = UidField()
    key = models.CharField(max_length=80)
    action = models.CharField(max_length=80)
    input_hash = models.CharField(max_length=64)
    result = models.JSONField(null=True)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "actor_uid", "key"], name="core_one_answer_a_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.key}"


class AuditEntry(models.Model):
    """One line of what was done: by whom, to what, where. Lines are added, never changed."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    at = models.DateTimeField()
    actor_uid = UidField(null=True)
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=60)
    subject_uid = UidField()
    unit_path = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = _("audit entries")
        indexes = [
            models.Index(fields=["subject_uid", "at"], name="core_audit_by_subject"),
            models.Index(fields=["unit_path", "at"], name="core_audit_by_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_uid}"
