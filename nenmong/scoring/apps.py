from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "nenmong.scoring"
    label = "scoring"
