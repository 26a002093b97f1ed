"""Taking in one checked file: the form's field, and the limit that holds before anything is read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from config.lib.files import ALLOWED, EXTENSIONS, MAX_BYTES, BadFile, checked, too_large

View = Callable[..., HttpResponseBase]
_REST = 256 * 1024  # what the other fields of a form may take


def at_most(limit: int = MAX_BYTES) -> Callable[[View], View]:
    """Refuse a request larger than a file of `limit` bytes with 413 in words, before any of it is read.

    A WSGI request never gives more than its `Content-Length` says. The CSRF token stands in the body, so it is looked
    for only after this check; whoever may not come in at all is refused before both.
    """

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            told = str(request.META.get("CONTENT_LENGTH") or "0")
            if not told.isdecimal() or int(told) > limit + _REST:
                _discard(request, 4 * limit)
                return render(request, "413.html", {"reason": too_large(limit)}, status=413)
            answer: HttpResponseBase = csrf_protect(view)(request, *args, **kwargs)
            return answer

        return limited

    return decorate


def _discard(request: HttpRequest, most: int) -> None:
    """Hear a somewhat too large file out, piece by piece: most browsers show no answer while they still send."""
    while most > 0 and (piece := request.read(64 * 1024)):
        most -= len(piece)


class TableFileField(forms.FileField):
    """A CSV or Excel file of at most `most_mb`. Its content decides what it is, not its name."""

    def __init__(self, *, most_mb: int = 5, **kwargs: Any) -> None:
        self.most_mb = most_mb
        widget = forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt,text/csv"})
        super().__init__(**{"label": "CSV or Excel file", "widget": widget, **kwargs})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse what is larger."""
        file = super().clean(data, initial)
        if file and file.size > self.most_mb << 20:
            raise forms.ValidationError(f"This file is larger than {self.most_mb} MB. Split it.")
        return file


class CheckedFileField(forms.FileField):
    """A PDF or picture of at most 20 MB that is what it says. The cleaned file has `.checked`, what it really is."""

    def __init__(self, **kwargs: Any) -> None:
        accept = ",".join(f".{each}" for each in EXTENSIONS)
        widget = forms.FileInput(attrs={"accept": accept})
        told = {"help_text": f"{ALLOWED}, up to {MAX_BYTES // (1024 * 1024)} MB.", "widget": widget, **kwargs}
        super().__init__(**told)
        self.error_messages["empty"] = "This file is empty. Choose another one."

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Judge the file by its content."""
        file = super().clean(data, initial)
        if file and data:
            try:
                file.checked = checked(file, name=file.name, size=file.size)
            except BadFile as refusal:
                raise forms.ValidationError(str(refusal)) from None
        return file
