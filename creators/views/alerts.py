"""What happened to profiles that a manager should hear of once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from config.lib.htmx import render_page
from config.lib.ids import ids_of
from config.lib.paging import page_of
from creators.actions import alerts
from creators.forms.alerts import AlertFilterForm
from creators.models import Alert
from creators.queries.alerts import alerts_matching
from team.enums import Role
from team.requests import Request


@require_safe
def alert_list(request: Request) -> HttpResponse:
    """The alerts that the address asks for; without a wish those still open."""
    form = AlertFilterForm(request.GET)
    context = {
        "form": form,
        "page": page_of(request, alerts_matching(form.wanted())),
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
        "query": request.GET.urlencode(),
        "may_edit": bool(request.rights.brands(Role.MANAGER)),
    }
    return render_page(request, "creators/alerts.html", context, partial="rows")


@require_POST
def set_done(request: Request) -> HttpResponse:
    """Mark the chosen alerts, or one by its own button, or all that the address finds, as seen to."""
    chosen = alerts_matching(AlertFilterForm(request.GET).wanted())
    if request.POST.get("all") != "yes":
        given = request.POST.getlist("one") or request.POST.getlist("ids")
        ids = ids_of(given)
        chosen = Alert.objects.filter(pk__in=ids)
    done = alerts.done(chosen.values_list("pk", flat=True), by=request.user, now=timezone.now())
    messages.success(request, f"{done} alert{'' if done == 1 else 's'} done.")
    return redirect(f"{reverse('creators:alerts')}?{request.GET.urlencode()}")
