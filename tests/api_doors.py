"""Every route of the API, who may use it, and what is sent there: rows of `test_doors`."""

OPEN = "open to strangers"
HELD = "for whoever holds a token"
NOWHERE = "not there for anybody"  # the library's own, from which it reckons its addresses

DAY, LATER = "2026-11-24", "2026-11-25"


def _end(_place):
    return {"last_day": LATER}


def _founding(place):
    return {"parent": place["ward"].uid, "kind": "cell", "name": "Chi bộ mới", "first_day": DAY}


def _post(place):
    # A deputy would be the secretary's equal; all who give posts may give this one.
    return {"member": place["member"].uid, "role": "scorer", "first_day": DAY}


def _following(place):
    return {"member": place["above"].uid, "tier": "superior", "first_day": DAY}


# name → (method, permission, address, what is sent)
API = {
    "api:openapi-json": ("GET", OPEN, "/openapi.json", None),
    "api:api-root": ("GET", NOWHERE, "/", None),
    "api:list_units": ("GET", HELD, "/units", None),
    "api:create_unit": ("POST", "org.manage_units", "/units", _founding),
    "api:show_unit": ("GET", "org.view_unit", "/units/{unit}", None),
    "api:list_versions": ("GET", "org.view_unit", "/units/{unit}/versions", None),
    "api:rename_unit": (
        "POST", "org.manage_units", "/units/{unit}/rename",
        lambda _place: {"name": "Chi bộ đổi tên", "from_day": DAY},
    ),
    "api:list_members": ("GET", "org.view_members", "/units/{unit}/members", None),
    "api:add_member": (
        "POST", "org.manage_members", "/units/{unit}/members",
        lambda _place: {"full_name": "Lê Ái", "status": "official", "first_day": DAY},
    ),
    "api:show_member": ("GET", "org.view_members", "/members/{member}", None),
    "api:change_member": (
        "PUT", "org.manage_members", "/members/{member}",
        lambda _place: {"full_name": "Lê Ái", "birth_year": 1980, "phone": "", "email": ""},
    ),
    "api:change_status": (
        "POST", "org.manage_members", "/members/{member}/status",
        lambda _place: {"status": "exempt", "from_day": DAY},
    ),
    "api:move_member": (
        "POST", "org.manage_members", "/members/{member}/move",
        lambda place: {"unit": place["beside"].uid, "from_day": LATER},
    ),
    "api:end_membership": ("POST", "org.manage_members", "/members/{member}/end", _end),
    "api:list_posts": ("GET", "org.view_members", "/units/{unit}/posts", None),
    "api:give_post": ("POST", "org.give_posts", "/units/{unit}/posts", _post),
    "api:end_post": ("POST", "org.give_posts", "/posts/{post}/end", _end),
    "api:list_following": ("GET", "org.view_members", "/units/{unit}/following", None),
    "api:follow": ("POST", "org.manage_following", "/units/{unit}/following", _following),
    "api:unfollow": ("POST", "org.manage_following", "/following/{following}/end", _end),
}  # fmt: skip
