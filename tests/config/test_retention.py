"""That config/retention.toml names all personal data, and docs/privacy.md tells the same."""

from pathlib import Path

import pytest
from django.db import models
from django.test.utils import isolate_apps

from config import checks
from config.lib.retention import entries

PAGE = Path(__file__).resolve().parents[2] / "docs" / "privacy.md"


def test_our_own_models_all_say_how_personal_data_goes():
    assert checks.every_entry_of_retention_says_all() + checks.what_may_name_somebody_has_an_entry() == []


@isolate_apps("team")
def test_a_new_text_without_an_entry_is_an_error(monkeypatch):
    class Diary(models.Model):
        text = models.TextField()
        kind = models.CharField(max_length=8)
        shade = models.CharField(max_length=4, choices=[("red", "Red")])

        class Meta:
            app_label = "team"

        def __str__(self) -> str:
            return self.text

    monkeypatch.setattr(checks, "our_models", lambda: [Diary])

    problem = checks.what_may_name_somebody_has_an_entry()[0]

    assert problem.id == "troupe.E006"
    assert "team.Diary: say in config/retention.toml what text holds" in problem.msg


@pytest.mark.parametrize(
    ("label", "entry"),
    [
        ("team.Ghost", {"what": "x", "why": "x", "fields": [], "gone": "x", "days": 1}),
        ("team.User", {"what": "x", "why": "x", "fields": ["ghost"], "gone": "x", "days": 1}),
        ("team.User", {"what": "x", "why": "x", "fields": ["name"], "gone": "x"}),
    ],
)
def test_an_entry_that_does_not_say_all_is_an_error(label, entry, monkeypatch):
    monkeypatch.setattr(checks, "entries", lambda: {label: entry})

    assert [problem.id for problem in checks.every_entry_of_retention_says_all()] == ["troupe.E005"]


def line_of(label: str, entry: dict) -> str:
    days = entry.get("kept") or f"{entry['days']} days"
    return f"| {label} | {entry['what']} | {entry['why']} | {days} | {entry['gone']} |"


def test_the_page_about_privacy_repeats_every_entry():
    page = PAGE.read_text(encoding="utf-8")

    missing = [line for line in (line_of(*each) for each in entries().items()) if line not in page]

    assert not missing, "docs/privacy.md lacks, or tells otherwise:\n" + "\n".join(missing)
