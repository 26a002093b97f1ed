"""Asking one claimed question and storing what came of it. Nothing that goes wrong here stops a run."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import DatabaseError, transaction

from creators.actions import breakers, budgets, claims, payloads, posts, samples, snapshots
from creators.actions.claims import COMMENTS, FOLLOWERS, POSTS, Claim
from creators.enums import Failure, Platform, Question
from creators.logic.refresh import try_again_at
from creators.models import Post, Refresh
from creators.providers.errors import PROVIDER_WIDE, ProviderError
from creators.providers.records import Answer

logger = logging.getLogger(__name__)
ABOUT_THE_PROVIDER = PROVIDER_WIDE | {Failure.RATE_LIMITED}
"""Failures that say nothing about the profile: it tells them, and its question stays due."""


@dataclass
class Told:
    """What a provider said to one question: an answer for each post, or one for the profile; and why it stopped."""

    answers: list[tuple[Post | None, Answer[Any] | None]] = field(default_factory=list)
    error: ProviderError | None = None

    @property
    def credits(self) -> int:
        """What it cost in all."""
        asked = sum(answer.credits for _, answer in self.answers if answer)
        return asked + (self.error.credits if self.error else 0)

    @property
    def is_given_up(self) -> bool:
        """Whether the provider does not give this at all, so that another one may."""
        return self.error is not None and self.error.failure == Failure.NOT_OFFERED


def ask(claimed: Claim) -> Told:
    """Ask the provider: about the profile, or about each of its posts whose comments are due."""
    told = Told()
    subjects: Sequence[Post | None] = claimed.posts if claimed.refresh.question == Question.COMMENTS else [None]
    for post in subjects:
        try:
            told.answers.append((post, _question(claimed, post)))
        except ProviderError as error:
            if post and error.is_permanent:
                told.answers.append((post, None))
                continue
            told.error = error
            break
    return told


def _question(claimed: Claim, post: Post | None) -> Answer[Any]:
    provider, profile = claimed.supplier.provider, claimed.profile
    platform, platform_id = Platform(profile.platform), profile.platform_id
    match Question(claimed.refresh.question):
        case Question.PROFILE:
            return provider.profile(platform, profile.handle, platform_id=platform_id)
        case Question.POSTS:
            return provider.posts(platform, profile.handle, platform_id=platform_id, limit=POSTS)
        case Question.COMMENTS if post:
            return provider.comments(platform, post.url, limit=COMMENTS)
        case _:
            return provider.followers(platform, profile.handle, limit=FOLLOWERS)


def store(claimed: Claim, told: Told, *, now: datetime) -> None:
    """Store what was told, plan the next time, and settle the credits: all of it or nothing.

    An answer that cannot be stored is a failure of its own, kept on the profile like any other.
    """
    try:
        _store(claimed, told, now=now)
    except ProviderError as error:
        _store(claimed, Told(error=_with_credits(error, told.credits)), now=now)
    except (DatabaseError, ValueError, TypeError, ArithmeticError, LookupError, AttributeError):
        logger.exception("an answer could not be stored", extra={"refresh": claimed.refresh.pk})
        words = "The answer could not be stored. The log of the worker says why."
        _store(claimed, Told(error=ProviderError(Failure.SHAPE, words, credits=told.credits)), now=now)


def _with_credits(error: ProviderError, credits: int) -> ProviderError:
    return ProviderError(error.failure, error.words, credits=credits)


@transaction.atomic
def _store(claimed: Claim, told: Told, *, now: datetime) -> None:
    changes = _failed(claimed.refresh, told.error, now) if told.error else _answered(claimed, now)
    if not claims.end(claimed, **changes):
        return
    _keep_raw(claimed, told, now=now)
    _keep(claimed, told, now=now)
    if told.error is None:
        if claimed.was_failing:
            breakers.worked(claimed.supplier.source)
    else:
        _tell(claimed, told.error, now=now)
        breakers.failed(claimed.supplier.source, told.error, now=now)
    budgets.settle(claimed.period, price=claimed.price, credits=told.credits)


def _keep_raw(claimed: Claim, told: Told, *, now: datetime) -> None:
    """Keep what came as it came, understood or not."""
    about: dict[str, Any] = {
        "source": claimed.supplier.source, "platform": Platform(claimed.profile.platform),
        "question": claimed.refresh.question, "profile": claimed.profile, "now": now,
    }  # fmt: skip
    bodies = [body for _, answer in told.answers if answer for body in answer.payloads]
    payloads.keep_payloads(bodies, **about)
    if told.error:
        payloads.keep_failure(told.error, **about)


def _keep(claimed: Claim, told: Told, *, now: datetime) -> None:
    """Store the answers."""
    for post, answer in told.answers:
        match Question(claimed.refresh.question):
            case Question.PROFILE if answer:
                snapshots.store_profile(claimed.profile, answer, now=now)
            case Question.POSTS if answer:
                _bring_comments_forward(claimed, posts.store_posts(claimed.profile, answer, now=now))
            case Question.FOLLOWERS if answer:
                samples.store_audience(claimed.profile, answer, now=now)
            case Question.COMMENTS if post:
                _keep_comments(claimed, post, answer, now=now)
    if claimed.refresh.question == Question.COMMENTS and told.error is None:
        next_at = posts.next_comments(claimed.profile, now=now)
        Refresh.objects.filter(pk=claimed.refresh.pk).update(due_at=next_at)


def _keep_comments(claimed: Claim, post: Post, answer: Answer[Any] | None, *, now: datetime) -> None:
    if answer:
        samples.store_comments(post, answer, now=now)
    else:
        samples.store_no_comments(post, source=claimed.supplier.source, now=now)


def _bring_comments_forward(claimed: Claim, due_at: datetime) -> None:
    later = Refresh.objects.filter(profile=claimed.profile, question=Question.COMMENTS, due_at__gt=due_at, failures=0)
    later.update(due_at=due_at)


def _answered(claimed: Claim, now: datetime) -> dict[str, object]:
    return {
        "answered_at": now, "due_at": now + claimed.refresh.every, "source": claimed.supplier.source,
        "failure": "", "failure_words": "", "failures": 0, "stopped_at": None,
    }  # fmt: skip


def _failed(row: Refresh, error: ProviderError, now: datetime) -> dict[str, object]:
    """How a failure leaves the question: stopped, tried again later, or just due where the provider is to blame."""
    said = {"failure": error.failure, "failure_words": error.words[:300], "failed_at": now}
    if error.is_permanent:
        return {**said, "stopped_at": now, "failures": row.failures + 1}
    if error.failure in ABOUT_THE_PROVIDER:
        return said
    failures = row.failures + 1
    due_at = try_again_at(failures, now=now, retry_after=error.retry_after)
    return {**said, "failures": failures, "due_at": due_at}


def _tell(claimed: Claim, error: ProviderError, *, now: datetime) -> None:
    """Raise the alert of an account that is gone or private; where the account itself is gone, stop everything."""
    if error.failure == Failure.GONE and claimed.refresh.question == Question.PROFILE:
        snapshots.tell_gone(claimed.profile, words=error.words, now=now)
        others = Refresh.objects.filter(profile=claimed.profile, stopped_at=None).exclude(pk=claimed.refresh.pk)
        others.update(stopped_at=now, failure=error.failure, failure_words=error.words[:300], failed_at=now)
    elif error.failure == Failure.PRIVATE:
        snapshots.tell_private(claimed.profile, now=now)
