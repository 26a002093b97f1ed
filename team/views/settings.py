"""The settings: brands, people, you. Each is a page of its own under the same tabs."""

from http import HTTPStatus

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render

from team.requests import Request


def settings(request: Request) -> HttpResponse:
    """Settings begin with the brands."""
    return redirect("team:brands")


def settings_page(
    request: Request, template: str, *, tab: str, form: BaseForm | None = None, **context: object
) -> HttpResponse:
    """One of the pages, under tabs that show only where the person may go. A form with mistakes is a 422."""
    wrong = form is not None and form.is_bound
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    may = {"decides": request.rights.decides, "owns_everything": request.rights.owns_everything}
    return render(request, template, {"tab": tab, "form": form, **may, **context}, status=status)
