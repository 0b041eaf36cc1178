"""Drafts in work: one that communes comment on, one whose comments are weighed, one adopted."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from nenmong.accounts.models import User
from nenmong.config.demo import shelf
from nenmong.config.demo.choices import Choices
from nenmong.config.demo.documents import holder
from nenmong.config.demo.packs import pack
from nenmong.config.demo.program import WEEK
from nenmong.config.demo.rounds import follow
from nenmong.config.demo.story import Story
from nenmong.config.demo.tree import Tree
from nenmong.core import clock
from nenmong.directives import actions
from nenmong.directives.actions.issuing import About
from nenmong.directives.models import Comment, CommentRequest, Directive
from nenmong.directives.rules import bulletins
from nenmong.org.models import Unit

MORNING, AFTERNOON = time(9), time(15)
A_DAY = timedelta(days=1)
OPEN_DAYS = 12
ASKED_CELLS, ANSWERED_COMMUNES = 3, 3


def before_the_committee(story: Story, day: date) -> None:
    """Put a programme before the meeting the committee held last, on `day`: it adopts it."""
    ward = story.unit
    office = holder(ward, "office")
    if office is None:
        return
    said = pack("directives")["drafts"]["adopted"]
    about = About(
        gist=said["gist"], asked="report_back", questions=tuple(said["questions"]), pages=4,
        minutes=10, fields=1,
    )  # fmt: skip
    with clock.at(clock.at_hour(day - 2 * WEEK, MORNING)):
        one = _begun(ward, said, office)
        actions.describe(actor=office, directive_uid=one.uid, about=about)
        actions.submit_draft(actor=office, directive_uid=one.uid)
        follow()


def in_work(tree: Tree, choices: Choices) -> None:
    """Leave the drafts as they lie there today."""
    ward = tree.ward
    office = holder(ward, "office")
    if not choices.months or office is None:
        return
    drafts = pack("directives")["drafts"]
    _weighed(ward, choices, drafts["weighed"], office)
    above = ward.parent
    if above is not None and (theirs := holder(above, "office")):
        communes = sorted(
            {cell.unit.parent for cell in tree.cells if cell.unit.parent}, key=lambda u: u.path
        )
        _open(ward, above, communes, choices, drafts["open"], theirs)
    province = tree.units[0]
    if writer := holder(province, "office"):
        _next_bulletin(province, choices, writer)


def _begun(unit: Unit, said: Any, office: User) -> Directive:
    return actions.start_draft(
        actor=office, unit_uid=unit.uid, kind=said["kind"], title=said["title"], text=said["text"]
    )


def _open(
    ward: Unit, above: Unit, communes: Sequence[Unit], choices: Choices, said: Any, theirs: User
) -> None:
    """Ask the communes; some have answered, the ward's office has begun to, one is weighed."""
    day = choices.day - timedelta(days=5)
    with clock.at(clock.at_hour(day, MORNING)):
        one = _begun(above, said, theirs)
        actions.ask_comments(
            actor=theirs, directive_uid=one.uid, unit_uids=[unit.uid for unit in communes],
            due_on=day + timedelta(days=OPEN_DAYS),
        )  # fmt: skip
    ours = one.requests.get(unit=ward)
    office = holder(ward, "office")
    if office is not None:
        _comment(ours, office, said["said"], day + A_DAY)
    others = [unit for unit in communes if unit.uid != ward.uid][:ANSWERED_COMMUNES]
    for unit, line in zip(others, said["elsewhere"], strict=False):
        if theirs_too := holder(unit, "office"):
            request = one.requests.get(unit=unit)
            _comment(request, theirs_too, [line], day + 2 * A_DAY)
            _finish(request, theirs_too, day + 2 * A_DAY)
    first = Comment.objects.filter(request=ours).order_by("uid").first()
    if first is not None:
        with clock.at(clock.at_hour(day + 3 * A_DAY, AFTERNOON)):
            actions.weigh_comment(
                actor=theirs, comment_uid=first.uid, outcome="taken", why=said["weighed"]
            )


def _comment(request: CommentRequest, actor: User, lines: Any, day: date) -> None:
    with clock.at(clock.at_hour(day, AFTERNOON)):
        for paragraph, text in lines:
            actions.comment(actor=actor, request_uid=request.uid, text=text, paragraph=paragraph)


def _finish(request: CommentRequest, actor: User, day: date) -> None:
    with clock.at(clock.at_hour(day, AFTERNOON)):
        actions.finish_comments(actor=actor, request_uid=request.uid)


def _weighed(ward: Unit, choices: Choices, said: Any, office: User) -> None:
    """Ask three cells; weigh what they said, and write the second version from it."""
    cells = Unit.objects.filter(parent=ward, cell_kind__in=["residential_group", "village"])
    asked = [
        (cell, who) for cell in cells.order_by("path") if (who := holder(cell, "secretary"))
    ][:ASKED_CELLS]  # fmt: skip
    if not asked:
        return
    day = choices.day - timedelta(days=24)
    with clock.at(clock.at_hour(day, MORNING)):
        one = _begun(ward, said, office)
        actions.ask_comments(
            actor=office, directive_uid=one.uid, unit_uids=[cell.uid for cell, _who in asked],
            due_on=day + timedelta(days=OPEN_DAYS),
        )  # fmt: skip
    for number, (paragraph, text, _outcome, _why) in enumerate(said["comments"]):
        cell, who = asked[number % len(asked)]
        request = one.requests.get(unit=cell)
        _comment(request, who, [(paragraph, text)], day + (3 + number) * A_DAY)
    for cell, who in asked:
        _finish(one.requests.get(unit=cell), who, day + 8 * A_DAY)
    outcomes = {text: (outcome, why) for _at, text, outcome, why in said["comments"]}
    with clock.at(clock.at_hour(choices.day - 8 * A_DAY, MORNING)):
        for comment in Comment.objects.filter(request__directive=one).order_by("uid"):
            outcome, why = outcomes[comment.text]
            actions.weigh_comment(actor=office, comment_uid=comment.uid, outcome=outcome, why=why)
    with clock.at(clock.at_hour(choices.day - 7 * A_DAY, MORNING)):
        actions.change_draft(
            actor=office, directive_uid=one.uid, title=said["title"], text=said["revised"]
        )
        actions.keep_version(actor=office, directive_uid=one.uid, note=said["note"])


def _next_bulletin(province: Unit, choices: Choices, office: User) -> None:
    """Begin the first monthly bulletin that is not out yet."""
    month = choices.day.replace(day=1)
    there = Directive.objects.filter(issuer=province, kind=shelf.BULLETIN)
    while there.filter(for_month=month).exists():
        month = bulletins.following(month)
    said = shelf.monthly(month)
    with clock.at(clock.at_hour(choices.day - 2 * A_DAY, MORNING)):
        actions.start_draft(
            actor=office, unit_uid=province.uid, kind=shelf.BULLETIN, title=said["title"],
            text=said["text"], for_month=month,
        )  # fmt: skip
