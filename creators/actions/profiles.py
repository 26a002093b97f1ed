"""Which of a creator's profiles is the main one."""

from django.db import transaction

from creators.models import Creator, Profile


@transaction.atomic
def settle_main(creator: Creator, wanted: Profile | None) -> None:
    """Make `wanted` the main profile; without it the present one stays, or else the one with most followers."""
    profiles = list(Profile.objects.select_for_update().filter(creator=creator).order_by("pk"))
    main = next((profile for profile in profiles if wanted and profile.pk == wanted.pk), None)
    main = main or next((profile for profile in profiles if profile.is_main), None)
    main = main or max(profiles, key=lambda profile: profile.followers or 0, default=None)
    if main is None or main.is_main:
        return
    Profile.objects.filter(creator=creator, is_main=True).update(is_main=False)
    Profile.objects.filter(pk=main.pk).update(is_main=True)
