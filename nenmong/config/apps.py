from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "nenmong.config"
