from django.apps import AppConfig


class StationeryConfig(AppConfig):
    name = "kanal.stationery"
    label = "stationery"
    default_auto_field = "django.db.models.BigAutoField"
