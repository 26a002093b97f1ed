"""Previous versions of what people edit, kept by database triggers, so that bulk updates are caught too."""

import pghistory
import pgtrigger


def keeps_history(**options):
    """Class decorator: store the old row on each update and delete."""
    return pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old, level=pghistory.Statement),
        pghistory.DeleteEvent(row=pghistory.Old, level=pghistory.Statement),
        **options,
    )


def stays(name: str) -> pgtrigger.Protect:
    """The trigger that keeps a table append-only; thinning and erasing pass it in their own named places."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)
