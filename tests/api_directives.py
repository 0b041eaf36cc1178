"""Every route of the API of documents: what is sent, who may, who at least sees that it is there.

Rows are like those of `api_opinions`, with the people of `directives.tests.ready`.
"""

from datetime import timedelta

from nenmong.core import clock

S, M, O, H, A, L = "secretary", "member", "office", "head", "above", "leader"  # noqa: E741
CELL, WARD, TOP = {S, M}, {O, H}, {A, L}
ALL = CELL | WARD | TOP


def _of(**said):
    return lambda _place: said


def _later(days):
    return (clock.today() + timedelta(days=days)).isoformat()


def _issue(_place):
    today = _later(0)
    return {"number": "07-HD/ĐU", "issued_on": today, "valid_from": today}


def _send(place):
    return {"document": place["issued"], "month": _later(40)}


ABOUT = _of(gist="Mỗi chi bộ giúp một hộ.", asked="discuss", questions=["Hộ nào trước?"])

# name → (method, who may, address, what is sent, who else sees it)
API_DIRECTIVES = {
    "api:list_directives": ("GET", ALL | {"stranger"}, "/directives", None, set()),
    "api:show_directive": ("GET", ALL, "/directives/{sent}", None, set()),
    "api:list_directive_versions": ("GET", ALL, "/directives/{sent}/versions", None, set()),
    "api:start_directive": (
        "POST", WARD, "/units/{ward}/directives", _of(kind="notice", title="Thông báo"), TOP,
    ),
    "api:write_directive": (
        "PUT", WARD, "/directives/{draft}/text", _of(title="Mới", text="Một đoạn."), set(),
    ),
    "api:keep_directive_version": ("POST", WARD, "/directives/{draft}/versions", _of(), set()),
    "api:describe_directive": ("PUT", WARD, "/directives/{draft}/gist", ABOUT, set()),
    "api:submit_directive": ("POST", WARD, "/directives/{regulation}/submit", None, set()),
    "api:take_directive_back": ("POST", WARD, "/directives/{submitted}/take-back", None, set()),
    "api:drop_directive": ("POST", WARD, "/directives/{draft}/drop", _of(reason="Trùng"), set()),
    "api:issue_directive": ("POST", {H}, "/directives/{described}/issue", _issue, {O}),
    "api:withdraw_directive": (
        "POST", {H}, "/directives/{sent}/withdraw", _of(reason="Trùng"), ALL - {H},
    ),
    "api:prolong_directive": (
        "POST", {H}, "/directives/{sent}/prolong", lambda _p: {"due_on": _later(400)}, ALL - {H},
    ),
    "api:review_directive": (
        "POST", {H}, "/directives/{sent}/review", lambda _p: {"reviewed_on": _later(0)}, ALL - {H},
    ),
    "api:list_directive_comments": (
        "GET", TOP | WARD, "/directives/{asked_about}/comments", None, set(),
    ),
    "api:ask_directive_comments": (
        "POST", TOP, "/directives/{asked_about}/comments",
        lambda place: {"units": [place["ward"]], "due_on": _later(20)}, WARD,
    ),
    "api:comment_directive": (
        "POST", WARD, "/comment-requests/{request}/comments", _of(text="Rõ hơn"), TOP,
    ),
    "api:finish_directive_comments": (
        "POST", WARD, "/comment-requests/{request}/finish", None, TOP,
    ),
    "api:take_directive_comment_back": ("DELETE", WARD, "/comments/{comment}", None, TOP),
    "api:weigh_directive_comment": (
        "POST", TOP, "/comments/{comment}/weigh", _of(outcome="taken"), WARD,
    ),
    "api:show_load": ("POST", WARD, "/units/{ward}/load", _send, TOP),
    "api:send_directive": ("POST", WARD, "/units/{ward}/sendings", _send, TOP),
    "api:list_sendings": ("GET", ALL, "/directives/{sent}/sendings", None, set()),
    "api:list_deliveries": ("GET", ALL, "/directives/{sent}/deliveries", None, set()),
    "api:list_received": ("GET", ALL, "/units/{cell}/deliveries", None, set()),
    "api:remind_of_directive": (
        "POST", WARD, "/directives/{earlier}/remind", lambda place: {"unit": place["ward"]}, TOP,
    ),
    "api:report_directive": (
        "POST", {S}, "/deliveries/{discussed}/report", _of(text="Đã giúp 1 hộ."), ALL - {S},
    ),
}  # fmt: skip
READS = {"api:show_load"}  # sent as POST, and changes nothing
