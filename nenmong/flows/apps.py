from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "nenmong.flows"

    def ready(self) -> None:
        # Their import registers the flows.
        from nenmong.flows import directives, joint, opinions, rolls  # noqa: F401, PLC0415
