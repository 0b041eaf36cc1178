"""Who may do what: the one table that pages, files and the test of all routes read.

A role comes from a post (or, for `member`, from belonging to a cell) and counts from its first day
to its last. What is not listed is refused: outside one's scope 404, inside without the right 403.
"""

from django.utils.translation import gettext_lazy as _

from nenmong.org.access import BELOW, OWN, Role

_MEMBER = frozenset({"org.view_unit", "meetings.view", "meetings.agenda"})
_SCRIBE = _MEMBER | {"meetings.work", "meetings.names"}
_SECRETARY = _SCRIBE | {"meetings.prepare", "meetings.seal", "meetings.file"}
_OFFICE = frozenset(
    {
        "org.view_unit",
        "org.manage_units",
        "org.manage_members",
        "org.give_posts",
        "meetings.view",
    }
)

ROLES = {
    "member": Role(_("member"), OWN, _MEMBER),
    "scribe": Role(_("minutes secretary"), OWN, _SCRIBE),
    "secretary": Role(_("secretary"), OWN, _SECRETARY),
    "deputy": Role(_("deputy secretary"), OWN, _SECRETARY),
    "office": Role(_("office"), BELOW, _OFFICE),
    "head": Role(_("head of the committee"), BELOW, _OFFICE),
}
