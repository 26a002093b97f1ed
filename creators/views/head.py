"""The creator that a page is of, with what its head says."""

from django.http import Http404

from creators.models import Creator
from creators.queries.head import Head, head_of


def head_or_404(pk: int) -> Head:
    """The head of a creator's page; 404 where there is no such creator."""
    try:
        return head_of(pk)
    except Creator.DoesNotExist as missing:
        raise Http404 from missing
