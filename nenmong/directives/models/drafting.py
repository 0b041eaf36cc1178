"""What a draft goes through: its versions, who is asked to comment by when, what they say."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nenmong.core.fields import UidField
from nenmong.directives.models.directive import Directive
from nenmong.directives.rules.kinds import LONGEST_COMMENT, LONGEST_TEXT
from nenmong.org.models import Unit


class DirectiveVersion(models.Model):
    """The text of a document as it was at one time. Kept as it is."""

    uid = UidField(primary_key=True)
    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()  # 1, 2, …
    title = models.CharField(max_length=300)
    text = models.CharField(max_length=LONGEST_TEXT)
    note = models.CharField(max_length=300, blank=True)  # what was changed, in a few words
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "number"], name="directives_versions_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class CommentRequest(models.Model):
    """A unit asked to comment on a draft by a day."""

    uid = UidField(primary_key=True)
    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="requests")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="comments_asked")
    number = models.PositiveSmallIntegerField()  # of the version it was asked about
    asked_on = models.DateField()
    due_on = models.DateField()
    answered_on = models.DateField(null=True)  # also where there was nothing to say

    class Meta:
        ordering = ["uid"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "unit"], name="directives_asked_once"),
        ]
        indexes = [
            models.Index(
                fields=["unit", "due_on"], name="directives_to_comment",
                condition=Q(answered_on=None),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.directive_id} {self.unit_id}"


class Comment(models.Model):
    """What a unit says of a draft, or of one paragraph of it, and what became of that."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("taken in")
        PARTLY = "partly", _("taken in partly")
        EXPLAINED = "explained", _("not taken in, explained")

    uid = UidField(primary_key=True)
    request = models.ForeignKey(CommentRequest, on_delete=models.CASCADE, related_name="comments")
    number = models.PositiveSmallIntegerField()  # of the version it speaks of
    paragraph = models.PositiveSmallIntegerField(null=True)  # from 1; none: the whole
    text = models.CharField(max_length=LONGEST_COMMENT)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    outcome_why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["uid"]

    def __str__(self) -> str:
        return self.text[:60]
