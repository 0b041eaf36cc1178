"""Addresses of tasks between two meetings."""

from django.urls import path

from nenmong.meetings.views import tasks

urlpatterns = [
    path("don-vi/<uid:uid>/nhiem-vu/", tasks.table, name="tasks"),
    path("don-vi/<uid:uid>/nhiem-vu.xlsx", tasks.sheet, name="tasks_xlsx"),
    path("buoi/<uid:uid>/giao-lai/", tasks.renew, name="renew_task"),
    path("nhiem-vu/<uid:uid>/", tasks.page, name="task"),
    path("nhiem-vu/<uid:uid>/tien-do/", tasks.note_progress, name="note_progress"),
    path("nhiem-vu/<uid:uid>/da-xong/", tasks.declare, name="declare_done"),
    path("nhiem-vu/<uid:uid>/chua-xong/", tasks.take_back, name="take_back_declaration"),
]
