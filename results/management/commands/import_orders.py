"""`manage.py import_orders FILE --brand SLUG`: take a shop's order export in, or say what it would do."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django_scopes import scope

from results.actions.orders import CurrencyNeeded, preview, take_in
from results.actions.staging import Outcome, dropped, stage
from results.shops.records import BadFile
from team.enums import JobState
from team.models import Brand, Job

_SHOWN = 20  # problems in the text; the JSON has them all


class Command(BaseCommand):
    """Rows are orders: rows = new + updated + unchanged + skipped, whether written or not.

    The file's rows of one order are one order. `skipped` are the orders with a problem: those that cannot be taken
    in, and those in a foreign currency without a rate. With `--skip-bad` the rest goes in, and orders without a rate
    wait in their bucket, in no sum. Exit 0 done; 1 problems and nothing written; 2 wrong use.
    """

    help = "Import a Shopify order export (CSV or XLSX) into a brand."

    def add_arguments(self, parser: CommandParser) -> None:
        """The flags, as the contracts pin them; `--currency` is for a brand that has none yet."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--brand", required=True, help="the brand's short name")
        parser.add_argument("--currency", default="", help="what a brand without a currency counts in")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument("--skip-bad", action="store_true", help="take in the orders that have no problem")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import and print its result."""
        brand = Brand.objects.filter(slug=options["brand"]).first()
        if brand is None:
            raise CommandError(f"There is no brand with the short name {options['brand']}.", returncode=2)
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.", returncode=2)
        with scope(brand=brand):
            outcome, done = self._run(brand, options)
        self._print(outcome, done, options)
        if outcome.bad and not options["skip_bad"]:
            raise SystemExit(1)

    def _run(self, brand: Brand, options: dict[str, Any]) -> tuple[Outcome, str]:
        now = timezone.now()
        job = Job.objects.create(
            kind="orders_command", brand=brand, state=JobState.DONE, file_name=options["file"].name, started_at=now
        )
        currency = options["currency"].upper()
        try:
            for warning in stage(job, brand, options["file"], options["file"].name, progress=self._progress):
                self.stderr.write(warning)
            if options["dry_run"]:
                return preview(job, brand, currency=currency), "Nothing was written: this was a dry run."
            outcome = take_in(job, brand, skip_bad=options["skip_bad"], now=now, currency=currency)
        except BadFile as bad:
            return Outcome(0, 0, 0, 0, 0, [bad.problem.shown]), "Nothing was written."
        except CurrencyNeeded as needed:
            raise CommandError(str(needed), returncode=2) from needed
        finally:
            dropped(job)
        written = not outcome.bad or options["skip_bad"]
        job.result, job.ended_at = {**outcome.shown, "bad": len(outcome.bad)}, timezone.now()
        job.save(update_fields=["result", "ended_at"])
        return outcome, "Done." if written else "Nothing was written. Correct the file, or add --skip-bad."

    def _progress(self, done: int, total: int, text: str) -> None:
        self.stderr.write(f"{text}: {done:,}")

    def _print(self, outcome: Outcome, done: str, options: dict[str, Any]) -> None:
        if options["format"] == "json":
            self.stdout.write(json.dumps(outcome.shown, ensure_ascii=False))
            return
        for bad in outcome.bad[:_SHOWN]:
            field = f"{bad['field']} “{bad['value']}”: " if bad["field"] else ""
            self.stdout.write(f"Line {bad['line']}: {field}{bad['reason']}")
        if len(outcome.bad) > _SHOWN:
            self.stdout.write(f"and {len(outcome.bad) - _SHOWN} more; --format json lists them all.")
        counts = outcome.shown
        told = ", ".join(f"{counts[name]} {name}" for name in ("new", "updated", "unchanged", "skipped"))
        self.stdout.write(f"{outcome.rows} orders: {told}. {done}")
