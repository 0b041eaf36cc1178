from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "nenmong.flows"

    def ready(self) -> None:
        from nenmong.flows import rolls  # noqa: F401, PLC0415 -- its import registers the flows
