from django.apps import AppConfig

from config.lib.fields import say_what_to_do


class TroupeConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        say_what_to_do()
        from config import checks  # noqa: F401, PLC0415 - registers the system checks
