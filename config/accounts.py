"""The addresses of allauth that Troupe uses: sign in and out, confirm an address, change and reset a password.

Its sign-up, address list and code pages are left out: people come in by the set-up link or by invitation.
"""

from allauth.account.urls import urlpatterns as every_route
from django.urls import path

from team.views.accounts import reset_password

USED = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_change_password",
    "account_set_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

urlpatterns = [
    path("password/reset/", reset_password, name="account_reset_password"),
    *(route for route in every_route if route.name in USED),
]
