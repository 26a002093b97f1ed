"""Creators whose signals a person confirmed stay out of new deals, unless somebody overrules that with a reason."""

from collections.abc import Iterable, Mapping

from campaigns.models import Campaign, Deal
from creators.queries.assessments import Confirmation, confirmed


class SignalsConfirmed(Exception):
    """Somebody among the creators has confirmed signals; the text names one and says what to do."""


def overrules(campaign: Campaign, creator_ids: Iterable[int], *, reason: str) -> dict[int, str]:
    """The reason for each creator who comes into the campaign against confirmed signals.

    Raises `SignalsConfirmed` for such a creator without a reason. Who is in the campaign already is not asked about.
    """
    found = newly_confirmed(campaign, creator_ids)
    if found and not reason.strip():
        raise SignalsConfirmed(words_of(next(iter(found.values()))))
    return dict.fromkeys(found, reason.strip()[:300])


def newly_confirmed(campaign: Campaign, creator_ids: Iterable[int]) -> Mapping[int, Confirmation]:
    """Creators with confirmed signals who are not in the campaign yet."""
    found = confirmed(creator_ids)
    if not found:
        return {}
    there = set(Deal.objects.filter(campaign=campaign, creator__in=list(found)).values_list("creator_id", flat=True))
    return {creator: each for creator, each in found.items() if creator not in there}


def words_of(confirmation: Confirmation) -> str:
    """The sentence for people."""
    return (
        f"Signals of {confirmation.profile} were confirmed: {confirmation.reason.rstrip('.')}. "
        "Give a reason to add this creator all the same."
    )
