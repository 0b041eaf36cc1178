"""Every route of the API of opinions: what is sent, who may, who at least sees that it is there.

Rows are like those of `api_doors`, with the people of `opinions.tests.ready` in place of a right:
who may, and who is told that they may not (403). For all others it is not there (404).
"""

S, M, O, H, C = "secretary", "member", "office", "head", "clerk"  # noqa: E741
CELL, TREE, ALL = {S, M}, {S, M, O, H}, {S, M, O, H, C}
EVERYBODY = ALL | {"stranger"}


def _of(**said):
    return lambda _place: said


def _pass(place):
    return {"desk": place["other_desk"], "reason": "Thuộc lĩnh vực khác"}


DONE = _of(
    result="done", text="Đã thay 6 bóng đèn và sửa tủ điện ngõ 12.", who="Tổ quản lý đô thị",
    done_on="2026-11-20",
)  # fmt: skip
WHY = _of(reason="Đã tự giải quyết xong")

# name → (method, who may, address, what is sent, who else sees it)
API_OPINIONS = {
    "api:list_opinions": ("GET", {O, H}, "/units/{ward}/opinions", None, set()),
    "api:list_file": ("GET", {O, H}, "/units/{ward}/opinions/xlsx", None, set()),
    "api:slip_file": ("GET", ALL, "/opinions/{here}/slip", None, set()),
    "api:letter_file": ("GET", ALL, "/answers/{given}/letter", None, set()),
    "api:raise_opinion": (
        "POST", {S, M}, "/units/{cell}/opinions", _of(text="Cống ngõ 5 hay ngập."), {O, H},
    ),
    "api:take_elsewhere": (
        "POST", CELL, "/units/{cell}/opinions/elsewhere", _of(sort="complaint"), {O, H},
    ),
    "api:show_opinion": ("GET", CELL, "/opinions/{noted}", None, set()),
    "api:read_raiser": ("GET", {S}, "/opinions/{noted}/names", None, {M}),
    "api:list_desks": ("GET", CELL, "/opinions/{noted}/desks", None, set()),
    "api:list_alike": ("GET", ALL, "/opinions/{here}/alike", None, set()),
    "api:show_inbox": ("GET", {C, O, H}, "/units/{desk}/inbox", None, set()),
    "api:show_register": ("GET", EVERYBODY, "/register", None, set()),
    "api:change_words": (
        "PUT", {S}, "/opinions/{noted}/text", _of(text="Sáu đèn ngõ 12 hỏng."), {M},
    ),
    "api:sort": (
        "PUT", {S}, "/opinions/{noted}/sort", _of(kind="question", field="land"), {M},
    ),
    "api:keep": ("POST", {S}, "/opinions/{noted}/keep", _of(), {M}),
    "api:send": ("POST", {S}, "/opinions/{noted}/send", _of(looked=True), {M}),
    "api:withdraw": ("POST", {S}, "/opinions/{noted}/withdraw", WHY, {M}),
    "api:reply": (
        "POST", {S}, "/opinions/{asked}/reply", _of(text="Ngõ 12 phố Đê"), {M, O, H, C},
    ),
    "api:reopen": (
        "POST", {S}, "/opinions/{ended}/reopen", _of(reason="Lại hỏng"), {M, O, H},
    ),
    "api:accept": ("POST", {C}, "/opinions/{here}/accept", _of(), TREE),
    "api:forward": ("POST", {C, O, H}, "/opinions/{here}/forward", _pass, CELL),
    "api:give_back": ("POST", {C, O, H}, "/opinions/{here}/return", WHY, CELL),
    "api:ask": ("POST", {C}, "/opinions/{here}/ask", _of(text="Ngõ nào?"), TREE),
    "api:take_on": ("POST", {C}, "/opinions/{here}/take-on", None, TREE),
    "api:save_answer": (
        "PUT", {C}, "/opinions/{mine}/draft", _of(result="done", text="Đang viết"), TREE,
    ),
    "api:give_answer": ("POST", {C}, "/opinions/{mine}/answer", DONE, TREE),
    "api:show_answer": ("GET", ALL, "/answers/{given}", None, set()),
    "api:sign_answer": ("POST", {H}, "/answers/{to_sign}/sign", None, {C}),
    "api:attach_file": ("POST", {S}, "/opinions/{noted}/files", None, {M}),
    "api:attach_to_answer": ("POST", {C}, "/opinions/{drafted}/draft/files", None, TREE),
    "api:remove_file": ("DELETE", {S}, "/opinion-files/{cell_file}", None, {M}),
    "api:opinion_file": ("GET", CELL, "/opinion-files/{cell_file}/file", None, set()),
    "api:list_issues": ("GET", EVERYBODY, "/issues", None, set()),
    "api:show_issue": ("GET", ALL, "/issues/{issue}", None, set()),
    "api:join": (
        "POST", {C, O, H}, "/units/{desk}/issues",
        lambda place: {"opinions": [place["here"], place["here_too"]], "title": "Đèn ngõ 12"},
        set(),
    ),
    "api:join_more": (
        "POST", {C, O, H}, "/issues/{issue}/opinions",
        lambda place: {"opinions": [place["here"]], "desk": place["desk"]}, set(),
    ),
    "api:rename_issue": (
        "PUT", {C, O, H}, "/issues/{issue}/title", _of(title="Điện, đèn ngõ 12"), CELL,
    ),
    "api:part": ("POST", {C, O, H}, "/opinions/{part}/part", _of(reason="Khác"), CELL),
    "api:list_fields": ("GET", EVERYBODY, "/fields", None, set()),
    "api:add_field": ("POST", {"board"}, "/fields", _of(name_vi="Thú y"), EVERYBODY),
    "api:change_field": (
        "PUT", {"board"}, "/fields/other", _of(name_vi="Việc khác nữa"), EVERYBODY,
    ),
    "api:show_desk_fields": ("GET", {C, O, H}, "/units/{desk}/desk-fields", None, set()),
    "api:set_desk_fields": (
        "PUT", {O, H}, "/units/{desk}/desk-fields", _of(days={"works": 7}), {C},
    ),
    "api:list_days": ("GET", EVERYBODY, "/calendar", None, set()),
    "api:set_day": (
        "PUT", {"board"}, "/calendar/2026-11-28", _of(works=True, name="Làm bù"), EVERYBODY,
    ),
}  # fmt: skip
# Those that take no key: it would say who raised an opinion; a day of the calendar has one value.
KEYLESS = {
    "api:raise_opinion", "api:take_elsewhere", "api:set_day", "api:attach_file", "api:remove_file",
}  # fmt: skip
FILES = {"api:attach_file", "api:attach_to_answer"}  # sent as a form with a file
GONE = {"api:take_elsewhere", "api:remove_file"}  # not the same a second time
