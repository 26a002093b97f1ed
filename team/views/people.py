"""Who is on the team: inviting, changing roles, showing out."""

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from team import queries
from team.actions import people as actions
from team.forms import InviteForm, RoleForm
from team.models import Invitation
from team.requests import Request
from team.views.settings import settings_page

LINK_ONCE = "invitation_link"


@never_cache
def people(request: Request) -> HttpResponse:
    """The people of my brands and the open invitations; a POST invites somebody."""
    form = InviteForm(
        request.POST or None, brands=request.brands, everything=request.rights.owns_everything,
        initial={"brand": request.brand.pk if request.brand else None},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            return _invite(request, form)
        except actions.PeopleRefused as refusal:
            form.add_error("email", str(refusal))
    return settings_page(request, "team/people.html", tab="people", form=form, **_lists(request))


@require_POST
def person_role(request: Request, pk: int) -> HttpResponse:
    """Change what a person may do."""
    membership = get_object_or_404(queries.managed_memberships(request.rights), pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose owner, manager or viewer.")
        return redirect("team:people")
    try:
        actions.change_role(membership, role=form.cleaned_data["role"], by=request.user)
        messages.success(request, f"{membership.user} now has another role.")
    except actions.PeopleRefused as refusal:
        messages.error(request, str(refusal))
    return _back(request)


def person_remove(request: Request, pk: int) -> HttpResponse:
    """Ask first, since a slip would lock somebody out; on POST, take the person's role away."""
    membership = get_object_or_404(queries.managed_memberships(request.rights), pk=pk)
    if request.method != "POST":
        return settings_page(request, "team/person_remove.html", tab="people", membership=membership)
    try:
        actions.remove(membership, by=request.user)
        messages.success(request, f"{membership.user} is no longer in {membership.brand or 'every brand'}.")
    except actions.PeopleRefused as refusal:
        messages.error(request, str(refusal))
    return _back(request)


@require_POST
def invitation_revoke(request: Request, pk: int) -> HttpResponse:
    """End an open invitation."""
    invitation = get_object_or_404(queries.managed_invitations(request.rights), pk=pk)
    actions.revoke(invitation, by=request.user)
    messages.success(request, f"The invitation of {invitation.email} no longer works.")
    return redirect("team:people")


def _invite(request: Request, form: InviteForm) -> HttpResponse:
    invitation, token = actions.invite(
        email=form.cleaned_data["email"], role=form.cleaned_data["role"], brand=form.chosen_brand(), by=request.user,
        now=timezone.now(),
    )  # fmt: skip
    link = settings.SITE_URL + reverse("team:invitation", args=[token])
    if settings.EMAIL_URL:
        _mail(invitation, link)
    # Only the hash of the token is kept, so the link can be shown this once.
    request.session[LINK_ONCE] = {"email": invitation.email, "link": link}
    return redirect("team:people")


def _mail(invitation: Invitation, link: str) -> None:
    text = render_to_string("team/mail/invitation.txt", {"invitation": invitation, "link": link})
    send_mail(f"Join {invitation.brand or 'the team'} on Troupe", text, None, [invitation.email], fail_silently=True)


def _lists(request: Request) -> dict[str, object]:
    managed = list(queries.managed_memberships(request.rights))
    shown = {membership.pk for membership in managed}
    return {
        "managed": [(membership, RoleForm(initial={"role": membership.role})) for membership in managed],
        "others": [each for each in queries.members_everywhere() if each.pk not in shown],
        "invitations": queries.managed_invitations(request.rights),
        "now": timezone.now(),
        "fresh": request.session.pop(LINK_ONCE, None),
    }


def _back(request: Request) -> HttpResponse:
    """To the list, unless the person has just given up their own right to see it."""
    return redirect("team:people" if queries.rights_of(request.user).decides else "desk:today")
