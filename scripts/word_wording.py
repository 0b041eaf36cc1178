"""The wording the Word templates begin with; `word_templates.py` makes the files of it."""

TALLY = """\
{% if vote.ballots %}bỏ phiếu kín, phát ra {{ vote.ballots.issued|two_digits }} phiếu, thu về \
{{ vote.ballots.returned|two_digits }} phiếu, hợp lệ {{ vote.ballots.valid|two_digits }} phiếu, \
không hợp lệ {{ vote.ballots.spoiled|two_digits }} phiếu; {% endif %}\
{{ vote.agree }}/{{ vote.base }} đồng chí tán thành\
{% if vote.against %}, {{ vote.against|two_digits }} đồng chí không tán thành{% endif %}\
{% if vote.other %}, {{ vote.other|two_digits }} đồng chí có ý kiến khác{% endif %}\
{% if vote.of_official %} (tính trên tổng số đảng viên chính thức của chi bộ\
{% if vote.bar %}, cần ít nhất {{ vote.bar }}{% endif %})\
{% elif vote.of_committee %} (tính trên tổng số {{ words.members }}){% endif %}"""
PASSED = "{% if vote.passed %}được thông qua{% else %}không được thông qua{% endif %}"
HEADCOUNT = """\
{{ counts.total|two_digits }} đồng chí\
{% if not of_committee %}; trong đó chính thức: {{ counts.official|two_digits }}, \
dự bị: {{ counts.probationary|two_digits }}, \
sinh hoạt tạm thời: {{ counts.temporary|two_digits }}{% endif %}"""
SPEAKER = "{% if one.name %}Đồng chí {{ one.name }}{% else %}Có ý kiến{% endif %}"
TASK = """\
- {{ task.task }}{% if task.owner or task.due %} ({% endif %}\
{% if task.owner %}người thực hiện: {{ task.owner }}{% endif %}\
{% if task.owner and task.due %}; {% endif %}\
{% if task.due %}thời hạn: {{ task.due }}{% endif %}"""

PIECES = {
    "HEADCOUNT": HEADCOUNT,
    "PASSED": PASSED,
    "SPEAKER": SPEAKER,
    "TALLY": TALLY,
    "TASK": TASK,
}

