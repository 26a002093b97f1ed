"""Links and codes for a wave of 1,000, in one press: `python -m benchmarks.wave`.

Prints a line a figure, `name value bound ok|short`; exit 1 where a bar is missed. The second press finds everything
made. Works with embedded servers of its own in a temporary folder.
"""

from benchmarks.measure import installed, line, timed

DEALS = 1_000
BAR = 2


def main() -> int:
    """Print the figures; 1 if a bar is missed."""
    with installed():
        return int(_measure())


def _measure() -> bool:
    from django.utils import timezone  # noqa: PLC0415 (Django is set up just now)
    from django_scopes import scope  # noqa: PLC0415

    from benchmarks.links import make as fill  # noqa: PLC0415
    from campaigns.actions.links import LinkWish, make  # noqa: PLC0415
    from campaigns.models import Campaign, TrackingLink  # noqa: PLC0415

    fill(DEALS)
    campaign = Campaign.objects.with_scopes_disabled().select_related("brand").get()
    with scope(brand=campaign.brand):
        TrackingLink.objects.all().delete()
        wish = LinkWish(destination="https://shop.example/")
        first = line(
            f"links_and_codes_for_{DEALS}_seconds", timed(lambda: make(campaign, wish, now=timezone.now())), BAR
        )
        second = line(
            f"the_same_press_again_for_{DEALS}_seconds", timed(lambda: make(campaign, wish, now=timezone.now())), BAR
        )
        made = TrackingLink.objects.count()
    if made != DEALS:
        raise SystemExit(f"{made} links were made instead of {DEALS}")
    return bool(first or second)


if __name__ == "__main__":
    raise SystemExit(main())
