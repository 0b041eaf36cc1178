from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "nenmong.directives"
