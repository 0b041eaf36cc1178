"""The wording the Word templates begin with; `word_templates.py` makes the files of it."""

TALLY = """\
{{ vote.agree }}/{{ vote.base }} đồng chí tán thành\
{% if vote.against %}, {{ vote.against|two_digits }} đồng chí không tán thành{% endif %}\
{% if vote.other %}, {{ vote.other|two_digits }} đồng chí có ý kiến khác{% endif %}"""
PASSED = "{% if vote.passed %}được thông qua{% else %}không được thông qua{% endif %}"
HEADCOUNT = """\
{{ counts.total|two_digits }} đồng chí; trong đó chính thức: {{ counts.official|two_digits }}, \
dự bị: {{ counts.probationary|two_digits }}, \
sinh hoạt tạm thời: {{ counts.temporary|two_digits }}"""
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
- Tổng số đảng viên của chi bộ: HEADCOUNT.
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
if names_erased | (Sổ tên của buổi sinh hoạt không còn được lưu giữ; biên bản này không ghi họ tên \
đồng chí vắng mặt và đồng chí phát biểu.)
{%p if reviewed %}
# {{ part.review }}- KẾT QUẢ THỰC HIỆN NGHỊ QUYẾT KỲ TRƯỚC
@reviewed
{%p endif %}
{%p if agenda %}
# {{ part.discussion }}- NỘI DUNG, DIỄN BIẾN BUỔI SINH HOẠT
{%p for item in agenda %}
## {{ item.number }}. {{ item.title }}{% if item.times %} ({{ item.times }}){% endif %}
if item.summary | {{ item.summary }}
if item.speeches | & _Ý kiến phát biểu:_
for one in item.speeches | - SPEAKER: {{ one.text }}
if item.opinions | & _Ý kiến, kiến nghị được ghi nhận:_
for one in item.opinions | - SPEAKER: {{ one.text }}
for vote in item.votes | _Biểu quyết:_ {{ vote.question|sentence }} Kết quả: TALLY; PASSED.
if item.conclusion | _Kết luận:_ {{ item.conclusion }}
if item.tasks | & _Phân công nhiệm vụ:_
for task in item.tasks | TASK{% if task.owner or task.due %}){% endif %}.
{%p endfor %}
{%p endif %}
{%p if carried %}
# {{ part.carried }}- VIỆC CHUYỂN SANG KỲ SINH HOẠT SAU
for one in carried | - {{ one.title }}{% if one.times %} (đã chuyển {{ one.times|two_digits }} lần)\
{% endif %}. Lý do: {{ one.reason|sentence }}
{%p endif %}
{%p if part.adoption %}
# {{ part.adoption }}- BIỂU QUYẾT THÔNG QUA
for vote in resolution_votes | - Nghị quyết: TALLY; PASSED.
for vote in minutes_votes | - Biên bản: TALLY; PASSED.
{%p endif %}
& {% if end %}Buổi sinh hoạt kết thúc lúc {{ end.time }} {{ end.day }}\
{% if minutes_votes %}; biên bản đã được đọc lại và biểu quyết tại buổi sinh hoạt{% endif %}\
{% else %}Buổi sinh hoạt chưa kết thúc{% endif %}{{ end_mark }}
"""
RESOLUTION = """\
Chi bộ họp lúc {{ start.time }}, {{ start.day }}{% if place %}, tại {{ place }}{% endif %}\
{% if length %}; thời gian sinh hoạt {{ length }} phút{% endif %}\
{% if chair.name %}; chủ trì: đồng chí {{ chair.name }}\
{% if chair.post %}, {{ chair.post }}{% endif %}{% endif %}.
Tổng số đảng viên: HEADCOUNT; thuộc diện phải dự: {{ counts.due|two_digits }} đồng chí. Có mặt: \
{{ counts.present|two_digits }} đồng chí{% if counts.rate %}, đạt {{ counts.rate }}{% endif %}; \
vắng có lý do: {{ counts.excused|two_digits }}; \
vắng không có lý do: {{ counts.unexcused|two_digits }}\
{% if counts.exempt_present %}; đảng viên được miễn sinh hoạt đến dự: \
{{ counts.exempt_present|two_digits }} đồng chí{% endif %}.
Sau khi thảo luận, chi bộ \
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
kỳ sinh hoạt {{ task.reported }}).
{%p endfor %}
if not directions and not conclusions | Chi bộ tiếp tục thực hiện các nhiệm vụ đã đề ra.
# III- PHÂN CÔNG THỰC HIỆN
{%p if assigned %}
@assigned
{%p else %}
Kỳ này chi bộ không phân công nhiệm vụ riêng cho từng đồng chí.
{%p endif %}
for vote in resolution_votes | & Kết quả biểu quyết: TALLY. {% if vote.passed %}Nghị quyết được \
chi bộ thông qua; các đồng chí đảng viên căn cứ nhiệm vụ được phân công tổ chức thực hiện \
và báo cáo kết quả đúng kỳ{% else %}Nghị quyết không được chi bộ thông qua{% endif %}{{ end_mark }}
if not resolution_votes | & Dự thảo nghị quyết, chi bộ chưa biểu quyết{{ end_mark }}
"""
# Of each column: width in mm, head, field, whether centred.
TABLES = {
    "reviewed": (
        "one in reviewed",
        (11, "TT", "{{ loop.index }}", True),
        (
            55,
            "Nhiệm vụ",
            "{{ one.task }}{% if one.due %} (thời hạn: {{ one.due }}){% endif %}",
            False,
        ),
        (35, "Người thực hiện", "{{ one.owner or 'Chi bộ' }}", False),
        (26, "Tình trạng đầu kỳ", "{{ one.at_start }}", False),
        (38, "Kết quả", "{{ one.state }}{% if one.result %}: {{ one.result }}{% endif %}", False),
    ),
    "assigned": (
        "task in assigned",
        (11, "TT", "{{ loop.index }}", True),
        (38, "Người thực hiện", "{{ task.owner or 'Chi bộ' }}", False),
        (57, "Nhiệm vụ", "{{ task.task }}", False),
        (27, "Thời hạn", "{{ task.due }}", True),
        (32, "Kỳ báo cáo", "{{ task.reported }}", True),
    ),
}
SEAL = "{% if seal %}Mã chốt biên bản: {{ seal }}{% else %}Bản thảo, chưa chốt{% endif %}"
SENT_UP = """\
{% if edition == 'gui-cap-tren' %} (Bản gửi cấp trên: không ghi họ tên \
người phát biểu, người vắng mặt){% endif %}"""
