from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    name = "kanal.readings"
    label = "readings"
    default_auto_field = "django.db.models.BigAutoField"
