"""One matter that several cells raised: one way, one answer, and each judges for itself."""

from django.db import models
from django.db.models import Q

from nenmong.core.fields import ChildKey, FoldedField, UidField
from nenmong.opinions.models.opinion import Opinion
from nenmong.org.models import Unit


class Issue(models.Model):
    """A few opinions that are one matter. Every move made with it is made with each of them."""

    uid = UidField(primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="issues")  # who joined it
    title = models.CharField(max_length=300)
    title_fold = FoldedField(source="title", max_length=300)
    field = models.CharField(max_length=30, blank=True)
    opened_on = models.DateField()
    ended_on = models.DateField(null=True)  # when the last part ended, or left

    class Meta:
        ordering = ["-uid"]

    def __str__(self) -> str:
        return self.title


class IssuePart(models.Model):
    """That an opinion was part of an issue, from when to when."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()  # the opinion's
    opinion = ChildKey(Opinion, on_delete=models.CASCADE, related_name="parts")
    issue_uid = UidField()
    joined_on = models.DateField()
    left_on = models.DateField(null=True)

    class Meta:
        ordering = ["uid"]
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "opinion"], condition=Q(left_on=None),
                name="opinions_of_one_issue",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["issue_uid"], name="opinions_parts_of_issue")]

    def __str__(self) -> str:
        return f"{self.issue_uid} {self.opinion_id}"
