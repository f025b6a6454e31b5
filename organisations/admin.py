"""Pages for operators, who run the site: organisations and users, nothing that anybody answered."""

from django import forms
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode

from organisations.actions.sessions import end_sessions, forget_devices
from organisations.forms.text_fields import LineField
from organisations.models import Organisation, User


class OperatorsSite(admin.AdminSite):
    """A site of its own, so that no package can register anything here. No passwords."""

    site_header = site_title = "Fitness for Improvement: operators"
    index_title = "Organisations and users"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Without the pages that change a password."""
        return [
            address
            for address in super().get_urls()
            if not str(getattr(address, "name", "")).startswith("password_change")
        ]

    @method_decorator(login_not_required)
    def login(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """The sign-in page that everybody uses; a person who is no operator goes to the start."""
        if request.user.is_authenticated:
            return redirect("start")
        back = urlencode({"next": reverse("admin:index")})
        return redirect(f"{reverse('account_login')}?{back}")


operators = OperatorsSite()


class NamesAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # no generic at run time
    """Names as everywhere: nothing invisible gets in."""

    def formfield_for_dbfield(
        self, db_field: "models.Field[object, object]", request: HttpRequest, **kwargs: object
    ) -> forms.Field | None:
        """What is a plain text and no address, choice or slug, is one line."""
        if type(db_field) is models.CharField:
            kwargs = {"form_class": LineField, **kwargs}
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Organisation, site=operators)
class OrganisationAdmin(NamesAdmin):
    """Tenants. They are made by `create_organisation`, which also gives them an administrator."""

    list_display = ("name", "slug", "time_zone")
    search_fields = ("name", "slug")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """By command only."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Never: the audit trail stays."""
        return False


@admin.register(User, site=operators)
class UserAdmin(NamesAdmin):
    """Accounts across organisations. Administrators invite people; operators switch them off."""

    list_display = ("email", "name", "is_active", "is_staff")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active", "is_staff", "is_superuser")

    def save_model(
        self, request: HttpRequest, obj: User, form: "forms.ModelForm[User]", change: bool
    ) -> None:
        """Whoever gets another address or is switched off is signed out everywhere."""
        super().save_model(request, obj, form, change)
        end_sessions(obj)
        forget_devices(obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """By invitation only."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Never: an administrator erases the person instead."""
        return False
