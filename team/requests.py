"""The request as our middleware leaves it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from team.models import Brand, User


class Request(HttpRequest):
    """A request of a signed-in person. `brands` are those in which they have the role that the route asks for."""

    user: User
    htmx: HtmxDetails
    brands: list[Brand]
    brand: Brand | None
