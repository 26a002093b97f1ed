"""`manage.py import_creators FILE`: a roster into the database, with a campaign also as deals, codes and costs."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, transaction
from django.utils import timezone
from django_scopes import scope

from campaigns.actions.roster import BadRows, import_roster, stage_roster
from campaigns.actions.roster_plan import RosterCounts
from campaigns.logic.roster_columns import DEAL_COLUMNS, MissingColumns, check_columns, match_columns, unmatched
from campaigns.models import Campaign
from campaigns.queries.roster import bad_cells, cleaned_rows, rows_of
from config.lib.refusals import refusal_of
from config.lib.tabular import NotATable, Table, read_table
from team.actions.brands import BrandRefused, make_brand
from team.enums import JobState
from team.models import Brand, Job

_SHOWN = 50


@dataclass(frozen=True)
class Report:
    """What became of the file. `is_done` is False where bad rows kept everything out."""

    counts: RosterCounts
    is_done: bool
    notices: list[tuple[int, dict[str, str]]]
    bad: list[dict[str, object]]


class Command(BaseCommand):
    """Import a roster of creators."""

    help = "Import a roster (CSV or XLSX). With a campaign, also its codes, costs and deals."

    def add_arguments(self, parser: CommandParser) -> None:
        """The flags that `CONTRACTS` pins."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--brand", metavar="SLUG", default="")
        parser.add_argument("--campaign", metavar="SLUG", default="")
        parser.add_argument("--create", action="store_true", help="make the brand and campaign that are missing")
        parser.add_argument("--currency", metavar="CODE", default="", help="of a brand that --create makes")
        parser.add_argument("--timezone", metavar="NAME", default="UTC", help="of a brand that --create makes")
        parser.add_argument("--dry-run", action="store_true", help="do everything but the writing")
        parser.add_argument("--skip-bad", action="store_true", help="import the rest when rows have problems")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Read the file, then do everything in one transaction, which a dry run or a bad row takes back."""
        try:
            table = read_table(file, file.name)
            mapping = match_columns(table.header)
            check_columns(mapping, table.header)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.", returncode=2) from error
        except (NotATable, MissingColumns) as error:
            self._refuse_file(error, options["format"])
        self._warn(table, mapping, has_campaign=bool(options["campaign"]))
        try:
            with transaction.atomic():
                report = self._import(file, table, mapping, options)
                if not report.is_done or options["dry_run"]:
                    transaction.set_rollback(True)
        except NotATable as error:
            self._refuse_file(error, options["format"])
        self._print(report, options)
        if not report.is_done:
            sys.exit(1)

    def _import(self, file: Path, table: Table, mapping: Mapping[str, str], options: dict[str, Any]) -> Report:
        """Write the rows, and say what became of them."""
        now = timezone.now()
        campaign, brand = self._places(options)
        job = Job.objects.create(
            kind="import_creators",
            brand=brand,
            file_name=file.name[:255],
            state=JobState.DONE,
            made_at=now,
            ended_at=now,
        )
        with scope(brand=[brand] if brand else []):
            stage_roster(job, table, mapping, progress=self._progress)
            try:
                counts = import_roster(job, campaign, skip_bad=options["skip_bad"], by=None, now=now)
                is_done = True
            except BadRows as refusal:
                counts, is_done = refusal.counts, False
        job.result = {**counts.as_dict(), "skipped": counts.bad}
        job.save(update_fields=["result"])
        notices = [(row.line, notice) for row in cleaned_rows(job)[:_SHOWN] for notice in row.notices]
        report = Report(counts, is_done, notices, list(bad_cells(job)))
        rows_of(job).delete()
        return report

    def _places(self, options: dict[str, Any]) -> tuple[Campaign | None, Brand | None]:
        """The campaign and brand that the slugs name, made where that was asked for."""
        slug, campaign = options["campaign"], None
        if slug:
            campaign = Campaign.objects.with_scopes_disabled().select_related("brand").filter(slug=slug).first()
        if campaign and options["brand"] not in ("", campaign.brand.slug):
            raise CommandError(f"The campaign {slug} belongs to the brand {campaign.brand.slug}.", returncode=2)
        if campaign or not (slug or options["brand"]):
            return campaign, campaign.brand if campaign else None
        brand = self._brand(options)
        if not slug:
            return None, brand
        if not options["create"]:
            raise CommandError(f"There is no campaign {slug}. Say --create to make it.", returncode=2)
        return self._make_campaign(brand, slug), brand

    def _brand(self, options: dict[str, Any]) -> Brand:
        slug = options["brand"]
        if not slug:
            raise CommandError(f"There is no campaign {options['campaign']}. Say in which --brand.", returncode=2)
        brand = Brand.objects.filter(slug=slug).first()
        if brand is None and not options["create"]:
            raise CommandError(f"There is no brand {slug}. Say --create to make it.", returncode=2)
        try:
            return brand or make_brand(
                name=slug.replace("-", " ").replace("_", " ").title(), slug=slug, currency=options["currency"],
                time_zone=options["timezone"],
            )  # fmt: skip
        except BrandRefused as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal

    def _make_campaign(self, brand: Brand, slug: str) -> Campaign:
        name = slug.replace("-", " ").replace("_", " ").capitalize()
        try:
            with transaction.atomic():
                return Campaign.objects.create(brand=brand, slug=slug, name=name)
        except DatabaseError as error:
            raise CommandError(refusal_of(error, Campaign), returncode=2) from error

    def _warn(self, table: Table, mapping: Mapping[str, str], *, has_campaign: bool) -> None:
        left_out = unmatched(mapping, table.header)
        if left_out:
            self.stderr.write(f"These columns are left out: {', '.join(left_out)}.")
        deal = [column for column in DEAL_COLUMNS if column in mapping]
        if deal and not has_campaign:
            self.stderr.write(f"Without --campaign these columns are left out: {', '.join(deal)}.")

    def _progress(self, done: int, total: int, text: str) -> None:
        if done and done % 20_000 == 0:
            self.stderr.write(f"{text}: {done} rows")

    def _refuse_file(self, error: Exception, form: str) -> None:
        """End with exit 1 for a file of which no row can be read."""
        if form == "json":
            columns = getattr(error, "columns", [""])
            line = getattr(error, "line", 1)
            bad = [{"line": line, "field": column, "value": "", "reason": str(error)} for column in columns]
            result = {"rows": 0, "new": 0, "updated": 0, "unchanged": 0, "skipped": 0, "bad": bad}
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))
        raise CommandError(str(error), returncode=1) from error

    def _print(self, report: Report, options: dict[str, Any]) -> None:
        """Tell the result. Only once it is committed: what breaks off at the commit must not read as done."""
        counts, skipped = report.counts, report.counts.bad if report.is_done else 0
        for line, notice in report.notices:
            self.stderr.write(f"line {line}, {notice['field']} “{notice['value']}”: {notice['reason']}")
        if options["format"] == "json":
            result = {**counts.as_dict(), "skipped": skipped, "bad": report.bad}
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))
            return
        for cell in report.bad:
            value = f" “{cell['value']}”" if cell["value"] else ""
            self.stdout.write(f"line {cell['line']}, {cell['field'] or 'row'}{value}: {cell['reason']}")
        self.stdout.write(
            f"{counts.rows} rows: {counts.new} new, {counts.updated} updated, {counts.unchanged} unchanged, "
            f"{skipped} skipped, {counts.bad} bad."
        )
        if not report.is_done:
            self.stdout.write("Nothing was written. Correct the rows, or say --skip-bad to import the rest.")
        elif options["dry_run"]:
            self.stdout.write("Dry run: nothing was written.")
