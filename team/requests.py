"""The request as our middleware leaves it."""

from contextlib import ExitStack

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from team.models import Brand, User
from team.queries import Rights


class Request(HttpRequest):
    """A request of a signed-in person. `brands` are those in which they have the role that the route asks for."""

    user: User
    htmx: HtmxDetails
    rights: Rights
    brands: list[Brand]
    brand: Brand | None
    open_scopes: ExitStack