# A name of `PIECES` stands for its text. One paragraph a line; `\` at the end joins the next line
# to it. `# ` begins a heading, `## ` a lesser one, `_words_` at the start are in italics, `& `
# keeps a paragraph with the next. `if x | …` prints it where there is x, `for x in y | …` once for
# each; `{%p …%}` stands alone, and `@name` is one of `TABLES`.
MINUTES = """\
# I- THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN
- Thời gian: Bắt đầu lúc {{ start.time }}, {{ start.day }}\
{% if end %}; kết thúc lúc {{ end.time }} {{ end.day }}{% endif %}.
if place | - Địa điểm: {{ place|sentence }}
if chair.name | - Chủ trì: Đồng chí {{ chair.name }}\
{% if chair.post %}, {{ chair.post }}{% endif %}.
if secretary.name | - Thư ký: Đồng chí {{ secretary.name }}\
{% if secretary.post %}, {{ secretary.post }}{% endif %}.
if guests | - Đại biểu cấp trên, khách mời: {{ guests|sentence }}
if joint | - Sinh hoạt chung với: {{ joint|join(', ') }}.
for one in postponed | - Đã hoãn từ {{ one.was }}{% if one.now %} sang {{ one.now }}{% endif %}\
{% if one.reason %}; lý do: {{ one.reason }}{% endif %}\
{% if one.agreed_by %}; người đồng ý: {{ one.agreed_by }}{% endif %}.
if subject | - Nội dung chính: {{ subject|sentence }}
if documents | - Tài liệu của buổi họp: {{ documents|join('; ') }}.
- {{ words.roll }}: HEADCOUNT.
- Thuộc diện phải dự: {{ counts.due|two_digits }} đồng chí\
{% if counts.exempt %}; được miễn công tác và sinh hoạt đảng: {{ counts.exempt|two_digits }} \
đồng chí{% endif %}\
{% if counts.special_duty %}; làm nhiệm vụ đặc biệt: {{ counts.special_duty|two_digits }} \
đồng chí{% endif %}.
- Có mặt: {{ counts.present|two_digits }} đồng chí{% if counts.rate %}, đạt {{ counts.rate }}\
{% endif %}{% if counts.late %}; trong đó đến muộn: {{ counts.late|two_digits }} đồng chí\
{% endif %}.
if counts.exempt_present | - Đảng viên được miễn sinh hoạt đến dự: \
{{ counts.exempt_present|two_digits }} đồng chí.
- Vắng mặt: {% if counts.absent %}{{ counts.absent|two_digits }} đồng chí \
(có lý do: {{ counts.excused|two_digits }}; không có lý do: {{ counts.unexcused|two_digits }})\
{% else %}không{% endif %}.
for one in absent | + Đồng chí {{ one.name }}, vắng {% if not one.excused %}không {% endif %}có \
lý do{% if one.reason %}: {{ one.reason }}{% endif %}.
for one in late | + Đồng chí {{ one.name }}, đến muộn\
{% if one.reason %}: {{ one.reason }}{% endif %}.
if exempt | - Được miễn công tác và sinh hoạt đảng: đồng chí {{ exempt|join(', đồng chí ') }}.
if special_duty | - Làm nhiệm vụ đặc biệt: đồng chí {{ special_duty|join(', đồng chí ') }}.
if names_erased | (Sổ tên của {{ words.sitting }} không còn được lưu giữ; biên bản này \
không ghi họ tên \
đồng chí vắng mặt và đồng chí phát biểu.)
{%p if reviewed %}
# {{ part.review }}- KẾT QUẢ THỰC HIỆN NGHỊ QUYẾT KỲ TRƯỚC
@reviewed
{%p endif %}
{%p if agenda %}
# {{ part.discussion }}- NỘI DUNG, DIỄN BIẾN {{ words.sitting|upper }}
{%p for item in agenda %}
{%p if item.classified %}
## {{ item.number }}. Nội dung mật, ghi ở sổ riêng.
{%p else %}
## {{ item.number }}. {{ item.title }}{% if item.times %} ({{ item.times }}){% endif %}
{%p endif %}
if item.presenter | _Người trình bày:_ {{ item.presenter|sentence }}
if item.prompts | _Gợi ý thảo luận:_ {{ item.prompts|join(' ')|sentence }}
if item.dues | _Đảng phí:_ {% if item.dues.members is not none %}\
{{ item.dues.members|two_digits }} đồng chí đã đóng{% endif %}\
{% if item.dues.members is not none and item.dues.amount %}; {% endif %}\
{% if item.dues.amount %}số tiền {{ item.dues.amount }} đồng{% endif %}.
if item.summary | {{ item.summary }}
if item.speeches | & _Ý kiến phát biểu:_
for one in item.speeches | - SPEAKER: {{ one.text }}
if item.answer.sender | & _Trả lời của {{ item.answer.sender }}:_
for line in item.answer.lines | - {{ line }}
if item.answer.found | Chi bộ thấy: {{ item.answer.found }}\
{% if item.answer.hands %} ({{ item.answer.hands }}){% endif %}\
{% if item.answer.reason %}; còn vướng: {{ item.answer.reason }}{% endif %}.
if item.opinions | & _Ý kiến, kiến nghị được ghi nhận:_
for one in item.opinions | - SPEAKER: {{ one.text }}
for vote in item.votes | _Biểu quyết:_ {{ vote.question|sentence }} Kết quả: TALLY; PASSED.
if item.conclusion | _Kết luận:_ {{ item.conclusion }}
if item.tasks | & _Phân công nhiệm vụ:_
for task in item.tasks | TASK{% if task.owner or task.due %}){% endif %}.
{%p endfor %}
{%p endif %}
{%p if carried %}
# {{ part.carried }}- VIỆC CHUYỂN SANG {{ words.term|upper }} SAU
for one in carried | - {{ one.title }}{% if one.times %} (đã chuyển {{ one.times|two_digits }} lần)\
{% endif %}. Lý do: {{ one.reason|sentence }}
{%p endif %}
{%p if part.adoption %}
# {{ part.adoption }}- BIỂU QUYẾT THÔNG QUA
for vote in resolution_votes | - Nghị quyết: TALLY; PASSED.
for vote in minutes_votes | - Biên bản: TALLY; PASSED.
{%p endif %}
& {% if end %}{{ words.sitting|capital }} kết thúc lúc {{ end.time }} {{ end.day }}\
{% if minutes_votes %}; biên bản đã được đọc lại và biểu quyết tại {{ words.sitting }}{% endif %}\
{% else %}{{ words.sitting|capital }} chưa kết thúc{% endif %}{{ end_mark }}
"""
RESOLUTION = """\
{{ words.body|capital }} họp lúc {{ start.time }}, {{ start.day }}\
{% if place %}, tại {{ place }}{% endif %}\
{% if length %}; thời gian \
{% if words.sitting == 'buổi sinh hoạt' %}sinh hoạt{% else %}họp{% endif %} \
{{ length }} phút{% endif %}\
{% if chair.name %}; chủ trì: đồng chí {{ chair.name }}\
{% if chair.post %}, {{ chair.post }}{% endif %}{% endif %}.
{{ words.roll }}: HEADCOUNT; thuộc diện phải dự: {{ counts.due|two_digits }} đồng chí. Có mặt: \
{{ counts.present|two_digits }} đồng chí{% if counts.rate %}, đạt {{ counts.rate }}{% endif %}; \
vắng có lý do: {{ counts.excused|two_digits }}; \
vắng không có lý do: {{ counts.unexcused|two_digits }}\
{% if counts.exempt_present %}; đảng viên được miễn sinh hoạt đến dự: \
{{ counts.exempt_present|two_digits }} đồng chí{% endif %}.
Sau khi thảo luận, {{ words.body }} \
{% if resolution_votes and not resolution_votes[0].passed %}không thông qua dự thảo nghị quyết sau:\
{% else %}thống nhất ra nghị quyết như sau:{% endif %}
# I- KIỂM ĐIỂM VIỆC THỰC HIỆN NGHỊ QUYẾT KỲ TRƯỚC
{%p if reviewed %}
@reviewed
{%p else %}
Không có nhiệm vụ của kỳ trước phải kiểm điểm tại kỳ sinh hoạt này.
{%p endif %}
# II- PHƯƠNG HƯỚNG, NHIỆM VỤ
if directions | {{ directions }}
{%p for item in conclusions %}
## {{ loop.index }}. {{ item.title }}
if item.conclusion | {{ item.conclusion }}
for task in item.tasks | TASK{% if task.owner or task.due %}; {% else %} ({% endif %}báo cáo tại \
{{ words.term }} {{ task.reported }}).
{%p endfor %}
if not directions and not conclusions | {{ words.body|capital }} tiếp tục thực hiện \
các nhiệm vụ đã đề ra.
# III- PHÂN CÔNG THỰC HIỆN
{%p if assigned %}
@assigned
{%p else %}
Kỳ này {{ words.body }} không phân công nhiệm vụ riêng cho từng đồng chí.
{%p endif %}
for vote in resolution_votes | & Kết quả biểu quyết: TALLY. {% if vote.passed %}Nghị quyết được \
{{ words.body }} thông qua; các đồng chí {{ words.members }} căn cứ nhiệm vụ được phân công \
tổ chức thực hiện \
và báo cáo kết quả đúng kỳ{% else %}Nghị quyết không được {{ words.body }} thông qua{% endif %}\
{{ end_mark }}
if not resolution_votes | & Dự thảo nghị quyết, {{ words.body }} chưa biểu quyết{{ end_mark }}
"""
# Corrections stand beneath the signatures: what was sealed is never changed.
NOTES = """\
for one in notes | Đính chính {{ one.day }}: {{ one.text|sentence }}{% if one.by %} \
(Người ghi: {{ one.by }}.){% endif %}
"""
NOTICE = """\
{{ words.body|capital }} thông báo đến các đồng chí {{ words.members }} về \
{{ words.sitting }} sắp tới như sau:
# 1. Thời gian, địa điểm
- Thời gian: {{ start.time }}, {{ start.day }}.
if place | - Địa điểm: {{ place|sentence }}
# 2. Thành phần
- Các đồng chí {{ words.members }}{% if joint %}; họp chung với {{ joint|join(', ') }}{% endif %}.
if guests | - Đại biểu cấp trên, khách mời: {{ guests|sentence }}
if chair.name | - Chủ trì: Đồng chí {{ chair.name }}\
{% if chair.post %}, {{ chair.post }}{% endif %}.
# 3. Nội dung
if subject | Nội dung chính: {{ subject|sentence }}
{%p for item in agenda %}
if not item.classified | ({{ item.number }}) {{ item.title }}{% if item.minutes %} \
({{ item.minutes }} phút){% endif %}{% if item.presenter %}; trình bày: {{ item.presenter }}\
{% endif %}.
if item.classified | ({{ item.number }}) Nội dung mật, thông báo riêng.
for one in item.prompts | - {{ one }}
{%p endfor %}
if documents | Tài liệu: {{ documents|join('; ')|sentence }}
& Đề nghị các đồng chí nghiên cứu trước nội dung, chuẩn bị ý kiến và có mặt đúng giờ; \
đồng chí nào vắng mặt xin báo trước với chủ trì và nói rõ lý do{{ end_mark }}
"""
FORM = """\
Thời gian dự kiến: {{ start.time }}, {{ start.day }}\
{% if place %}; địa điểm: {{ place }}{% endif %}.
if subject | Nội dung chính: {{ subject|sentence }}
# I- ĐIỂM DANH
& Mỗi đồng chí đánh dấu X vào một ô; đến muộn hoặc vắng thì ghi lý do.
@people
Đại biểu, khách mời: ~
{%p if reviewed %}
# NHIỆM VỤ KỲ TRƯỚC
& Ghi một chữ: X xong, D đang làm, C chưa làm, K không làm được; và kết quả cụ thể.
@told
{%p endif %}
# II- NỘI DUNG
{%p for item in agenda %}
{%p if item.classified %}
## {{ item.number }}. Nội dung mật, ghi ở sổ riêng, không ghi ở đây.
{%p else %}
## {{ item.number }}. {{ item.title }} ({{ item.minutes }} phút\
{% if item.presenter %}; trình bày: {{ item.presenter }}{% endif %})
{%p endif %}
for one in item.prompts | - {{ one }}
if item.business == 'dues' | Số đồng chí đã đóng đảng phí: ……… Số tiền: ……………………… đồng
if item.answer.sender | & _Đọc trước chi bộ, trả lời của {{ item.answer.sender }}:_
for line in item.answer.lines | - {{ line }}
if item.answer.sender | Chi bộ thấy (đánh dấu X): đã giải quyết ☐  một phần ☐  chưa ☐. \
Giơ tay: ……… / ……… / ……… Còn vướng: ~
if item.lines | & _Ai phát biểu, ý kiến gì:_
for line in item.lines | ~
if item.lines | _Kết luận:_ ~
if item.lines | ~
{%p endfor %}
# III- BIỂU QUYẾT
& Bỏ phiếu kín thì ghi thêm số phiếu phát ra, thu về, không hợp lệ.
@votes
# IV- NHIỆM VỤ GIAO TẠI BUỔI HỌP
@blank
# V- PHƯƠNG HƯỚNG, GIỜ HỌP
Phương hướng: ~
~
~
Bắt đầu: …… giờ …… phút. Kết thúc: …… giờ …… phút, ngày …… tháng …… năm ………
"""
YEAR_PLAN = """\
Căn cứ nhiệm vụ năm {{ year }}, {{ words.body }} xây dựng kế hoạch sinh hoạt chuyên đề như sau:
{%p if topics %}
@topics
{%p else %}
Chưa có chuyên đề nào được ghi vào kế hoạch.
{%p endif %}
if note | {{ note }}
& Đề nghị các đồng chí được phân công chuẩn bị nội dung trước kỳ sinh hoạt; việc thay đổi chuyên \
đề trong năm được báo cáo lại cấp ủy cấp trên{{ end_mark }}
"""
BOOK = """\
{%p if edition == 'gui-cap-tren' %}
Bản gửi cấp trên: không ghi họ tên người phát biểu, người vắng mặt.
{%p endif %}
# MỤC LỤC
{%p if meetings %}
@meetings
{%p else %}
Trong năm chưa có biên bản nào được chốt.
{%p endif %}
"""
# Of each column: width in mm, head, field, whether centred.
TABLES: dict[str, tuple[str, tuple[tuple[float, str, str, bool], ...]]] = {
    "reviewed": (
        "one in reviewed",
        (
            (11, "TT", "{{ loop.index }}", True),
            (
                55,
                "Nhiệm vụ",
                "{{ one.task }}{% if one.due %} (thời hạn: {{ one.due }}){% endif %}"
                "{% if one.times %}; báo cáo lần thứ {{ one.times }}{% endif %}",
                False,
            ),
            (35, "Người thực hiện", "{{ one.owner or 'Chi bộ' }}", False),
            (26, "Tình trạng đầu kỳ", "{{ one.at_start }}", False),
            (
                38,
                "Kết quả",
                "{{ one.state }}{% if one.result %}: {{ one.result }}{% endif %}",
                False,
            ),
        ),
    ),
    "assigned": (
        "task in assigned",
        (
            (11, "TT", "{{ loop.index }}", True),
            (38, "Người thực hiện", "{{ task.owner or 'Chi bộ' }}", False),
            (57, "Nhiệm vụ", "{{ task.task }}", False),
            (27, "Thời hạn", "{{ task.due }}", True),
            (32, "Kỳ báo cáo", "{{ task.reported }}", True),
        ),
    ),
    "people": (
        "one in people",
        (
            (10, "TT", "{{ loop.index }}", True),
            (
                50,
                "Họ và tên",
                "{{ one.name }}{% if one.standing %} ({{ one.standing }}){% endif %}",
                False,
            ),
            (14, "Có mặt", "", True),
            (17, "Muộn", "", True),
            (16, "Vắng có lý do", "", True),
            (18, "Vắng không lý do", "", True),
            (40, "Lý do", "", False),
        ),
    ),
    "told": (
        "one in reviewed",
        (
            (10, "TT", "{{ loop.index }}", True),
            (
                62,
                "Nhiệm vụ",
                "{{ one.task }}{% if one.due %} (thời hạn: {{ one.due }}){% endif %}",
                False,
            ),
            (33, "Người thực hiện", "{{ one.owner }}", False),
            (14, "X, D, C, K", "", True),
            (46, "Kết quả", "", False),
        ),
    ),
    "votes": (
        "one in questions",
        (
            (49, "Nội dung", "{{ one }}", False),
            (18, "Tán thành", "", True),
            (18, "Không tán thành", "", True),
            (18, "Ý kiến khác", "", True),
            (20, "Phát ra", "", True),
            (20, "Thu về", "", True),
            (22, "Không hợp lệ", "", True),
        ),
    ),
    "blank": (
        "one in blank_tasks",
        (
            (10, "TT", "{{ loop.index }}", True),
            (80, "Nhiệm vụ", "", False),
            (47, "Ai làm", "", False),
            (28, "Thời hạn", "", True),
        ),
    ),
    "topics": (
        "one in topics",
        (
            (11, "TT", "{{ loop.index }}", True),
            (30, "Tháng", "{{ one.month }}", True),
            (84, "Chuyên đề", "{{ one.title }}", False),
            (40, "Người trình bày", "{{ one.presenter }}", False),
        ),
    ),
    "meetings": (
        "one in meetings",
        (
            (26, "Tháng", "{{ one.month }}", True),
            (26, "Ngày họp", "{{ one.day }}", True),
            (75, "Nội dung", "Biên bản {{ one.kind }}", False),
            (20, "Số", "{{ one.number }}", True),
            (18, "Trang", "{{ one.bookmark }}", True),
        ),
    ),
}
# Rows people write into by hand are as high as a line of handwriting.
BY_HAND = frozenset({"people", "told", "votes", "blank"})
SEAL = "{% if seal %}Mã chốt biên bản: {{ seal }}{% else %}Bản thảo, chưa chốt{% endif %}"
SENT_UP = """\
{% if edition == 'gui-cap-tren' %} (Bản gửi cấp trên: không ghi họ tên \
người phát biểu, người vắng mặt){% endif %}"""
