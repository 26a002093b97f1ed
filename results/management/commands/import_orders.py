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

_SHOWN = 50  # problems in the text; the JSON has them all


class Command(BaseCommand):
    """Import orders. `rows` counts orders: all of them are new, updated, unchanged, or have a problem.

    With `--skip-bad` the orders with problems are `skipped` and the rest goes in; an order in a foreign currency
    without a rate is stored in its bucket, in no sum, until there is one. Without it a single problem keeps
    everything out. Exit 0 done; 1 problems and nothing written; 2 wrong use.
    """

    help = "Import a Shopify order export (CSV or XLSX) into a brand."

    def add_arguments(self, parser: CommandParser) -> None:
        """The flags that the contracts pin; `--currency` is for a brand that has none yet."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--brand", metavar="SLUG", required=True)
        parser.add_argument(
            "--currency", metavar="CODE", default="", help="what a brand without a currency counts in"
        )
        parser.add_argument("--dry-run", action="store_true", help="do everything but the writing")
        parser.add_argument("--skip-bad", action="store_true", help="import the rest when orders have problems")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Read the file, take it in, print what came of it."""
        brand = Brand.objects.filter(slug=options["brand"]).first()
        if brand is None:
            raise CommandError(f"There is no brand {options['brand']}.", returncode=2)
        job = Job(kind="import_orders_command", brand=brand, file_name=file.name[:255], state=JobState.DONE)
        with scope(brand=brand):
            try:
                outcome = self._import(job, brand, file, options)
            except BadFile as bad:
                self._print(Outcome(0, 0, 0, 0, 0, [bad.problem.shown]), {**options, "skip_bad": False})
                raise CommandError(str(bad), returncode=1) from bad
            except OSError as error:
                raise CommandError(f"{file} cannot be read: {error.strerror}.", returncode=2) from error
            except CurrencyNeeded as needed:
                raise CommandError(str(needed), returncode=2) from needed
            finally:
                dropped(job)
                if options["dry_run"] and job.pk:
                    job.delete()
        self._print(outcome, options)
        if outcome.bad and not options["skip_bad"]:
            raise SystemExit(1)

    def _import(self, job: Job, brand: Brand, file: Path, options: dict[str, Any]) -> Outcome:
        currency, skip_bad = options["currency"].upper(), options["skip_bad"]
        job.save()
        for warning in stage(job, brand, file, file.name, progress=self._progress):
            self.stderr.write(warning)
        if options["dry_run"]:
            return preview(job, brand, currency=currency)
        outcome = take_in(job, brand, skip_bad=skip_bad, now=timezone.now(), currency=currency)
        job.result, job.ended_at = {**outcome.shown(skip_bad=skip_bad), "bad": len(outcome.bad)}, timezone.now()
        job.save(update_fields=["result", "ended_at"])
        return outcome

    def _progress(self, done: int, total: int, text: str) -> None:
        if done % 20_000 == 0:
            self.stderr.write(f"{text}: {done}")

    def _print(self, outcome: Outcome, options: dict[str, Any]) -> None:
        shown = outcome.shown(skip_bad=options["skip_bad"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2))
            return
        for bad in outcome.bad[:_SHOWN]:
            value = f" “{bad['value']}”" if bad["value"] else ""
            self.stdout.write(f"line {bad['line']}, {bad['field'] or 'row'}{value}: {bad['reason']}")
        if len(outcome.bad) > _SHOWN:
            self.stdout.write(f"and {len(outcome.bad) - _SHOWN} more; --format json lists them all.")
        self.stdout.write(
            f"{outcome.rows} orders: {outcome.new} new, {outcome.updated} updated, {outcome.unchanged} unchanged, "
            f"{shown['skipped']} skipped, {outcome.troubled} with a problem."
        )
        if outcome.bad and not options["skip_bad"]:
            self.stdout.write("Nothing was written. Correct the file, or say --skip-bad to import the rest.")
        elif options["dry_run"]:
            self.stdout.write("Dry run: nothing was written.")
