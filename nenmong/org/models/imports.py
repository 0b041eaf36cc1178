"""A file on its way into the tables, and how its columns were read the last time."""

from django.db import models

from nenmong.core.fields import UidField


class Upload(models.Model):
    """A workbook that someone is looking through before it is taken in; gone after a day."""

    uid = UidField(primary_key=True)
    owner_uid = UidField()
    what = models.CharField(max_length=10)  # units or members
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    made_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name


class ColumnMapping(models.Model):
    """Which column stood for what in a file with these headings: the next one is read alike."""

    uid = UidField(primary_key=True)
    what = models.CharField(max_length=10)
    headings = models.CharField(max_length=64)  # digest of the folded headings, in order
    columns = models.JSONField()  # field → heading
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["what", "headings"], name="org_one_mapping_a_heading")
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.headings[:8]}"
