"""Previous versions of what people edit, kept by database triggers, so that bulk updates are caught too."""

import pghistory


def keeps_history(**options):
    """Class decorator: store the old row on each update and delete."""
    return pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old, level=pghistory.Statement),
        pghistory.DeleteEvent(row=pghistory.Old, level=pghistory.Statement),
        **options,
    )
