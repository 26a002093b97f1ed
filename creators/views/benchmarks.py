"""Every published benchmark beside our own percentiles, and clean beside raw rates."""

from django.http import HttpResponse

from config.lib.htmx import render_page
from creators.forms.numbers import BenchmarkFilterForm
from creators.logic.benchmarks import OWN_FROM, targets
from creators.queries.benchmarks import cells, clean_and_raw, published
from team.requests import Request


def benchmarks(request: Request) -> HttpResponse:
    """The table of all figures that the address asks for."""
    form = BenchmarkFilterForm(request.GET)
    wanted = form.wanted()
    own = cells(wanted.platform, wanted.tier)
    context = {
        "form": form,
        "rows": published(wanted),
        "own": own,
        "sides": clean_and_raw(own),
        "own_from": OWN_FROM,
        "targets": targets(),
    }
    return render_page(request, "creators/benchmarks.html", context, partial="rows")
