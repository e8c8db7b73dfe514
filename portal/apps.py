from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from portal.audit.append_only import tell_sqlite

        connection_created.connect(tell_sqlite)
