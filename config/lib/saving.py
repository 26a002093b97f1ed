"""Saving a form when the database has the last word."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.db import DatabaseError, transaction
from django.http import HttpRequest, QueryDict

from config.lib.refusals import refusal_of

Saved = TypeVar("Saved")


def posted(request: HttpRequest) -> QueryDict | None:
    """What to bind a form to: the posted fields, be they none at all, or nothing for a GET."""
    return request.POST if request.method == "POST" else None


def saved_or_refused(form: forms.BaseForm, write: Callable[[], Saved]) -> Saved | None:
    """Run `write` in a transaction; where the database refuses, put the constraint's words on the form.

    None means refused: `form.errors` then says why.
    """
    try:
        with transaction.atomic():
            return write()
    except DatabaseError as error:
        form.add_error(None, refusal_of(error))
        return None
