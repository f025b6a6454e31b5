"""Users, units, roles, access, API tokens and the audit log: the ground floor."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "organisations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """A session begins with a sign-in; a changed second step ends the others."""
        from allauth.mfa.signals import (
            authenticator_added,
            authenticator_removed,
            authenticator_reset,
        )
        from django.contrib.auth.signals import user_logged_in

        from organisations.views.beginnings import begin_session, end_others

        user_logged_in.connect(begin_session)
        for changed in (authenticator_added, authenticator_removed, authenticator_reset):
            changed.connect(end_others)
