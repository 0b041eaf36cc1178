from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "nenmong.meetings"

    def ready(self) -> None:
        from nenmong.meetings import jobs  # noqa: F401, PLC0415 -- its import registers the jobs
