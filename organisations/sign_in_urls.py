"""Addresses of signing in: the few of allauth's that have a page here, under its names."""

from django.urls import URLPattern, URLResolver, path

from organisations.views import sign_in, signed_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("login", sign_in.sign_in, name="account_login"),
    path("login/code", sign_in.enter_code, name="account_confirm_login_code"),
    path("login/again", sign_in.start_again, name="sign_in_again"),
    path("login/ask", sign_in.to_sign_in, name="account_request_login_code"),
    path("signup", sign_in.to_sign_in, name="account_signup"),
    path("logout", sign_in.sign_out, name="account_logout"),
    path("here", signed_in.here, name="account_here"),
    path("sessions", signed_in.sessions, name="account_sessions"),
    path("sessions/end", signed_in.end, name="account_session_end"),
    path("sessions/end-others", signed_in.end_others, name="account_sessions_end_others"),
    path("devices/<int:device_id>/forget", signed_in.forget_device, name="account_device_forget"),
    path("second-step", sign_in.second_step, name="mfa_index"),
    path("second-step/code", sign_in.enter_app_code, name="mfa_authenticate"),
    path("second-step/code-again", sign_in.enter_app_code_again, name="mfa_reauthenticate"),
    path("second-step/app", sign_in.add_app, name="mfa_activate_totp"),
    path("second-step/off", sign_in.remove_app, name="mfa_deactivate_totp"),
    path("second-step/recovery", sign_in.show_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-step/recovery/new",
        sign_in.make_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]
