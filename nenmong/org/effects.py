"""What a plan does, said in lines a person can read: units, what hangs on them, people, rights."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nenmong.org import access
from nenmong.org.actions.drafting import Draft


def effect(made: Draft, *, brief: bool = False) -> Iterator[str]:
    """Yield what a plan does, a line each; `brief` counts the members who change cell."""
    yield from _units(made)
    yield from _hanging(made)
    yield from (_moves(made) if brief else _members(made))
    yield from _posts(made, brief=brief)


def _moves(made: Draft) -> Iterator[str]:
    for (was, now), count in Counter((row.unit_id, to) for row, to in made.leaving).items():
        yield ngettext(
            "%(count)s member goes from %(was)s to %(now)s",
            "%(count)s members go from %(was)s to %(now)s", count,
        ) % {"count": count, "was": made.name(was), "now": made.name(now)}  # fmt: skip


def _units(made: Draft) -> Iterator[str]:
    out = made.out
    for node in made.founded:
        yield _("Founded: %(unit)s") % {"unit": node.name}
    for node in made.ended:
        into = [made.name(h.after) for h in out.heirs if h.before == node.key and h.after]
        if into:
            said = {"unit": node.name, "into": ", ".join(into)}
            yield _("Ends: %(unit)s; goes on in %(into)s") % said
        else:
            yield _("Ends: %(unit)s") % {"unit": node.name}
    for key, what in out.touched.items():
        if "renamed" in what:
            said = {"was": made.before[key].name, "now": made.name(key)}
            yield _("Renamed: %(was)s → %(now)s") % said
        if "moved" in what:
            parent = out.nodes[key].parent
            said = {"unit": made.name(key), "under": made.name(parent) if parent else "–"}
            yield _("Moved: %(unit)s under %(under)s") % said


def _hanging(made: Draft) -> Iterator[str]:
    heirs = made.out.heir_of()
    for uid, hangs in made.hanging.items():
        if hangs.matters or hangs.tasks:
            yield _("Goes along: %(matters)s matters, %(tasks)s tasks, %(was)s → %(now)s") % {
                "matters": hangs.matters, "tasks": hangs.tasks,
                "was": made.name(uid), "now": made.name(heirs[uid]),
            }  # fmt: skip
        if hangs.opinions:
            yield _("Goes along: %(count)s open opinions, %(was)s → %(now)s") % {
                "count": hangs.opinions, "was": made.name(uid), "now": made.name(heirs[uid]),
            }  # fmt: skip
        if hangs.topics and heirs[uid]:
            yield _("Goes along: %(count)s topics of the year's plan, %(was)s → %(now)s") % {
                "count": hangs.topics, "was": made.name(uid), "now": made.name(heirs[uid]),
            }  # fmt: skip
        if hangs.asked:
            yield _("Asked anew or withdrawn: %(count)s joint meetings, %(unit)s") % {
                "count": hangs.asked, "unit": made.name(uid),
            }  # fmt: skip
        if hangs.planned:
            yield _("Not held any more: %(count)s meetings in preparation, %(unit)s") % {
                "count": hangs.planned, "unit": made.name(uid),
            }  # fmt: skip


def _members(made: Draft) -> Iterator[str]:
    for row, to in made.leaving:
        yield _("Changes cell: %(member)s (%(uid)s), %(was)s → %(now)s") % {
            "member": row.member.full_name, "uid": row.member_id,
            "was": made.name(row.unit_id), "now": made.name(to),
        }  # fmt: skip


def _posts(made: Draft, *, brief: bool) -> Iterator[str]:
    table = access.roles()

    def called(role: str, title: str) -> str:
        return title or (str(table[role].name) if role in table else role)

    for post in made.ending:
        who = post.member.full_name if brief else f"{post.member.full_name} ({post.member_id})"
        yield _("Post ends: %(title)s %(unit)s, %(member)s") % {
            "title": called(post.role, post.title), "unit": made.name(post.unit_id), "member": who,
        }  # fmt: skip
    for follows in made.charge.follows:
        yield _("Followed: %(unit)s, %(member)s") % {
            "unit": made.name(follows.unit_id), "member": follows.member.full_name,
        }  # fmt: skip
    for step, key in made.given:
        yield _("Post given: %(title)s %(unit)s, %(uid)s") % {
            "title": called(step.said["role"], step.said["title"]), "unit": made.name(key),
            "uid": step.said["member"],
        }  # fmt: skip
    for post, lost, gained in made.reach:
        yield _("Rights: %(title)s %(unit)s, %(member)s: -%(lost)s units, +%(gained)s units") % {
            "title": called(post.role, post.title), "unit": made.name(post.unit_id),
            "member": post.member.full_name, "lost": lost, "gained": gained,
        }  # fmt: skip
