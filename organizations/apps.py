from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "organizations"
    verbose_name = "Organizations"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added, authenticator_reset

        from organizations.accounts import traces
        from organizations.accounts.second_factor import remember_new_factor

        authenticator_added.connect(remember_new_factor)
        authenticator_reset.connect(remember_new_factor)
        traces.listen()
