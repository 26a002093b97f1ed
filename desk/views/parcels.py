"""Products to creators chosen from the list, for no deal."""

from django.http import HttpResponse

from campaigns.queries.parcels import targets_of_creators
from campaigns.views.parcels import send_page
from desk.views.bulk import as_shown
from desk.views.creators import address_of, asked_of, brand_of, chosen_creators
from team.requests import Request


@as_shown
def send_to_creators(request: Request) -> HttpResponse:
    """Products of the brand whose list this is to those selected, or to all that its filter finds."""
    asked = asked_of(request)
    creators, _ = chosen_creators(request, asked.wanted)
    return send_page(
        request, brand_of(request), targets_of_creators(creators), back=address_of(asked.query), about=""
    )
