"""An answer to an opinion: written at a desk, signed, read out and judged in the cell."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nenmong.core.fields import ChildKey, FoldedField, UidField
from nenmong.opinions.models.opinion import Opinion
from nenmong.opinions.rules.answers import Result as Ends
from nenmong.org.models import Unit

LONGEST = 2000


class Answer(models.Model):
    """One answer. What was signed is never changed: a better one is another answer."""

    class Result(models.TextChoices):
        DONE = Ends.DONE.value, _("done")
        WILL_DO = Ends.WILL_DO.value, _("will be done by a day")
        PARTLY = Ends.PARTLY.value, _("partly done")
        CANNOT = Ends.CANNOT.value, _("cannot be done")
        NOT_OURS = Ends.NOT_OURS.value, _("not ours")
        HEARD = Ends.HEARD.value, _("heard")

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        TO_SIGN = "to_sign", _("waits for the head's signature")
        SIGNED = "signed", _("signed")
        DROPPED = "dropped", _("dropped")  # of an opinion that was taken back, or passed on

    uid = UidField(primary_key=True)
    bucket = models.IntegerField()
    opinion = ChildKey(Opinion, on_delete=models.CASCADE, related_name="answers")
    desk = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="opinion_answers")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    result = models.CharField(max_length=10, choices=Result.choices)
    text = models.CharField(max_length=LONGEST, blank=True)
    text_fold = FoldedField(source="text", max_length=LONGEST)
    who = models.CharField(max_length=200, blank=True)
    done_on = models.DateField(null=True)
    promised_on = models.DateField(null=True)
    means = models.CharField(max_length=300, blank=True)  # with what money, by what way
    rest = models.CharField(max_length=500, blank=True)  # what remains, of one partly done
    basis = models.CharField(max_length=300, blank=True)  # the law or document
    whose = models.CharField(max_length=200, blank=True)  # whose it is, where it is not ours
    written_by = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    signed_by = models.CharField(max_length=120, blank=True)
    signed_post = models.CharField(max_length=120, blank=True)
    signed_on = models.DateField(null=True)
    number = models.PositiveIntegerField(null=True)  # of the answer letter, by desk and year
    desk_days = models.PositiveSmallIntegerField(null=True)  # working days it took this desk
    late = models.BooleanField(default=False)
    # What the cell made of it.
    told_on = models.DateField(null=True)
    told_in_uid = UidField(null=True)  # the meeting
    verdict = models.CharField(max_length=10, choices=Opinion.Verdict.choices, blank=True)
    solved = models.PositiveSmallIntegerField(null=True)
    partly = models.PositiveSmallIntegerField(null=True)
    not_solved = models.PositiveSmallIntegerField(null=True)
    verdict_reason = models.CharField(max_length=500, blank=True)
    issue_uid = UidField(null=True)  # where one answer went to all of an issue

    class Meta:
        ordering = ["uid"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(signed_on__isnull=False),
                name="opinions_signed_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(told_on__isnull=False),
                name="opinions_judged_was_told",
            ),
        ]
        indexes = [
            models.Index(fields=["opinion"], name="opinions_answers_of_one"),
            models.Index(fields=["desk", "state"], name="opinions_answers_at_desk"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
