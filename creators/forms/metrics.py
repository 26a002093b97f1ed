"""A file of public numbers, for platforms that no provider covers, and for histories."""

from typing import Any

from django import forms

from config.lib.files import MAX_BYTES
from creators.enums import Question

KINDS = [
    (Question.PROFILE, "Counters by day: followers, following, posts, likes, views"),
    (Question.POSTS, "Posts with their counts"),
    (Question.COMMENTS, "Comments under posts"),
    (Question.FOLLOWERS, "A sample of followers"),
]


class MetricsFileForm(forms.Form):
    """What the file holds, and the file."""

    question = forms.ChoiceField(label="What the file holds", choices=KINDS)
    file = forms.FileField(
        label="CSV or Excel file",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.txt,text/csv"}),
    )

    def clean_file(self) -> Any:
        """Small enough to be read while the person waits."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError("This file is larger than 20 MB. Split it.")
        return file
