"""An opinion, the desks it lay on, and every move it made. Never who raised it: see `names`."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nenmong.core.audit import Actor
from nenmong.core.fields import ChildKey, FoldedField, UidField
from nenmong.opinions.rules import clocks, states
from nenmong.org import access
from nenmong.org.models import Unit

LONGEST = 1000


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of units whose opinions exist for a person, and those that lie on their desk."""
        own = access.scope(actor, "opinions.raise", path="unit__path")
        above = access.scope(actor, "opinions.view", path="unit__path")
        desk = access.scope(actor, "opinions.desk", path="desk__path")
        return self.filter(own | desk | (above & self.beyond()))

    @staticmethod
    def beyond() -> Q:
        """Return the condition under which an opinion is known beyond its cell.

        What was raised between two meetings is so once the cell has sent it, its words looked
        through; what was said in a meeting stands in the record.
        """
        return Q(sent_on__isnull=False) | Q(way=Opinion.Way.MEETING)

    def open(self) -> Self:
        return self.exclude(state__in=states.ENDED)

    def on_desk(self, unit_uid: str) -> Self:
        """What lies on one desk, what is due first; what has no day comes last."""
        return self.filter(desk=unit_uid).order_by(models.F("due_on").asc(nulls_last=True), "uid")


class Opinion(models.Model):
    """What a member said that goes on from the cell; the cell is named, never the member."""

    class Kind(models.TextChoices):
        OPINION = "opinion", _("opinion")  # to be heard
        PROPOSAL = "proposal", _("proposal")  # wants something done
        QUESTION = "question", _("question")
        PRAISE = "praise", _("praise")

    class Way(models.TextChoices):
        MEETING = "meeting", _("said in a meeting")
        BETWEEN = "between", _("raised between two meetings")
        FOLLOWER = "follower", _("brought by who follows the group")
        VISIT = "visit", _("heard by a visitor")

    class State(models.TextChoices):
        AT_CELL = states.State.AT_CELL.value, _("with the cell")
        WAITING = states.State.WAITING.value, _("waits to be accepted")
        ACCEPTED = states.State.ACCEPTED.value, _("being dealt with")
        ASKED = states.State.ASKED.value, _("the desk asks the cell for more")
        ANSWERED = states.State.ANSWERED.value, _("answered, to be read out in the cell")
        ROADMAP = states.State.ROADMAP.value, _("promised for a day")
        CLOSED = states.State.CLOSED.value, _("ended")
        WITHDRAWN = states.State.WITHDRAWN.value, _("taken back")

    class Verdict(models.TextChoices):
        SOLVED = "solved", _("solved")
        PARTLY = "partly", _("partly solved")
        NOT_SOLVED = "not_solved", _("not solved")
        HEARD = "heard", _("heard")
        AWAITED = "await", _("the cell waits for the day promised")

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="opinions")
    # The organisation it was counted in when it was raised, whatever becomes of the cell.
    grassroots = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices, blank=True)  # "" = not sorted yet
    field = models.CharField(max_length=30, blank=True)
    text = models.CharField(max_length=LONGEST)
    text_fold = FoldedField(source="text", max_length=LONGEST)
    way = models.CharField(max_length=10, choices=Way.choices)
    source_uid = UidField(null=True)  # of the line noted in a meeting, or of a visit
    meeting_uid = UidField(null=True)  # where it was said
    item = models.CharField(max_length=300, blank=True)  # of that meeting's agenda, by its title
    raised_on = models.DateField()
    sent_on = models.DateField(null=True)  # beyond the cell, the first time
    state = models.CharField(max_length=10, choices=State.choices, default=State.AT_CELL)
    desk = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="opinions_here")
    since = models.DateField()  # on this desk
    due_on = models.DateField(null=True)  # to accept, to answer, or the day promised
    # The next day on which someone is told that it is late, and whom: see `rules.clocks`.
    nudge_on = models.DateField(null=True)
    nudged = models.PositiveSmallIntegerField(default=0)
    answerer = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="opinions_answered", null=True
    )
    answer_uid = UidField(null=True)  # the one that counts now
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)  # the last one
    returned = models.PositiveSmallIntegerField(default=0)  # how often the cell found it not solved
    issue_uid = UidField(null=True)
    handler_uid = UidField(null=True)  # of the account at the desk that took it on
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=0)  # what two who write at once are told by

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ["-uid"]
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "source_uid"], condition=Q(source_uid__isnull=False),
                name="opinions_one_a_source",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "withdrawn"]) ^ Q(ended_on=None),
                name="opinions_ended_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "roadmap"]) | Q(answer_uid__isnull=False),
                name="opinions_answered_has_an_answer",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["unit", "state"], name="opinions_of_unit"),
            models.Index(fields=["desk", "state", "due_on"], name="opinions_on_desk"),
            models.Index(fields=["issue_uid"], name="opinions_of_issue"),
            models.Index(
                fields=["nudge_on"], name="opinions_to_nudge", condition=Q(nudge_on__isnull=False)
            ),
            models.Index(fields=["due_on"], name="opinions_roadmaps", condition=Q(state="roadmap")),
            models.Index(fields=["meeting_uid"], name="opinions_of_meeting"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_open(self) -> bool:
        return self.state not in states.ENDED

    @property
    def asks(self) -> bool:
        """Whether something is to be done or said, so that the cell judges the answer."""
        return self.kind not in {self.Kind.OPINION, self.Kind.PRAISE}

    @property
    def own(self) -> bool:
        """Whether the cell answered it itself."""
        return self.answerer_id == self.unit_id


class DeskStay(models.Model):
    """One stay of an opinion on one desk, with its clock; one after another, without a gap."""

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    opinion = ChildKey(Opinion, on_delete=models.CASCADE, related_name="stays")
    desk = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="opinion_stays")
    arrived_on = models.DateField()
    accept_days = models.PositiveSmallIntegerField(
        null=True
    )  # working days allowed; none: no limit
    answer_days = models.PositiveSmallIntegerField(null=True)
    accepted_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    pauses = models.JSONField(default=list)  # of [from, to], ISO dates; to is null while it stands

    class Meta:
        ordering = ["uid"]
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "opinion"], condition=Q(left_on=None),
                name="opinions_on_one_desk",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["opinion"], name="opinions_stays_of_one")]

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.desk_id} {self.arrived_on}"

    @property
    def for_clock(self) -> clocks.Stay:
        """What the clock needs of it."""
        pauses = [
            (date.fromisoformat(start), date.fromisoformat(end) if end else None)
            for start, end in self.pauses
        ]
        return clocks.Stay(self.arrived_on, self.left_on, pauses)


