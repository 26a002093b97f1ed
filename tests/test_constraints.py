"""The database refuses what must never be: rows that no other test tries to write, each by the constraint's name.

Each row is written whole and taken back, then written with one thing wrong; without such a thing, it is written twice.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scopes_disabled

from campaigns import models as c
from creators import models as m
from creators.models.peers import ExpectationCell, LimitCell, NormCell
from team.models import Document, Job
from tests.factories import NOW, TODAY, make_brand, make_campaign, make_creator, make_deal, make_user

DAY = timedelta(days=1)
_FIVE = {"p01": 1, "p05": 2, "p50": 3, "p95": 4, "p99": 5, "n": 9, "version": "1", "made_at": NOW}


class World:
    """One deal and what hangs on it."""

    def __init__(self) -> None:
        self.deal = make_deal(make_campaign(make_brand()))
        self.brand, self.creator, self.profile = self.deal.brand, self.deal.creator, self.deal.profile
        self.other = make_brand()

    def post(self) -> m.Post:
        return m.Post.objects.create(profile=self.profile, platform_id="1")

    def note(self) -> m.Note:
        return m.Note.objects.create(brand=self.brand, creator=self.creator, text="x")

    def right(self, **fields: Any) -> m.Right:
        told = {"brand": self.brand, "creator": self.creator, "during": (TODAY, None), **fields}
        return m.Right.objects.create(kind="paid", place="tiktok", **told)

    def content(self, **fields: Any) -> m.Content:
        return m.Content.objects.create(**{"brand": self.brand, "creator": self.creator, "title": "Tea", **fields})

    def document(self) -> Document:
        told = {"file_name": "x.pdf", "content_type": "application/pdf", "size": 1, "sha256": "0" * 64}
        return Document.objects.create(brand=self.brand, kind="contract", title="x", file="x.pdf", **told)

    def sample(self) -> m.CommentSample:
        return m.CommentSample.objects.create(post=self.post(), seen_at=NOW, source="csv", n=1)


ROWS: dict[Any, Any] = {
    c.Campaign: lambda w: {"brand": w.brand, "slug": "plain", "name": "Plain", "starts_on": TODAY, "ends_on": TODAY},
    c.Code: lambda w: {"brand": w.brand, "creator": w.creator, "code": "TEA", "starts_on": TODAY, "ends_on": TODAY},
    c.SeenCode: lambda w: {"brand": w.brand, "folded": "TEA"},
    c.Deal: lambda w: {
        "brand": w.brand, "campaign": w.deal.campaign, "creator": (ana := make_creator()),
        "profile": ana.profiles.get(), "starts_on": TODAY, "ends_on": TODAY,
    },
    c.DealDocument: lambda w: {"brand": w.brand, "document": w.document(), "deal": w.deal},
    c.RosterRow: lambda w: {"job": Job.objects.create(kind="x", brand=w.brand), "brand": w.brand, "line": 2},
    c.ImportedRow: lambda w: {
        "job": Job.objects.create(kind="x", brand=w.brand), "brand": w.brand, "creator": w.creator, "line": 2
    },
    m.RightsCalendar: lambda w: {"brand": w.brand, "label": "Phone", "made_by": make_user()},
    m.RightReminder: lambda w: {"brand": w.brand, "right": w.right(), "days": 3, "right_ends_on": TODAY},
    m.Creator: lambda w: {"name": "Ana", "formats": ["reel"]},
    m.Profile: lambda w: {"creator": w.creator, "platform": "youtube", "handle": "ana.b"},
    m.Contact: lambda w: {"creator": w.creator, "kind": "email", "value": "ana@example.com"},
    m.CreatorDocument: lambda w: {
        "brand": w.brand, "document": w.document(), "creator": w.creator, "right": w.right()
    },
    m.Duplicate: lambda w: {"first": w.creator, "second": make_creator(), "score": 1},
    m.Merge: lambda w: {"kept": w.creator, "kept_then": w.creator.pk, "gone": 0, "gone_name": "Ana"},
    m.PersonRecord: lambda w: {"number": 1, "act": "erased"},
    NormCell: lambda w: {"platform": "tiktok", "tier": "nano", "measure": "x", **_FIVE},
    ExpectationCell: lambda w: {"platform": "tiktok", "measure": "x", "base": 1, **_FIVE},
    LimitCell: lambda w: {
        "platform": "tiktok", "tier": "nano", "watch": 1, "flagged": 2, "n": 9, "version": "1", "made_at": NOW
    },
    m.Post: lambda w: {"profile": w.profile, "platform_id": "7"},
    m.PostSnapshot: lambda w: {"post": w.post(), "seen_at": NOW, "source": "csv", "likes": 1},
    m.CommentSample: lambda w: {"post": w.post(), "seen_at": NOW, "source": "csv", "n": 1},
    m.Comment: lambda w: {
        "sample": (sample := w.sample()), "post": sample.post, "profile": w.profile, "platform_id": "c1",
        "author": "a", "text": "x", "score_version": "1",
    },
    m.AudienceSample: lambda w: {
        "profile": w.profile, "seen_at": NOW, "source": "csv", "n": 9, "suspicious": 1, "score_version": "1"
    },
    m.Pulse: lambda w: {"creator": w.creator, "rate": 2.0, "verdict": "above", "made_at": NOW},
    m.Refresh: lambda w: {
        "profile": w.profile, "platform": "tiktok", "question": "posts", "every": DAY, "due_at": NOW
    },
    m.Spending: lambda w: {"source": "sociavault", "begins_on": TODAY, "ends_on": TODAY + DAY, "budget": 9},
    m.Relationship: lambda w: {"brand": w.brand, "creator": w.creator},
    m.Note: lambda w: {"brand": w.brand, "creator": w.creator, "text": "x"},
    m.Mention: lambda w: {"brand": w.brand, "note": w.note(), "user": make_user()},
    m.CreatorReport: lambda w: {"brand": w.brand, "post": w.post(), "seen_at": NOW, "reach": 5, "impressions": 9},
    m.PlatformPermission: lambda w: {
        "brand": w.brand, "right": w.right(), "kind": "spark", "code": "#1", "starts_on": TODAY, "days": 30
    },
    m.Sighting: lambda w: {
        "brand": w.brand, "creator": w.creator, "place": "tiktok", "seen_on": TODAY, "content": w.content()
    },
    m.ProfileSnapshot: lambda w: {"profile": w.profile, "seen_at": NOW, "source": "csv", "followers": 9},
}  # fmt: skip

_OTHER_BRAND: Any = {"brand": lambda w: w.other}
WRONG: list[tuple[str, Any, dict[str, Any]]] = [
    ("campaign_slug_is_plain", c.Campaign, {"slug": "Not plain"}),
    ("campaign_ends_after_it_starts", c.Campaign, {"ends_on": TODAY - DAY}),
    ("campaign_discount_is_a_percentage", c.Campaign, {"discount_percent": 101}),
    ("campaign_category_is_lower_case", c.Campaign, {"category": "Tea"}),
    ("campaign_amounts_are_not_negative", c.Campaign, {"budget": -1}),
    ("campaign_kpi_is_known", c.Campaign, {"kpi": "fame"}),
    ("code_is_not_blank", c.Code, {"code": " "}),
    ("code_ends_after_it_starts", c.Code, {"ends_on": TODAY - DAY}),
    ("one_mark_per_seen_code", c.SeenCode, {}),
    ("one_deal_per_campaign_and_creator", c.Deal, {}),
    ("deal_commission_is_a_percentage", c.Deal, {"commission_percent": 101}),
    ("deal_ends_after_it_starts", c.Deal, {"ends_on": TODAY - DAY}),
    ("deal_status_is_known", c.Deal, {"status": "lost"}),
    ("deal_format_is_known", c.Deal, {"format": "song"}),
    ("deal_document_is_of_its_documents_brand", c.DealDocument, _OTHER_BRAND),
    ("one_roster_row_per_line", c.RosterRow, {}),
    ("one_imported_row_per_line", c.ImportedRow, {}),
    ("calendar_has_a_label", m.RightsCalendar, {"label": ""}),
    ("reminder_is_of_its_rights_brand", m.RightReminder, _OTHER_BRAND),
    ("creator_has_a_name", m.Creator, {"name": ""}),
    ("creator_formats_are_known", m.Creator, {"formats": ["song"]}),
    ("one_profile_per_creator_and_platform", m.Profile, {"handle": "other", "platform": "tiktok"}),
    ("one_main_profile_per_creator", m.Profile, {"is_main": True}),
    ("profile_handle_is_lower_case_without_at", m.Profile, {"handle": "@Ana"}),
    ("profile_platform_is_known", m.Profile, {"platform": "radio"}),
    ("one_contact_of_a_kind_and_value", m.Contact, {}),
    ("contact_kind_is_known", m.Contact, {"kind": "pigeon"}),
    ("creator_document_is_of_its_rights_brand", m.CreatorDocument, {"right": lambda w: w.right(brand=w.other)}),
    ("creator_document_is_of_its_rights_creator", m.CreatorDocument,
     {"right": lambda w: w.right(creator=make_creator())}),
    ("one_duplicate_per_pair", m.Duplicate, {}),
    ("duplicate_names_the_older_creator_first", m.Duplicate, {"second": lambda w: w.creator}),
    ("duplicate_state_is_known", m.Duplicate, {"state": "maybe"}),
    ("dismissed_duplicate_has_a_reason", m.Duplicate, {"state": "dismissed"}),
    ("one_standing_merge_per_creator", m.Merge, {}),
    ("merge_is_of_two_creators", m.Merge, {"gone": lambda w: w.creator.pk}),
    ("person_act_is_known", m.PersonRecord, {"act": "forgot"}),
    ("one_norm_per_cell_and_measure", NormCell, {}),
    ("one_expectation_per_platform_and_measure", ExpectationCell, {}),
    ("one_limit_per_cell", LimitCell, {}),
    ("one_post_per_profile_and_platform_id", m.Post, {}),
    ("post_has_a_platform_id", m.Post, {"platform_id": ""}),
    ("one_post_snapshot_at_a_moment", m.PostSnapshot, {}),
    ("one_comment_sample_at_a_moment", m.CommentSample, {}),
    ("one_comment_per_post_and_platform_id", m.Comment, {}),
    ("one_audience_sample_at_a_moment", m.AudienceSample, {}),
    ("suspicious_are_among_the_sampled", m.AudienceSample, {"suspicious": 10}),
    ("pulse_verdict_is_known", m.Pulse, {"verdict": "superb"}),
    ("pulse_verdict_has_a_rate", m.Pulse, {"rate": None}),
    ("one_refresh_per_profile_and_question", m.Refresh, {}),
    ("running_refresh_has_a_lease", m.Refresh, {"state": "running"}),
    ("one_spending_per_provider_and_period", m.Spending, {}),
    ("spending_stays_within_the_budget", m.Spending, {"used": 10}),
    ("spending_period_lasts", m.Spending, {"ends_on": TODAY}),
    ("one_relationship_per_brand_and_creator", m.Relationship, {}),
    ("note_is_not_blank", m.Note, {"text": ""}),
    ("note_kind_is_known", m.Note, {"kind": "rumour"}),
    ("mention_is_of_its_notes_brand", m.Mention, _OTHER_BRAND),
    ("one_mention_per_note_and_person", m.Mention, {}),
    ("creator_report_says_something", m.CreatorReport, {"reach": None, "impressions": None}),
    ("reach_is_at_most_impressions", m.CreatorReport, {"reach": 10}),
    ("creator_report_is_reported", m.CreatorReport, {"source": "sociavault"}),
    ("permission_is_of_its_rights_brand", m.PlatformPermission, _OTHER_BRAND),
    ("one_permission_of_a_code_and_start", m.PlatformPermission, {}),
    ("sighting_is_of_its_contents_brand", m.Sighting, {"content": lambda w: w.content(brand=w.other)}),
    ("sighting_is_of_its_contents_creator", m.Sighting, {"content": lambda w: w.content(creator=make_creator())}),
    ("sighting_territory_is_two_capitals_or_none", m.Sighting, {"territory": "d"}),
    ("one_profile_snapshot_at_a_moment", m.ProfileSnapshot, {}),
    ("snapshot_step_is_at_least_one", m.ProfileSnapshot, {"followers_step": 0}),
    ("profile_snapshot_says_something", m.ProfileSnapshot, {"followers": None}),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "model", "wrong"), WRONG, ids=[name for name, *_ in WRONG])
@scopes_disabled()
def test_the_database_refuses(name, model, wrong):
    world = World()
    row = ROWS[model](world)
    with transaction.atomic():
        model._base_manager.create(**row)
        transaction.set_rollback(bool(wrong))
    changes = {field: told(world) if callable(told) else told for field, told in wrong.items()}

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model._base_manager.create(**row | changes)
