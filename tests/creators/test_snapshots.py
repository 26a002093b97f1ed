"""What is stored of an answer: counts by time, edits, removals, changed handles; and what thinning leaves."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from creators.actions import posts, samples, snapshots
from creators.actions.thinning import thin
from creators.enums import AlertKind, Basis, ContentKind, Source
from creators.logic.authors import author_hash
from creators.logic.snapshots import Seen, changes_of, count_or_unknown, is_edit, is_other_account, missing_of
from creators.models import (
    Alert,
    AudienceSample,
    Comment,
    CommentSample,
    Post,
    PostSnapshot,
    Profile,
    ProfileSnapshot,
)
from creators.providers.errors import ProviderError
from creators.providers.records import Answer, CommentRecord, DayRecord, FollowerRecord, PostRecord, ProfileRecord
from tests.factories import NOW, make_creator

DAY = timedelta(days=1)


def answer(value, *, source=Source.DEMO, credits=1):
    return Answer(value=value, source=source, credits=credits, calls=1)


def profile_of(handle="ida", **fields):
    return make_creator(handle, **fields).profiles.get()


def told(handle="ida", **fields):
    return answer(ProfileRecord(platform_id="77", handle=handle, **fields))


def post(number, *, back, kind=ContentKind.REEL, **fields):
    return PostRecord(str(number), kind, posted_at=NOW - back * DAY, url=f"https://x.example/{number}", **fields)


def seen(number, *, back, kind=ContentKind.REEL):
    return Seen(str(number), kind, NOW - back * DAY, key=number)


@pytest.mark.parametrize("bad", [None, -1, 2**63, True, "5", 1.5, [1]])
def test_what_is_no_count_is_unknown(bad):
    assert count_or_unknown(bad) is None


@pytest.mark.parametrize(
    ("before", "after", "edited"),
    [
        ("Hello", "Hello you", False),  # a list cut it short
        ("Hello y…", "Hello you", False),
        ("Hello you", "Hello  you", False),
        ("Hello you", "", False),
        ("", "Hello", False),
        ("Buy this", "Buy that", True),
        ("Hello #ad", "Hello", False),
    ],
)
def test_an_edit_is_another_text_not_a_shorter_one(before, after, edited):
    assert is_edit(before, after) is edited


@pytest.mark.parametrize(
    ("known", "told_id", "other"),
    [
        ("1", "2", True),
        ("1", "1", False),
        ("", "2", False),
        ("1", "", False),
        ("17841400000000001", "25025320", False),
    ],
)
def test_two_kinds_of_instagram_ids_prove_nothing(known, told_id, other):
    assert is_other_account(known, told_id) is other


def test_a_post_is_missing_only_between_newer_and_older_ones():
    listed = [seen(number, back=number) for number in range(1, 11) if number != 4]

    assert missing_of([seen(4, back=4)], listed) == [seen(4, back=4)]
    assert missing_of([seen(11, back=11)], listed) == []
    assert missing_of([seen(0, back=0)], listed) == []


def test_three_pinned_posts_prove_nothing():
    listed = [*(seen(number, back=300 + number) for number in range(3)), *(seen(10 + n, back=n) for n in range(5))]

    assert missing_of([seen(99, back=30)], listed) == []


def test_stories_end_by_themselves():
    listed = [seen(number, back=number, kind=ContentKind.STORY) for number in range(1, 11) if number != 4]

    assert missing_of([seen(4, back=4, kind=ContentKind.STORY)], listed) == []


def test_a_post_of_another_id_is_known_by_its_address():
    known = [replace(seen(1, back=1), url="https://www.instagram.com/p/abc/")]
    changes = changes_of(known, [replace(seen(0, back=1), platform_id="x", url="http://instagram.com/p/abc?x=1")])

    assert (len(changes.new), len(changes.again)) == (0, 1)


@pytest.mark.parametrize(
    ("known", "told", "is_same"),
    [
        ("https://www.youtube.com/watch?v=first000001", "https://www.youtube.com/watch?v=second00002", False),
        ("https://www.youtube.com/watch?v=first000001", "https://youtube.com/watch?t=3&v=first000001", True),
        ("https://www.facebook.com/photo.php?fbid=1&set=a", "https://www.facebook.com/photo.php?fbid=2", False),
    ],
)
def test_the_part_of_an_address_that_names_the_post_counts(known, told, is_same):
    before = [replace(seen(1, back=2), url=known)]

    changes = changes_of(before, [replace(seen(2, back=1), url=told)])

    assert (len(changes.again), len(changes.new)) == ((1, 0) if is_same else (0, 1))


@pytest.mark.django_db
def test_a_snapshot_moves_the_profile_and_unknown_counts_do_not():
    profile = profile_of(followers=None)

    snapshots.store_profile(profile, told(followers=1200, posts=8), now=NOW)
    snapshots.store_profile(profile, told(following=9), now=NOW + DAY)

    profile.refresh_from_db()
    assert (profile.followers, profile.platform_id) == (1200, "77")
    assert list(ProfileSnapshot.objects.values_list("followers", "following")) == [(1200, None), (None, 9)]


@pytest.mark.django_db
def test_an_answer_without_any_count_is_no_snapshot():
    profile = profile_of(followers=500)

    snapshots.store_profile(profile, told(), now=NOW)

    profile.refresh_from_db()
    assert (profile.followers, ProfileSnapshot.objects.count()) == (500, 0)


@pytest.mark.django_db
def test_storing_the_same_answer_twice_changes_nothing():
    profile = profile_of()

    for _ in range(2):
        snapshots.store_profile(profile, told(followers=1200), now=NOW)
        posts.store_posts(profile, answer([post(1, back=3, likes=5)]), now=NOW)

    assert (ProfileSnapshot.objects.count(), Post.objects.count(), PostSnapshot.objects.count()) == (1, 1, 1)


@pytest.mark.django_db
def test_snapshots_are_append_only():
    snapshots.store_profile(profile_of(), told(followers=1200), now=NOW)

    with pytest.raises(DatabaseError), transaction.atomic():
        ProfileSnapshot.objects.update(followers=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        ProfileSnapshot.objects.all().delete()


@pytest.mark.django_db
def test_a_profile_is_followed_to_its_new_handle():
    profile = profile_of("ida")
    snapshots.store_profile(profile, told("ida", followers=10), now=NOW)

    snapshots.store_profile(Profile.objects.get(), told("Ida.New", followers=11), now=NOW + DAY)

    assert Profile.objects.get().handle == "ida.new"
    assert Alert.objects.get().words == "ida now calls itself ida.new. Links and codes keep working."


@pytest.mark.django_db
def test_a_handle_that_another_profile_has_is_told_and_not_taken():
    taken = profile_of("ida.new")
    profile = profile_of("ida")
    snapshots.store_profile(profile, told("ida", followers=10), now=NOW)

    for days in (1, 2):
        snapshots.store_profile(
            Profile.objects.get(handle="ida"), told("ida.new", followers=11), now=NOW + days * DAY
        )

    assert set(Profile.objects.values_list("handle", flat=True)) == {"ida", "ida.new"}
    assert Alert.objects.get().kind == AlertKind.HANDLE
    assert taken.snapshots.count() == 0


@pytest.mark.django_db
def test_numbers_of_another_account_under_the_old_handle_are_not_stored():
    profile = profile_of("ida")
    snapshots.store_profile(profile, told("ida", followers=10), now=NOW)

    with pytest.raises(ProviderError, match="another account"), transaction.atomic():
        snapshots.store_profile(
            Profile.objects.get(), answer(ProfileRecord("78", "ida", followers=99)), now=NOW + DAY
        )

    assert ProfileSnapshot.objects.count() == 1


@pytest.mark.django_db
def test_jumps_and_private_accounts_are_told_once():
    profile = profile_of()
    for day, followers in enumerate((1000, 1500, 1600)):
        snapshots.store_profile(profile, told(followers=followers, is_private=True), now=NOW + day * DAY)

    assert Counter(Alert.objects.values_list("kind", flat=True)) == {AlertKind.JUMP: 1, AlertKind.PRIVATE: 1}


@pytest.mark.django_db
def test_a_history_is_loaded_as_dated_snapshots():
    profile = profile_of(followers=None)
    days = [DayRecord(NOW - day * DAY, followers=1000 + day) for day in range(3)] + [DayRecord(NOW - 9 * DAY)]

    loaded = snapshots.store_days(profile, days, source=Source.CSV)

    profile.refresh_from_db()
    assert (loaded, profile.followers) == (3, 1000)
    assert set(ProfileSnapshot.objects.values_list("basis", "source")) == {(Basis.HISTORY, Source.CSV)}


@pytest.mark.django_db
def test_posts_keep_their_newest_known_counts():
    profile = profile_of()
    posts.store_posts(profile, answer([post(1, back=3, likes=5, views=100)]), now=NOW)

    posts.store_posts(profile, answer([post(1, back=3, views=150)]), now=NOW + DAY)

    kept = Post.objects.get()
    assert (kept.likes, kept.views, kept.counted_at) == (5, 150, NOW + DAY)
    assert list(PostSnapshot.objects.values_list("likes", "views")) == [(5, 100), (None, 150)]


@pytest.mark.django_db
def test_an_edited_caption_is_noticed():
    profile = profile_of()
    posts.store_posts(profile, answer([post(1, back=3, caption="Try this #ad", likes=1)]), now=NOW)

    posts.store_posts(profile, answer([post(1, back=3, caption="Just love it", likes=1)]), now=NOW + DAY)

    kept = Post.objects.get()
    assert (kept.caption, kept.edited_at) == ("Just love it", NOW + DAY)


@pytest.mark.django_db
def test_a_removed_post_is_noticed_told_and_may_come_back():
    profile = profile_of()
    everything = [post(number, back=number, likes=1) for number in range(1, 11)]
    posts.store_posts(profile, answer(everything), now=NOW)

    posts.store_posts(profile, answer([each for each in everything if each.platform_id != "4"]), now=NOW + DAY)
    removed = list(Post.objects.exclude(removed_at=None).values_list("platform_id", flat=True))
    posts.store_posts(profile, answer(everything), now=NOW + 2 * DAY)

    assert removed == ["4"]
    assert Alert.objects.get().kind == AlertKind.POST_REMOVED
    assert not Post.objects.exclude(removed_at=None).exists()


@pytest.mark.django_db
def test_another_providers_list_removes_nothing():
    profile = profile_of()
    everything = [post(number, back=number, likes=1) for number in range(1, 11)]
    posts.store_posts(profile, answer(everything), now=NOW)

    some = [each for each in everything if each.platform_id != "4"]
    posts.store_posts(profile, answer(some, source=Source.SOCIAVAULT), now=NOW + DAY)

    assert not Post.objects.exclude(removed_at=None).exists()


@pytest.mark.django_db
def test_the_creators_own_comments_are_known_by_the_handle_too():
    profile = profile_of("ida")
    posts.store_posts(profile, answer([post(1, back=3, likes=1)]), now=NOW)
    told = [CommentRecord("c1", "bob", "How much?", reply_to="1"), CommentRecord("c2", "@Ida", "Ten", reply_to="c1")]

    samples.store_comments(Post.objects.get(), answer(told), now=NOW)

    stored = Comment.objects.order_by("platform_id").values_list("is_by_creator", "reply_to")
    assert list(stored) == [(False, ""), (True, "c1")]


@pytest.mark.django_db
def test_comments_are_stored_scored_and_without_names():
    profile = profile_of()
    posts.store_posts(profile, answer([post(1, back=3, likes=1)]), now=NOW)
    record = CommentRecord("c1", "Real_Name", "So good! \0 Where do I buy it?", posted_at=NOW)

    for days in (0, 30):
        samples.store_comments(Post.objects.get(), answer([record]), now=NOW + days * DAY)

    comment = Comment.objects.get()
    assert CommentSample.objects.count() == 2
    assert (
        comment.author == author_hash("@real_name", platform="tiktok", key=settings.CUSTOMER_KEY)
        and len(comment.author) == 24
    )
    assert comment.fold and comment.score_version and "\0" not in comment.text


@pytest.mark.django_db
def test_an_audience_is_counted_and_an_empty_one_is_none():
    profile = profile_of()
    bot = FollowerRecord(followers=0, following=4000, posts=0, has_picture=False)

    samples.store_audience(profile, answer([bot] * 20), now=NOW)
    empty = samples.store_audience(profile, answer([]), now=NOW + DAY)

    sample = AudienceSample.objects.get()
    assert (sample.n, sample.digits[3], empty) == (20, 20, False)


@pytest.mark.django_db
def test_thinning_leaves_a_day_for_90_days_and_a_week_for_two_years():
    profile = profile_of()
    hours = [timedelta(hours=12 * step) for step in range(2 * 800)]
    snapshots.store_days(profile, [DayRecord(NOW - back, followers=100) for back in hours], source=Source.CSV)

    first, second = thin(now=NOW), thin(now=NOW)

    moments = list(ProfileSnapshot.objects.values_list("seen_at", flat=True))
    recent = [moment for moment in moments if NOW - 90 * DAY <= moment < NOW - 2 * DAY]
    older = [moment for moment in moments if moment < NOW - 90 * DAY]
    assert first > 0 and second == 0
    assert max(Counter(moment.date() for moment in recent).values()) == 1
    assert 86 <= len(recent) <= 90
    assert max(Counter(moment.isocalendar()[:2] for moment in older).values()) == 1
    assert min(moments) >= NOW - 731 * DAY


@pytest.mark.django_db
def test_the_newest_snapshot_stays_however_old():
    snapshots.store_days(profile_of(), [DayRecord(NOW - 900 * DAY, followers=100)], source=Source.CSV)

    assert thin(now=NOW) == 0


@pytest.mark.django_db
def test_an_account_that_came_back_and_goes_again_is_told_again():
    profile = profile_of()

    for days in (0, 10):
        snapshots.tell_gone(profile, words="", now=NOW + days * DAY)
    told_at_first = Alert.objects.count()
    snapshots.store_days(profile, [DayRecord(at=NOW + 20 * DAY, followers=900)], source=Source.DEMO)
    snapshots.tell_gone(profile, words="", now=NOW + 60 * DAY)

    assert (told_at_first, Alert.objects.filter(kind=AlertKind.GONE).count()) == (1, 2)
