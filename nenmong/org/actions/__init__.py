"""Changes to the tree, the members and their posts."""

from nenmong.org.actions.drafting import draft_plan
from nenmong.org.actions.import_members import draft_members, import_members
from nenmong.org.actions.import_units import draft_units, import_units
from nenmong.org.actions.people import add_member, change_status, give_account, give_post
from nenmong.org.actions.reorganising import apply_plan, undo_plan
from nenmong.org.actions.units import NewUnit, create_unit, found, rename_unit
from nenmong.org.actions.uploading import keep_upload

__all__ = [
    "NewUnit", "add_member", "apply_plan", "change_status", "create_unit", "draft_members",
    "draft_plan", "draft_units", "found", "give_account", "give_post", "import_members",
    "import_units", "keep_upload", "rename_unit", "undo_plan",
]  # fmt: skip
