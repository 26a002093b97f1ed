"""What happened to the creator as a person: stages, notes, edits, rates, signals, posts."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Count, F, Max, QuerySet
from django.db.models.functions import TruncMonth

from config.lib.words import count
from creators.enums import (
    AlertKind,
    CauseKind,
    ContactKind,
    ContentKind,
    Failure,
    Level,
    NoteKind,
    Platform,
    Question,
    RateFormat,
    RateKind,
    Ruling,
    Stage,
    Track,
)
from creators.models import (
    Alert,
    Assessment,
    Cause,
    Contact,
    Creator,
    LifecycleSpan,
    Note,
    Package,
    Post,
    Profile,
    Rate,
    Refresh,
    Relationship,
    Review,
)
from desk.queries.events import Asked, Facts, Kind, Row, Source, Told, changes, differences, on, paid, selected


def _spans(asked: Asked) -> QuerySet[Any]:
    spans = LifecycleSpan.objects.filter(creator=asked.creator)
    return selected(spans, at=F("during__startswith"), track=F("track"), stage=F("stage"), why=F("why"))


def _ended(asked: Asked) -> QuerySet[Any]:
    """Overlays that ended; a stage ends when the next begins."""
    spans = LifecycleSpan.objects.filter(creator=asked.creator, during__upper_inf=False).exclude(track=Track.STAGE)
    return selected(spans, at=F("during__endswith"), who=None, track=F("track"))


def _told_span(row: Row, asked: Asked) -> Told:
    is_stage = row.facts["track"] == Track.STAGE
    name = Stage(row.facts["stage"]).label if is_stage else Track(row.facts["track"]).label
    return Told(str(name), more=row.facts["why"], route="desk:creator_stage", args=(asked.creator.pk,))


def _told_ended(row: Row, asked: Asked) -> Told:
    if row.facts["track"] == Track.NOT_TOP:
        return Told("The figures decide again who is a top performer")
    return Told(f"No longer {str(Track(row.facts['track']).label).lower()}")


def _notes(asked: Asked) -> QuerySet[Any]:
    notes = Note.objects.filter(creator=asked.creator)
    return selected(notes, at="told_at", kind=F("kind"), text=F("text"))


def _told_note(row: Row, asked: Asked) -> Told:
    words = str(NoteKind(row.facts["kind"]).label)
    return Told(words, more=row.facts["text"], route="creators:notes", args=(asked.creator.pk,))


def _former_notes(asked: Asked) -> QuerySet[Any]:
    return changes(Note, ("text", "kind"), creator=asked.creator.pk, brand__in=asked.numbers)


def _told_former_note(row: Row, asked: Asked) -> Told | None:
    before, after = row.facts["before"], row.facts["after"]
    if row.facts["did"] == "delete":
        return Told("Removed a note", more=before["text"])
    if after is None or before == after:
        return None
    return Told("Changed a note", more=f"It said: {before['text']}")


_OF_CREATOR = {
    "name": "Name", "country": "Country", "region": "Region", "city": "City", "language": "Language",
    "niches": "Niches", "notes": "Notes", "formats": "Preferred formats", "availability": "Availability",
    "back_on": "Available again on", "no_contact_on": "Do not contact since",
    "no_contact_why": "Reason not to contact",
}  # fmt: skip
_OF_PROFILE = {"platform": "Platform", "handle": "Handle", "is_main": "Main profile"}
_OF_CONTACT = {"kind": "Kind", "value": "Contact"}
_OF_RELATIONSHIP = {"owner_id": "Owner", "tags": "Tags", "angles": "Angles that worked"}


def _edits(asked: Asked) -> QuerySet[Any]:
    return changes(Creator, tuple(_OF_CREATOR), pgh_obj=asked.creator.pk)


def _profiles(asked: Asked) -> QuerySet[Any]:
    return changes(Profile, tuple(_OF_PROFILE), creator=asked.creator.pk)


def _contacts(asked: Asked) -> QuerySet[Any]:
    return changes(Contact, tuple(_OF_CONTACT), creator=asked.creator.pk)


def _relationships(asked: Asked) -> QuerySet[Any]:
    return changes(Relationship, tuple(_OF_RELATIONSHIP), creator=asked.creator.pk, brand__in=asked.numbers)


def _said(name: str, value: Any) -> str:
    if name == "formats" and value:
        return ", ".join(str(RateFormat(each).label) for each in value)
    if name in ("back_on", "no_contact_on"):
        return on(value)
    if name == "owner_id":
        return "somebody" if value else "nobody"
    return str(ContactKind(value).label) if name == "kind" and value in ContactKind.values else ""


def _told_edit(
    names: Mapping[str, str], noun: str, gone: Callable[[Facts], str]
) -> Callable[[Row, Asked], Told | None]:
    def told(row: Row, asked: Asked) -> Told | None:
        if row.facts["did"] == "delete":
            return Told(f"Removed {noun} {gone(row.facts['before'])}".strip())
        words = differences(row.facts, names, _said) if row.facts["after"] else ""
        job = row.facts["job"]
        link = ("team:job", (int(job),)) if job else ("", ())
        return Told(f"Changed {noun}", more=words, route=link[0], args=link[1]) if words else None

    return told


def _begun(asked: Asked) -> QuerySet[Any]:
    return selected(
        Creator.objects.filter(pk=asked.creator.pk), at="created_at", who=None, brand=None, name=F("name")
    )


def _rates(asked: Asked) -> QuerySet[Any]:
    rates = Rate.objects.filter(profile__creator=asked.creator)
    return selected(
        rates, at="made_at", kind=F("kind"), format=F("format"), amount=F("amount"), currency=F("currency"),
        day=F("quoted_on"), note=F("note"), platform=F("profile__platform"),
    )  # fmt: skip


def _told_rate(row: Row, asked: Asked) -> Told:
    facts = row.facts
    amount = paid(facts["amount"], facts["currency"])
    words = f"{RateKind(facts['kind']).label}: {amount} for {RateFormat(facts['format']).label}"
    more = f"{Platform(facts['platform']).label}, {on(facts['day'])}{'. ' if facts['note'] else ''}{facts['note']}"
    return Told(words, more=more, route="creators:rates", args=(asked.creator.pk,))


def _packages(asked: Asked) -> QuerySet[Any]:
    packages = Package.objects.filter(creator=asked.creator)
    return selected(packages, at="made_at", name=F("name"), amount=F("amount"), currency=F("currency"))


def _told_package(row: Row, asked: Asked) -> Told:
    words = f"Package {row.facts['name']}: {paid(row.facts['amount'], row.facts['currency'])}"
    return Told(words, route="creators:rates", args=(asked.creator.pk,))


def _assessments(asked: Asked) -> QuerySet[Any]:
    found = Assessment.objects.filter(profile__creator=asked.creator)
    return selected(
        found, at="made_at", who=None, brand=None, key="profile_id", level=F("level"), flagged=F("flagged"),
        watched=F("watched"), signals=F("signals"), platform=F("profile__platform"),
    )  # fmt: skip


def _told_assessment(row: Row, asked: Asked) -> Told:
    facts = row.facts
    told = {*facts["flagged"], *facts["watched"]}
    names = ", ".join(each["name"] for each in facts["signals"] if each["code"] in told)
    words = f"Signals on {Platform(facts['platform']).label}: {str(Level(facts['level']).label).lower()}"
    return Told(words, more=names, route="creators:signal", args=(row.key,))


def _reviews(asked: Asked) -> QuerySet[Any]:
    found = Review.objects.filter(profile__creator=asked.creator)
    facts = {name: F(name) for name in ("code", "ruling", "reason")}
    return selected(found, at="made_at", brand=None, key="profile_id", **facts)


def _told_review(row: Row, asked: Asked) -> Told:
    what = f"signal {row.facts['code']}" if row.facts["code"] else "the assessment"
    words = f"{Ruling(row.facts['ruling']).label} {what}"
    return Told(words, more=row.facts["reason"], route="creators:signal", args=(row.key,))


def _alerts(asked: Asked) -> QuerySet[Any]:
    found = Alert.objects.filter(profile__creator=asked.creator)
    return selected(found, at="raised_at", who=None, brand=None, key="profile_id", kind=F("kind"), words=F("words"))


def _told_alert(row: Row, asked: Asked) -> Told:
    words = f"Alert: {str(AlertKind(row.facts['kind']).label).lower()}"
    return Told(words, more=row.facts["words"], route="creators:signal", args=(row.key,))


def _causes(asked: Asked) -> QuerySet[Any]:
    found = Cause.objects.filter(profile__creator=asked.creator)
    facts = {"kind": F("kind"), "note": F("note"), "day": F("happened_on")}
    return selected(found, at="made_at", brand=None, **facts)


def _told_cause(row: Row, asked: Asked) -> Told:
    words = f"{CauseKind(row.facts['kind']).label} on {on(row.facts['day'])}"
    return Told(words, more=row.facts["note"], route="creators:numbers", args=(asked.creator.pk,), query="#growth")


def _failures(asked: Asked) -> QuerySet[Any]:
    found = Refresh.objects.failed().filter(profile__creator=asked.creator, failed_at__isnull=False)
    return selected(
        found, at="failed_at", who=None, brand=None, question=F("question"), failure=F("failure"),
        words=F("failure_words"), platform=F("platform"), stopped=F("stopped_at"),
    )  # fmt: skip


def _told_failure(row: Row, asked: Asked) -> Told:
    facts = row.facts
    question, platform = Question(facts["question"]).label, Platform(facts["platform"]).label
    words = f"{question} on {platform}: {str(Failure(facts['failure']).label).lower()}"
    return Told(words, more=facts["words"] + ("; not asked again" if facts["stopped"] else ""))


def _campaign_posts(asked: Asked) -> QuerySet[Any]:
    found = Post.objects.filter(profile__creator=asked.creator, is_campaign=True, posted_at__isnull=False)
    facts = {
        "caption": F("caption"),
        "kind": F("kind"),
        "platform": F("profile__platform"),
        "profile": F("profile_id"),
    }
    return selected(found, at="posted_at", who=None, brand=None, **facts)


def _told_post(row: Row, asked: Asked) -> Told:
    facts = row.facts
    words = f"Posted for a campaign on {Platform(facts['platform']).label}"
    query = f"?profile={facts['profile']}&state=campaign"
    caption = facts["caption"][:200] or str(ContentKind(facts["kind"]).label)
    return Told(words, more=caption, route="creators:numbers_posts", args=(asked.creator.pk,), query=query)


def _other_posts(asked: Asked) -> QuerySet[Any]:
    """By month: a creator posts too often for a line each."""
    found = Post.objects.filter(profile__creator=asked.creator, is_campaign=False, posted_at__isnull=False)
    months = found.order_by().values("profile", "profile__platform", month=TruncMonth("posted_at"))
    facts = {"n": Count("pk"), "platform": F("profile__platform")}
    return selected(months, at=Max("posted_at"), who=None, brand=None, key="profile", **facts)


def _told_posts(row: Row, asked: Asked) -> Told:
    n = row.facts["n"]
    words = (
        f"{count(n)} other post{'' if n == 1 else 's'} on {Platform(row.facts['platform']).label} in {row.at:%B %Y}"
    )
    return Told(words, route="creators:numbers_posts", args=(asked.creator.pk,), query=f"?profile={row.key}")


def _first_seen(row: Row, asked: Asked) -> Told:
    return Told("Came onto the roster")


def _handle(before: Facts) -> str:
    return str(before.get("handle") or before.get("value") or "")


SOURCES = (
    Source("span", Kind.STAGES, _spans, _told_span),
    Source("span-ended", Kind.STAGES, _ended, _told_ended),
    Source("note", Kind.NOTES, _notes, _told_note),
    Source("note-before", Kind.EDITS, _former_notes, _told_former_note),
    Source("rate", Kind.RATES, _rates, _told_rate),
    Source("package", Kind.RATES, _packages, _told_package),
    Source("assessment", Kind.SIGNALS, _assessments, _told_assessment),
    Source("review", Kind.SIGNALS, _reviews, _told_review),
    Source("alert", Kind.SIGNALS, _alerts, _told_alert),
    Source("cause", Kind.SIGNALS, _causes, _told_cause),
    Source("failure", Kind.SIGNALS, _failures, _told_failure),
    Source("post", Kind.POSTS, _campaign_posts, _told_post),
    Source("posts", Kind.POSTS, _other_posts, _told_posts),
    Source("roster", Kind.EDITS, _begun, _first_seen),
    Source("edit", Kind.EDITS, _edits, _told_edit(_OF_CREATOR, "the creator", lambda before: "")),
    Source("profile", Kind.EDITS, _profiles, _told_edit(_OF_PROFILE, "a profile", _handle)),
    Source("contact", Kind.EDITS, _contacts, _told_edit(_OF_CONTACT, "a contact", _handle)),
    Source(
        "relationship", Kind.EDITS, _relationships,
        _told_edit(_OF_RELATIONSHIP, "what the brand keeps", lambda before: ""),
    ),
)  # fmt: skip
