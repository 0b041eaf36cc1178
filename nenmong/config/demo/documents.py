"""Documents of the ward's committee and of the one above it, lately and in work, by the actions."""

from datetime import time, timedelta
from typing import Any

from nenmong.accounts.models import User
from nenmong.config.demo.choices import Choices
from nenmong.config.demo.packs import pack
from nenmong.config.demo.rounds import follow
from nenmong.core import clock
from nenmong.directives import actions
from nenmong.directives.actions.issuing import About, Issued
from nenmong.directives.models import Comment, Directive
from nenmong.directives.queries.targets import To
from nenmong.meetings.models import AgendaItem, Matter
from nenmong.org.models import Unit

MORNING = time(9)
A_MONTH = 31
COMMENT_DAYS = 12


def tell_documents(ward: Unit, choices: Choices) -> None:
    """Send what the next meetings discuss, and begin drafts; nothing where nobody sits there."""
    head, office = _holder(ward, "head"), _holder(ward, "office")
    if not choices.months or head is None or office is None:
        return
    for said in pack("directives")["sent"]:
        _send(ward, choices, said, head, office)
    drafts = pack("directives")["drafts"]
    with clock.at(clock.at_hour(choices.day - timedelta(days=1), MORNING)):
        one = _begun(ward, drafts["submitted"], office)
        actions.submit_draft(actor=office, directive_uid=one.uid)
        follow()
    above = ward.parent
    if above is not None and (theirs := _holder(above, "office")):
        _ask(ward, above, choices, drafts["comments"], theirs, office)


def send_earlier(ward: Unit, choices: Choices) -> None:
    """Send what the cells have discussed at their last meetings, before these are told."""
    head, office = _holder(ward, "head"), _holder(ward, "office")
    if not choices.months or head is None or office is None:
        return
    for said in pack("directives")["earlier"]:
        _send(ward, choices, said, head, office)


def brought(item: AgendaItem) -> bool:
    """Say whether an item is a document that was sent down."""
    return bool(item.matter_uid) and Matter.objects.filter(
        uid=item.matter_uid, kind=Matter.Kind.DIRECTIVE
    ).exists()  # fmt: skip


def _holder(unit: Unit, role: str) -> User | None:
    rows = User.objects.filter(members__posts__unit=unit, members__posts__role=role)
    return rows.order_by("uid").first()


def _begun(unit: Unit, said: dict[str, Any], office: User) -> Directive:
    return actions.start_draft(
        actor=office, unit_uid=unit.uid, kind=said["kind"], title=said["title"], text=said["text"]
    )


def _send(ward: Unit, choices: Choices, said: dict[str, Any], head: User, office: User) -> None:
    day = choices.day - timedelta(days=said["ago"])
    due = day + timedelta(days=said["due"]) if "due" in said else None
    about = About(
        gist=said["gist"], asked=said["asked"], questions=tuple(said["questions"]), due_on=due,
        changes=said.get("changes", {}), pages=said["pages"], minutes=said["minutes"],
    )  # fmt: skip
    with clock.at(clock.at_hour(day, MORNING)):
        one = _begun(ward, said, office)
        actions.describe(actor=office, directive_uid=one.uid, about=about)
        issued = Issued(number=said["number"], issued_on=day, valid_from=day)
        actions.issue(actor=head, directive_uid=one.uid, issued=issued)
        actions.send(
            actor=head, directive_uid=one.uid, unit_uid=ward.uid, to=To(),
            month=day if said["ago"] > A_MONTH else choices.day, over_why=said.get("over", ""),
        )  # fmt: skip
        follow()
    with clock.at(clock.at_hour(choices.day - timedelta(days=1), MORNING)):
        if "withdrawn" in said:
            actions.withdraw(actor=head, directive_uid=one.uid, reason=said["withdrawn"])
        if "prolonged" in said:
            later = day + timedelta(days=said["prolonged"])
            actions.prolong(actor=head, directive_uid=one.uid, due_on=later)
        follow()


def _ask(
    ward: Unit, above: Unit, choices: Choices, said: dict[str, Any], theirs: User, office: User
) -> None:
    """Let the ward comment on a draft of the committee above; one comment is weighed already."""
    day = choices.day - timedelta(days=3)
    with clock.at(clock.at_hour(day, MORNING)):
        one = _begun(above, said, theirs)
        actions.ask_comments(
            actor=theirs, directive_uid=one.uid, unit_uids=[ward.uid],
            due_on=day + timedelta(days=COMMENT_DAYS),
        )  # fmt: skip
    request = one.requests.get()
    with clock.at(clock.at_hour(day + timedelta(days=1), MORNING)):
        for paragraph, text in said["said"]:
            actions.comment(actor=office, request_uid=request.uid, text=text, paragraph=paragraph)
    first = Comment.objects.filter(request=request).order_by("uid")[0]
    with clock.at(clock.at_hour(day + timedelta(days=2), MORNING)):
        actions.weigh_comment(
            actor=theirs, comment_uid=first.uid, outcome="taken", why=said["weighed"]
        )
