"""Exchange rates and the orders that wait for one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import pluralize
from django.utils import timezone
from django.views.decorators.http import require_POST

from config.lib.saving import posted, saved_or_refused
from results.actions.rates import add_rate, remove_rate
from results.forms.orders import RateForm
from results.models import ExchangeRate
from results.queries.orders import waiting_for_rate
from team.models import Brand
from team.requests import Request


def rates(request: Request) -> HttpResponse:
    """The rates, the bucket of orders without one, and a form that empties it."""
    brand = request.brand
    assert brand  # noqa: S101 - the middleware refuses people without a brand
    waiting = waiting_for_rate(brand)
    form = RateForm(posted(request), brand=brand, initial=_first(brand))
    if request.method == "POST" and form.is_valid():
        done = _added(form, brand, request)
        if done is not None:
            messages.success(request, f"Rate saved. {done} order{pluralize(done)} converted.")
            return redirect("results:rates")
    context = {"form": form, "brand": brand, "waiting": waiting, "rates": ExchangeRate.objects.filter(brand=brand)}
    return render(request, "results/rates.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take a mistaken rate away; its orders wait again."""
    wrong: ExchangeRate = get_object_or_404(ExchangeRate.objects.select_related("brand"), pk=pk)
    done = remove_rate(wrong, now=timezone.now())
    messages.success(
        request, f"Rate removed. {done} order{pluralize(done)} wait{pluralize(done, 's,')} for another one."
    )
    return redirect("results:rates")


def _first(brand: Brand) -> dict[str, object]:
    """The form is filled in for the first currency that waits."""
    waiting = waiting_for_rate(brand).first()
    return {"currency": waiting["currency"], "starts_on": waiting["first_at"].date()} if waiting else {}


def _added(form: RateForm, brand: Brand, request: Request) -> int | None:
    told = form.cleaned_data
    return saved_or_refused(form, lambda: add_rate(brand, by=request.user, now=timezone.now(), **told))