class OpinionMove(models.Model):
    """One move of an opinion: what the timeline shows. Lines are added, never changed."""

    class What(models.TextChoices):
        RAISED = "raised", _("raised")
        SORTED = "sorted", _("sorted")
        KEEP = "keep", _("the cell settles it itself")
        SEND = "send", _("sent")
        ACCEPT = "accept", _("accepted")
        FORWARD = "forward", _("passed on")
        RETURN = "return", _("returned")
        ASK = "ask", _("the desk asks for more")
        REPLY = "reply", _("the cell says more")
        ANSWER = "answer", _("answered")
        SOLVED = "solved", _("the cell finds it solved")
        PARTLY = "partly", _("the cell finds it partly solved")
        NOT_SOLVED = "not_solved", _("the cell finds it not solved")
        HEARD = "heard", _("the cell heard it")
        AWAIT = "await", _("the cell waits for the day promised")
        COME_DUE = "come_due", _("the day promised has come")
        WITHDRAW = "withdraw", _("taken back")
        REOPEN = "reopen", _("raised again")
        JOINED = "joined", _("joined to an issue")
        PARTED = "parted", _("taken out of an issue")
        REMINDED = "reminded", _("the desk was reminded")
        HELP = "help", _("the office above offered help")
        HEAD = "head", _("the head was told")

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    opinion = ChildKey(Opinion, on_delete=models.CASCADE, related_name="moves")
    what = models.CharField(max_length=12, choices=What.choices)
    at = models.DateTimeField()
    on = models.DateField()
    desk = models.ForeignKey(  # where it lies from then on
        Unit, on_delete=models.PROTECT, related_name="opinion_moves"
    )
    reason = models.CharField(max_length=LONGEST, blank=True)
    # Of the office or desk that acted; nothing for what a cell did, whose names stay there.
    by = models.CharField(max_length=120, blank=True)
    subject_uid = UidField(null=True)  # the answer, issue or meeting it is about

    class Meta:
        ordering = ["uid"]
        indexes = [models.Index(fields=["opinion"], name="opinions_moves_of_one")]

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.what} {self.on}"
