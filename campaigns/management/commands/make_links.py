"""`manage.py make_links`: every link and code of a campaign in one press. Pinned: "Commands" and "Links"."""

import json
from argparse import ArgumentParser
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django_scopes import scope

from campaigns.actions.links import CannotMake, LinkPlan, LinkWish, make, plan
from campaigns.exports.links import HEADER, link_rows
from campaigns.models import Campaign
from config.lib.money import NotAnAmount, amount_of
from config.lib.tabular import csv_lines

WRONG_USE = 2


class Command(BaseCommand):
    """Print the links and codes of a campaign, making those that are missing."""

    help = "Make the missing links and codes of a campaign, and print all of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The flags of the contract."""
        parser.add_argument("--campaign", required=True, metavar="SLUG")
        parser.add_argument(
            "--destination", default="", metavar="URL", help="page to lead to (default: the campaign's)"
        )
        parser.add_argument("--percent", metavar="N", help="percent in new codes (default: the campaign's)")
        parser.add_argument("--dry-run", action="store_true", help="show what would be made")
        parser.add_argument("--format", choices=("text", "csv", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan, make unless told not to, print."""
        campaign = Campaign.objects.with_scopes_disabled().select_related("brand").filter(slug=options["campaign"])
        found = campaign.first()
        if found is None:
            raise CommandError(f"There is no campaign “{options['campaign']}”.", returncode=WRONG_USE)
        wish = LinkWish(destination=options["destination"], percent=_percent(options["percent"]))
        with scope(brand=found.brand):
            done = _press(found, wish, dry_run=options["dry_run"])
            self._tell(done, dry_run=options["dry_run"])
            _PRINTERS[options["format"]](self, found, done)

    def _tell(self, done: LinkPlan, *, dry_run: bool) -> None:
        verb = "would be made" if dry_run else "made"
        for warning in (*done.warnings, *(f"@{row.deal.handle}: {note}" for row in done.rows for note in row.notes)):
            self.stderr.write(f"Note: {warning}")
        self.stderr.write(f"{len(done.new_links)} links and {len(done.new_codes)} codes {verb}.")

    def _text(self, campaign: Campaign, done: LinkPlan) -> None:
        for row in link_rows(done.rows):
            values = dict(zip(HEADER, row, strict=True))
            mark = "new" if values["new"] else ""
            self.stdout.write(
                f"{values['handle']:<32} {values['code']:<16} {values['link'] or '-':<40} {mark}".rstrip()
            )

    def _csv(self, campaign: Campaign, done: LinkPlan) -> None:
        rows = ([*row[:-1], str(row[-1]).lower()] for row in link_rows(done.rows))
        self.stdout.write("".join(csv_lines(HEADER, rows)), ending="")

    def _json(self, campaign: Campaign, done: LinkPlan) -> None:
        links = [dict(zip(HEADER, row, strict=True)) for row in link_rows(done.rows)]
        self.stdout.write(json.dumps(links, ensure_ascii=False, indent=1))


_PRINTERS = {"text": Command._text, "csv": Command._csv, "json": Command._json}


def _press(campaign: Campaign, wish: LinkWish, *, dry_run: bool) -> LinkPlan:
    done = plan(campaign, wish)
    if done.problems:
        raise CommandError(" ".join(done.problems), returncode=WRONG_USE)
    try:
        return done if dry_run else make(campaign, wish, now=timezone.now())
    except CannotMake as refusal:
        raise CommandError(str(refusal), returncode=WRONG_USE) from refusal


def _percent(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        percent = amount_of(text)
    except NotAnAmount as error:
        raise CommandError(f"“{text}” is not a percent. Write a number such as 10.", returncode=WRONG_USE) from error
    return percent
