from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "kanal.post"
    label = "post"
    default_auto_field = "django.db.models.BigAutoField"
