"""Who may do what: the one table that pages, files, the API and the test of all routes read.

A role comes from a post (others from belonging to a cell, following a unit, keeping the
installation, an opening by exception) and counts from its first day to its last. What is not listed
is refused: outside one's scope 404, inside without the right 403.
"""

from django.utils.translation import gettext_lazy as _

from nenmong.org.access import BELOW, OWN, Role

_MEMBER = frozenset(
    {
        "org.view_unit", "meetings.view", "meetings.agenda", "meetings.own_tasks", "opinions.view",
        "opinions.raise", "directives.view",
    }
)  # fmt: skip
_SEAT = _MEMBER | {"meetings.committee"}
_SCRIBE = _SEAT | {"org.view_members", "meetings.work", "meetings.names", "opinions.names"}
_SECRETARY = _SCRIBE | {
    "org.give_posts", "org.manage_groups", "meetings.prepare", "meetings.seal", "meetings.file",
    "documents.try", "opinions.send", "directives.draft", "directives.issue",
    "directives.comment",
}  # fmt: skip
_SIGHT = frozenset({"org.view_unit"})
_RECORDS = _SIGHT | {"meetings.view", "opinions.view", "directives.view"}
_TREE = frozenset(
    {
        "org.view_members", "org.manage_units", "org.manage_members", "org.give_posts",
        "org.manage_following", "org.manage_groups", "accounts.restore",
    }
)  # fmt: skip
_OFFICE = _RECORDS | _TREE | {"rulebook.set", "meetings.committee", "meetings.enter",
    "documents.try", "opinions.route", "opinions.edit_desks",
}  # fmt: skip
_HEAD = _OFFICE | {"org.open_by_exception"}
# A committee's own meetings are its own: whoever stands above reads them, and does not hold them.
_OWN_MEETINGS = frozenset(
    {
        "meetings.agenda",
        "meetings.prepare",
        "meetings.work",
        "meetings.names",
        "meetings.file",
        "meetings.own_tasks",
    }
)
# So are its documents: whoever stands above sees what it issued.
_OWN_DOCUMENTS = frozenset({"directives.draft", "directives.comment", "directives.send"})
# A desk answers for itself alone; who stands above passes on what lies there, and no more.
_DESK = frozenset({"opinions.desk"})

_CELL_HELP = frozenset({"scribe", "scorer"})
_CELL_POSTS = _CELL_HELP | {"secretary", "deputy", "committee_member"}
_COMMITTEE_POSTS = frozenset(
    {"head", "office", "inspection", "desk", "leadership", "board", "committee_member"}
)

ROLES = {
    "member": Role(_("member"), OWN, _MEMBER),
    "scribe": Role(_("minutes secretary"), OWN, _SCRIBE),
    "scorer": Role(_("scorer"), OWN, _MEMBER),
    "secretary": Role(_("secretary"), OWN, _SECRETARY, gives=_CELL_HELP),
    "deputy": Role(_("deputy secretary"), OWN, _SECRETARY, gives=_CELL_HELP),
    "committee_member": Role(_("committee member"), OWN, _SEAT),
    "office": Role(
        _("office"), BELOW, _OFFICE, gives_below=_CELL_POSTS | {"head", "office", "inspection"},
        here=_OWN_MEETINGS | _OWN_DOCUMENTS | _DESK,
    ),
    "head": Role(
        _("head of the committee"), BELOW, _HEAD,
        gives=frozenset({"office", "inspection", "desk", "committee_member"}),
        gives_below=_CELL_POSTS | {"head", "office", "inspection", "desk"},
        here=_OWN_MEETINGS | _OWN_DOCUMENTS | _DESK
        | {"meetings.seal", "opinions.sign", "directives.issue", "directives.over_quota"},
    ),
    "board": Role(
        _("organisation board"), BELOW,
        _OFFICE | {"org.edit_cell_kinds", "opinions.edit_fields", "rulebook.calendar"},
        gives_below=_CELL_POSTS | _COMMITTEE_POSTS - {"leadership"}, here=_DESK,
    ),
    "inspection": Role(_("inspection committee"), BELOW, _SIGHT),
    "leadership": Role(_("standing committee"), BELOW, _SIGHT),
    "desk": Role(_("desk that handles opinions"), OWN, _SIGHT | _DESK),
    # Not posts: see `access`.
    "visitor": Role(_("follower of units"), BELOW, _RECORDS),
    "heir": Role(_("member of a cell this one went on in"), OWN, _RECORDS),
    "keeper": Role(
        _("secretary of a cell this one went on in"), OWN,
        _RECORDS | {"meetings.names", "opinions.names"},
    ),
    "reader": Role(_("reader by exception"), OWN, _RECORDS),
    "administrator": Role(
        _("administrator"), BELOW,
        _SIGHT | (_TREE - {"org.manage_following"}) | {
            "org.found_province", "org.edit_cell_kinds", "accounts.manage", "home.status",
            "documents.templates",
        },
        gives=_CELL_POSTS | _COMMITTEE_POSTS,
    ),
}  # fmt: skip
