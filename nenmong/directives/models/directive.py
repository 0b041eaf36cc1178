"""A document of a committee: as it is drafted, in force, and replaced; what changes by it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from nenmong.core.audit import Actor
from nenmong.core.fields import FoldedField, UidField
from nenmong.directives.rules import states
from nenmong.directives.rules.kinds import LONGEST_GIST, LONGEST_TEXT
from nenmong.org import access
from nenmong.org.models import Unit


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those a person knows: issued at or below them, sent to them, or theirs to write on.

        A draft exists for who drafts at its issuer, and for the units asked to comment.
        """
        from nenmong.directives.models.drafting import CommentRequest  # noqa: PLC0415
        from nenmong.directives.models.sending import Delivery  # noqa: PLC0415

        sent = Delivery.objects.filter(access.scope(actor, "directives.view", path="unit__path"))
        asked = CommentRequest.objects.filter(
            access.scope(actor, "directives.comment", path="unit__path"), directive=OuterRef("pk")
        )
        issued = ~Q(state__in=states.DRAFTS)
        return self.filter(
            (issued & access.scope(actor, "directives.view", path="issuer__path"))
            | access.scope(actor, "directives.draft", path="issuer__path")
            | (issued & Q(uid__in=sent.values("directive")))
            | Exists(asked)
        )

    def in_force(self, day: date) -> Self:
        """Return what is in force on a day: issued, begun, not ended, replaced or withdrawn."""
        ended = Q(ended_on__lte=day) | Q(valid_until__lt=day)
        return self.filter(valid_from__lte=day).exclude(ended).exclude(state__in=states.DRAFTS)

    def drafts(self) -> Self:
        return self.filter(state__in=states.BEING_MADE)


class Directive(models.Model):
    """A document from its first draft on. What was issued is never edited: it is replaced."""

    class Kind(models.TextChoices):
        GUIDANCE = "guidance", _("guidance")
        DIRECTIVE = "directive", _("directive")
        RESOLUTION = "resolution", _("resolution")
        NOTICE = "notice", _("notice")
        BULLETIN = "bulletin", _("monthly bulletin")
        THEMATIC_BULLETIN = "thematic_bulletin", _("thematic bulletin of a quarter")
        WORKING_REGULATION = "regulation", _("working regulation")
        PLAN = "plan", _("plan")
        PROGRAMME = "programme", _("programme")

    class State(models.TextChoices):
        DRAFT = states.State.DRAFT.value, _("being drafted")
        SUBMITTED = states.State.SUBMITTED.value, _("before the committee's meeting")
        ADOPTED = states.State.ADOPTED.value, _("adopted, not issued yet")
        ISSUED = states.State.ISSUED.value, _("issued")
        REPLACED = states.State.REPLACED.value, _("replaced")
        WITHDRAWN = states.State.WITHDRAWN.value, _("withdrawn by who issued it")
        DROPPED = states.State.DROPPED.value, _("given up")

    class Asked(models.TextChoices):
        INFORM = "inform", _("be informed")
        DISCUSS = "discuss", _("discuss")
        DECIDE = "decide", _("decide")
        REPORT_BACK = "report_back", _("report back")

    uid = UidField(primary_key=True)
    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="directives")
    # Who issued it where that is nobody in the program: a board of the Centre, an authority.
    outside_issuer = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=40, blank=True)  # as printed: "05-HD/ĐU"
    text = models.CharField(max_length=LONGEST_TEXT, blank=True)  # of the last version
    gist = models.CharField(max_length=LONGEST_GIST, blank=True)  # one page, to be read out
    questions = models.JSONField(default=list)  # two or three, to discuss
    asked = models.CharField(max_length=12, choices=Asked.choices, default=Asked.INFORM)
    due_on = models.DateField(null=True)
    pages = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveSmallIntegerField(default=10)  # of discussion it asks of a meeting
    fields = models.PositiveSmallIntegerField(default=0)  # to fill in, where one reports back
    for_month = models.DateField(null=True)  # of a bulletin: its first day
    made_on = models.DateField()
    submitted_to = UidField(null=True)  # of the unit before whose meeting the draft lies
    adopted_on = models.DateField(null=True)
    adopted_at = UidField(null=True)  # of the meeting
    agreed = models.PositiveSmallIntegerField(null=True)  # of `voters`, at that meeting
    voters = models.PositiveSmallIntegerField(null=True)
    issued_on = models.DateField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    ended_on = models.DateField(null=True)  # replaced or withdrawn
    ended_why = models.CharField(max_length=500, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="replaces"
    )
    review_on = models.DateField(null=True)  # when it should be looked at again
    reviewed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=0)  # what two who write at once are told by
    search_fold = FoldedField(source="searched", max_length=LONGEST_TEXT + LONGEST_GIST + 400)

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        ordering = ["-uid"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "kind", "for_month"],
                condition=Q(for_month__isnull=False) & ~Q(state__in=["dropped", "withdrawn"]),
                name="directives_one_bulletin_a_month",
                violation_error_message=_("There is a bulletin of this month already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["issued", "replaced", "withdrawn"]) ^ Q(issued_on=None),
                name="directives_issued_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["replaced", "withdrawn", "dropped"]) ^ Q(ended_on=None),
                name="directives_ended_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["issuer", "state", "kind"], name="directives_of_issuer"),
            models.Index(fields=["state", "issued_on"], name="directives_by_day"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def searched(self) -> str:
        """What the search looks through."""
        return f"{self.number} {self.title} {self.gist} {self.text}"

    @property
    def name(self) -> str:
        """Return what it is called in a list: its number, if it has one, and what it is about."""
        return f"{self.number} · {self.title}" if self.number else self.title

    @property
    def is_draft(self) -> bool:
        return self.state in states.BEING_MADE

    @property
    def in_work(self) -> bool:
        """Whether it goes on to cells: issued, and neither replaced nor withdrawn."""
        return self.state == self.State.ISSUED


class DirectiveChange(models.Model):
    """What changes by a document for one kind of cell; "" = for all."""

    uid = UidField(primary_key=True)
    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="changes")
    cell_kind = models.CharField(max_length=30, blank=True)
    text = models.CharField(max_length=1000)

    class Meta:
        ordering = [F("cell_kind").asc(), "uid"]
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "cell_kind"], name="directives_one_change_a_kind"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class DirectiveFile(models.Model):
    """A file of a document: the signed paper, an annex; it lies in the store under its hash."""

    uid = UidField(primary_key=True)
    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="files")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["uid"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "sha256"], name="directives_one_file_once")
        ]

    def __str__(self) -> str:
        return self.title
