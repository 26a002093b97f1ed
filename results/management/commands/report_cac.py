"""`manage.py report_cac --campaign SLUG`: what a new customer cost. Pinned: "Commands", "Cost and CAC"."""

import json
from argparse import ArgumentParser
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django_scopes import scope

from campaigns.models import Campaign
from config.lib.days import OUTSIDE, is_meant
from config.lib.money import NotAnAmount, amount_of
from config.lib.tabular import csv_lines
from results.actions.credit import freshen
from results.actions.credit_days import roll_up_credit
from results.exports.cac import report_header, report_json, report_rows
from results.exports.cac_text import report_text
from results.queries.policies import CODE_FIRST, POLICIES
from results.queries.reports import CacReport, ReportQuery, cac_report

WRONG_USE = 2


class Command(BaseCommand):
    """Print the CAC report of a campaign: one row a deal, and the totals."""

    help = "Report what a new customer of each creator cost, with an interval."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The flags, as the contracts pin them."""
        parser.add_argument("--campaign", required=True, metavar="SLUG")
        parser.add_argument("--brand", default="", metavar="SLUG", help="refuse a campaign of another brand")
        parser.add_argument("--from", dest="first", metavar="DAY", help="first day, such as 2026-03-01")
        parser.add_argument("--to", dest="last", metavar="DAY", help="last day, included")
        parser.add_argument(
            "--target", metavar="AMOUNT", help="cost of a new customer to stay below (the campaign's)"
        )
        parser.add_argument("--policy", default=CODE_FIRST, metavar="NAME", help=", ".join(POLICIES))
        parser.add_argument("--format", choices=("text", "csv", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the campaign, ask once, print."""
        query = _query(options)
        with scope(brand=query.brand):
            # Nobody may have swept since a code, link or deal changed: a command waits for it.
            freshen(query.brand, now=query.now)
            roll_up_credit(query.brand, now=query.now)
            report = cac_report(query)
            for warning in _warnings(report):
                self.stderr.write(warning)
            self.stdout.write(_PRINTERS[options["format"]](report))


def _query(options: dict[str, Any]) -> ReportQuery:
    campaign = _campaign(options["campaign"], options["brand"])
    first, last = _day(options["first"], "--from"), _day(options["last"], "--to")
    if first and last and last < first:
        raise _wrong("The last day (--to) is before the first (--from).")
    if options["policy"] not in POLICIES:
        raise _wrong(f"There is no policy “{options['policy']}”. Choose one of: {', '.join(POLICIES)}.")
    return ReportQuery(
        brand=campaign.brand,
        campaign=campaign,
        now=timezone.now(),
        policy=options["policy"],
        first=first,
        last=last,
        target=_target(options["target"]) or campaign.target_cac or None,
    )


def _campaign(slug: str, brand: str) -> Campaign:
    # A command is run by whoever owns the server, for any brand; which one follows from the campaign.
    found = Campaign.objects.with_scopes_disabled().select_related("brand").filter(slug=slug).first()
    if found is None:
        raise _wrong(f"There is no campaign “{slug}”.")
    if brand and found.brand.slug != brand:
        raise _wrong(f"The campaign “{slug}” is not one of the brand “{brand}”.")
    return found


def _day(text: str | None, flag: str) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise _wrong(f"{flag}: “{text}” is not a day. Write it as 2026-03-01.") from error
    if not is_meant(day):
        raise _wrong(f"{flag}: {OUTSIDE}")
    return day


def _target(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        amount = amount_of(text)
    except NotAnAmount as error:
        raise _wrong(f"--target: {error}") from error
    if amount <= 0:
        raise _wrong("--target: write an amount above zero.")
    return amount


def _wrong(sentence: str) -> CommandError:
    return CommandError(sentence, returncode=WRONG_USE)


def _warnings(report: CacReport) -> list[str]:
    costs, told, currency = report.totals.costs, [], report.query.brand.currency
    if costs.apart:
        told.append(f"Costs in {', '.join(costs.apart)} are in no sum: the brand counts in {currency}.")
    if report.waiting:
        told.append(f"{report.waiting} orders in a foreign currency without a rate are in no sum.")
    if report.rows and (report.query.first or report.query.last) and not report.totals.cost:
        told.append("No cost falls in this period: a deal's costs fall in the period of its start.")
    return told


def _csv(report: CacReport) -> str:
    return "".join(csv_lines(report_header(report), report_rows(report))).removesuffix("\r\n")


def _json(report: CacReport) -> str:
    return json.dumps(report_json(report), ensure_ascii=False, indent=1)


_PRINTERS = {"text": report_text, "csv": _csv, "json": _json}
