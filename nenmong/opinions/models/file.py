"""A file of an opinion: what a cell shows, or what a desk lays beside its answer."""

from django.db import models
from django.db.models import Q

from nenmong.core.fields import ChildKey, UidField
from nenmong.core.keeping import FileKind
from nenmong.opinions.models.opinion import Opinion


class OpinionFile(models.Model):
    """One file; it lies in the store under its hash. Of a cell's file nobody is named here."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    opinion = ChildKey(Opinion, on_delete=models.CASCADE, related_name="files")
    answer_uid = UidField(null=True)  # of whose answer it is; none: the cell's
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    # Of a cell's file: it went beyond the cell, after its secretary looked at it.
    beyond = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    by_uid = UidField(null=True)  # of a desk alone

    class Meta:
        ordering = ["uid"]
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "opinion", "sha256"], condition=Q(answer_uid=None),
                name="opinions_a_file_once",
            ),
            models.UniqueConstraint(
                fields=["bucket", "opinion", "answer_uid", "sha256"],
                condition=Q(answer_uid__isnull=False), name="opinions_an_answer_s_file_once",
            ),
            models.CheckConstraint(
                condition=Q(by_uid=None) | Q(answer_uid__isnull=False),
                name="opinions_a_cell_s_file_names_nobody",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["opinion"], name="opinions_files_of_one")]

    def __str__(self) -> str:
        return self.title
