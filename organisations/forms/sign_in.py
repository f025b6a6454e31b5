"""The fields of signing in: an e-mail address, then the code sent to it."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, LoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.http import HttpRequest, HttpResponse

from organisations.nhs_forms import nhs_helper
from organisations.sign_in import KEEP_SIGNED_IN


class SignInForm(LoginForm):  # type: ignore[misc]
    """Asks for the e-mail; the code goes there if somebody here has it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.EmailField(
            label="E-mail address",
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
            error_messages={
                "required": "Enter your e-mail address.",
                "invalid": "Enter an e-mail address, like name@example.nhs.uk.",
            },
        )
        self.fields["remember"].label = "Keep me signed in for 30 days"
        self.fields["remember"].help_text = "Only on a device that you alone use."
        self.order_fields(["login", "remember"])
        self.helper = nhs_helper("Send me a code")

    def clean_login(self) -> str:
        """Lower case, as addresses are kept."""
        return str(self.cleaned_data["login"]).strip().lower()

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Remembers the wish to stay signed in until the code is entered."""
        response: HttpResponse = super().login(request, redirect_url=redirect_url)
        request.session[KEEP_SIGNED_IN] = bool(self.cleaned_data["remember"])
        return response


def _code_field(form: forms.Form, label: str, hint: str) -> None:
    field = form.fields["code"]
    field.label, field.help_text = label, hint
    field.error_messages["required"] = "Enter the code."
    field.widget.attrs = {"autocomplete": "one-time-code", "class": "nhsuk-input--width-10"}
    field.max_length = 40  # type: ignore[attr-defined]


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code from the e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, "Code", "Eight letters, with or without the hyphen.")
        self.helper = nhs_helper("Sign in")


class AppCodeForm(AuthenticateForm):  # type: ignore[misc]
    """The second step: a code from the authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, "Code from your app", "Six figures, or one of your recovery codes.")
        self.helper = nhs_helper("Sign in")


class AppCodeAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The app's code again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, "Code from your app", "Six figures, or one of your recovery codes.")
        self.helper = nhs_helper("Go on")


class AddAppForm(ActivateTOTPForm):  # type: ignore[misc]
    """Proves that the app was set up with our key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, "Code that the app shows", "Six figures.")
        self.helper = nhs_helper("Switch on")
