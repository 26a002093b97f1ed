"""A file of public numbers, for platforms that no provider covers, and for histories."""

from django import forms

from config.lib.uploads import TableFileField
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
    file = TableFileField(most_mb=20)
