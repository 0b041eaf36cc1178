from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "nenmong.core"
