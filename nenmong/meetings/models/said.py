"""What was said and decided at a meeting, without the names of those who spoke."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nenmong.core.fields import ChildKey, UidField
from nenmong.meetings.models.meeting import AgendaItem, Meeting


class Said(models.Model):
    """A line of one item; who said it stands in the names sheet."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    text = models.CharField(max_length=1000)
    said_at = models.DateTimeField()

    if TYPE_CHECKING:  # each kind has the two keys, under names of its own on the other side
        item_id: str
        meeting_id: str

    class Meta:
        abstract = True
        ordering = ["uid"]

    def __str__(self) -> str:
        return self.text[:60]


class Speech(Said):
    """A speech in a line."""

    item = ChildKey(AgendaItem, on_delete=models.CASCADE, related_name="speeches")
    meeting = ChildKey(Meeting, on_delete=models.CASCADE, related_name="speeches")

    class Meta(Said.Meta):
        verbose_name_plural = _("speeches")
        indexes = [models.Index(fields=["meeting"], name="meetings_speeches_of_meeting")]


class NotedOpinion(Said):
    """An opinion, noted in a line; sealing the minutes sends it on its way."""

    item = ChildKey(AgendaItem, on_delete=models.CASCADE, related_name="opinions_noted")
    meeting = ChildKey(Meeting, on_delete=models.CASCADE, related_name="opinions_noted")

    class Meta(Said.Meta):
        indexes = [models.Index(fields=["meeting"], name="meetings_opinions_of_meeting")]


class Vote(models.Model):
    """A tally: three numbers that add up to those who vote, by show of hands or by ballot.

    `voters` are the official members there; `base` is what the share is taken of, for the admission
    of a member every official member on the roll. Of ballots, those spoiled or not returned make up
    the rest.
    """

    class Way(models.TextChoices):
        HANDS = "hands", _("show of hands")
        BALLOT = "ballot", _("secret ballot")

    class About(models.TextChoices):
        ITEM = "item", _("a question of the agenda")
        RESOLUTION = "resolution", _("the resolution")
        MINUTES = "minutes", _("the minutes")

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    meeting = ChildKey(Meeting, on_delete=models.CASCADE, related_name="votes")
    item = ChildKey(AgendaItem, on_delete=models.CASCADE, related_name="votes", null=True)
    about = models.CharField(max_length=12, choices=About.choices)
    question = models.CharField(max_length=500)
    agreed = models.PositiveIntegerField()
    against = models.PositiveIntegerField()
    other = models.PositiveIntegerField()
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.HANDS)
    issued = models.PositiveIntegerField(null=True)  # ballots
    returned = models.PositiveIntegerField(null=True)
    spoiled = models.PositiveIntegerField(null=True)
    voters = models.PositiveIntegerField()
    rule = models.CharField(max_length=60, default="meetings.vote.majority")  # of the rulebook
    base = models.PositiveIntegerField()
    passed = models.BooleanField()
    voted_at = models.DateTimeField()

    class Meta:
        ordering = ["uid"]
        constraints = [
            models.CheckConstraint(
                condition=Q(way="ballot") | Q(voters=F("agreed") + F("against") + F("other")),
                name="meetings_hands_add_up",
            ),
            models.CheckConstraint(
                condition=~Q(way="ballot")
                | Q(
                    returned=F("agreed") + F("against") + F("other") + F("spoiled"),
                    issued__gte=F("returned"),
                    voters__gte=F("issued"),
                ),
                name="meetings_ballots_add_up",
            ),
            models.UniqueConstraint(
                fields=["bucket", "meeting", "about"],
                condition=~Q(about="item"),
                name="meetings_one_closing_vote",
            ),
        ]
        indexes = [models.Index(fields=["meeting"], name="meetings_votes_of_meeting")]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.question[:40]} {self.agreed}/{self.base}"
