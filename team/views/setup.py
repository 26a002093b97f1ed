"""The doors that open by a link of one use: set-up, invitation, and the way back in.

A GET only shows the door, so a mail program that looks ahead does not use the link up.
"""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from team.actions import login_links, people
from team.actions import setup as actions
from team.actions.brands import BrandRefused
from team.actions.users import AddressTaken
from team.forms import NewPersonForm, SetupForm
from team.models import Invitation, User

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@sensitive_post_parameters("password")
def setup(request: HttpRequest, token: str) -> HttpResponse:
    """Make the owner and the first brand, sign in, and begin."""
    if not actions.is_open(token, now=timezone.now()):
        return _over(request, "setup")
    form = SetupForm(request.POST or None)
    if request.method != "POST":
        return render(request, "team/setup.html", {"form": form})
    if form.is_valid():
        try:
            user = actions.set_up(token, **form.cleaned_data, now=timezone.now())
            return _come_in(request, user)
        except actions.LinkIsOver:
            return _over(request, "setup")
        except (AddressTaken, BrandRefused) as refusal:
            form.add_error(None, str(refusal))
    return render(request, "team/setup.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@never_cache
def login_link(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a link that `manage.py login_link` printed."""
    now = timezone.now()
    if request.method == "POST" and (user := login_links.use_login_link(token, now=now)):
        return _come_in(request, user)
    if not login_links.is_open(token, now=now):
        return _over(request, "login")
    return render(request, "team/login_link.html")


@never_cache
@sensitive_post_parameters("password")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Join a team: as somebody new, or as the person who is signed in with the invited address."""
    found = people.open_invitation(token, now=timezone.now())
    if found is None:
        return _over(request, "invitation")
    if isinstance(request.user, User):
        return _join_as_known(request, request.user, found, token)
    if User.objects.filter(email=found.email).exists():
        return render(request, "team/invitation.html", {"invitation": found, "must_sign_in": True})
    return _join_as_new(request, found, token)


def _join_as_known(request: HttpRequest, user: User, found: Invitation, token: str) -> HttpResponse:
    context: dict[str, object] = {"invitation": found, "is_mine": user.email == found.email}
    if request.method != "POST":
        return render(request, "team/invitation.html", context)
    try:
        people.join_as(user, token, now=timezone.now())
    except people.PeopleRefused as refusal:
        context["refusal"] = str(refusal)
        return render(request, "team/invitation.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, f"You are in: {found.brand or 'every brand'}.")
    return redirect("desk:today")


def _join_as_new(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    form = NewPersonForm(request.POST or None, email=found.email)
    context = {"invitation": found, "form": form}
    if request.method != "POST":
        return render(request, "team/invitation.html", context)
    if form.is_valid():
        try:
            return _come_in(request, people.join_as_new(token, **form.cleaned_data, now=timezone.now()))
        except (people.PeopleRefused, AddressTaken) as refusal:
            form.add_error(None, str(refusal))
    return render(request, "team/invitation.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _come_in(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user, backend=BACKEND)
    return redirect("desk:today")


def _over(request: HttpRequest, door: str) -> HttpResponse:
    return render(request, "team/link_over.html", {"door": door}, status=HTTPStatus.GONE)
