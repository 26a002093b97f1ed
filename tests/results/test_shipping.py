"""From the files into PostgreSQL: once each, whatever the files look like and whoever still writes to them."""

import os
import time
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import DataError, OperationalError
from django_scopes import scope

from results.actions import shipping, spool
from results.actions.shipping import Shipper
from results.logic.click_ids import click_id
from results.logic.click_lines import ClickLine, line_of
from results.models import Click, DirtyDay
from tests.factories import make_brand, make_campaign, make_deal, make_link
from tests.results.full_disk import room_for

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC).timestamp()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A click folder that is this test's alone."""
    settings.CLICKS_FOLDER = tmp_path
    yield tmp_path
    spool.close()


@pytest.fixture
def link(brand):
    """A link of `brand`."""
    return make_link(make_deal(make_campaign(brand)))


def line(link_id, number=1, at=NOON, **fields):
    """A click of the link; clicks of one number have one id."""
    return line_of(ClickLine(click_id(int(at * 1000), number.to_bytes(10)), at, link_id, "human", **fields))


def stored(brand):
    """How many clicks the brand has, and which days are marked."""
    with scope(brand=brand):
        return Click.objects.count(), list(DirtyDay.objects.order_by("day_on").values_list("day_on", flat=True))


def test_clicks_are_stored_and_their_day_is_marked_and_the_file_goes(brand, link, folder):
    spool.append(
        line(link.pk, 1, visitor="ab" * 16, network="198.51.100.0/24", agent="Chrome", referrer="r", is_qr=True)
    )
    spool.append(line(link.pk, 2))
    spool.close()

    shipped = Shipper(folder).turn()

    with scope(brand=brand):
        first = Click.objects.order_by("id")[0]
    assert shipped == 2
    assert stored(brand) == (2, [date(2026, 11, 2)])
    assert (bytes(first.visitor), first.network, first.agent, first.referrer, first.is_qr, first.clicked_at) == (
        b"\xab" * 16, "198.51.100.0/24", "Chrome", "r", True, datetime.fromtimestamp(NOON, UTC),
    )  # fmt: skip
    assert list(folder.glob("*.jsonl")) == []


def test_the_day_is_the_brands_day(db, folder):
    brand = make_brand(time_zone="Pacific/Auckland")
    link = make_link(make_deal(make_campaign(brand)))
    spool.append(line(link.pk))
    spool.close()

    Shipper(folder).turn()

    assert stored(brand) == (1, [date(2026, 11, 3)])


def test_a_file_being_written_is_read_and_kept(brand, link, folder):
    shipper = Shipper(folder)
    spool.append(line(link.pk, 1))
    shipper.turn()
    spool.append(line(link.pk, 2))

    shipped = [shipper.turn(), shipper.turn()]

    assert shipped == [1, 0]
    assert stored(brand)[0] == 2
    assert len(list(folder.glob("*.jsonl"))) == 1


def test_reading_everything_again_changes_nothing(brand, link, folder):
    spool.append(line(link.pk, 1))
    Shipper(folder).turn()

    again = Shipper(folder).turn()

    assert again == 0
    assert stored(brand)[0] == 1


def test_an_unfinished_line_waits_for_its_end(brand, link, folder):
    spool.append(line(link.pk, 1)[:20])
    shipper = Shipper(folder)
    before = shipper.turn()
    spool.append(line(link.pk, 1)[20:])

    after = shipper.turn()

    assert (before, after, shipper.bad) == (0, 1, 0)


def test_damaged_lines_are_set_aside_and_stop_nothing(brand, link, folder):
    for text in (b"\x00\xff\n", line(link.pk, 1), b'["half a li\n', line(link.pk, 2), line(link.pk, 3)[:30]):
        spool.append(text)
    spool.close()
    shipper = Shipper(folder)

    shipped = shipper.turn()

    [aside] = (folder / "aside").iterdir()
    assert (shipped, shipper.bad, stored(brand)[0]) == (2, 3, 2)
    assert aside.read_bytes() == b"\x00\xff\n" + b'["half a li\n' + line(link.pk, 3)[:30] + b"\n"
    assert list(folder.glob("*.jsonl")) == []


def test_clicks_of_a_link_deleted_meanwhile_do_not_block_the_others(brand, link, folder):
    gone = make_link(make_deal(make_campaign(brand)))
    spool.append(line(gone.pk, 1))
    spool.append(line(link.pk, 2))
    spool.close()
    gone.delete()

    shipped = Shipper(folder).turn()

    assert (shipped, stored(brand)[0]) == (1, 1)
    assert list(folder.glob("*.jsonl")) == []


def test_what_the_database_refuses_is_found_among_the_rest(brand, link, folder, monkeypatch):
    real = shipping.store

    def refusing(rows):
        if any(row[6] == "refused" for row in rows):
            raise DataError("no")
        return real(rows)

    monkeypatch.setattr(shipping, "store", refusing)
    for number in range(7):
        spool.append(line(link.pk, number, agent="refused" if number == 4 else ""))
    spool.close()
    shipper = Shipper(folder)

    shipped = shipper.turn()

    assert (shipped, shipper.bad) == (6, 1)
    [aside] = (folder / "aside").iterdir()
    assert aside.read_bytes() == line(link.pk, 4, agent="refused")


def test_the_database_away_leaves_the_files_alone(link, folder, monkeypatch):
    spool.append(line(link.pk, 1))
    spool.close()
    monkeypatch.setattr(shipping, "store", _away)

    with pytest.raises(OperationalError):
        Shipper(folder).turn()

    assert len(list(folder.glob("*.jsonl"))) == 1


def _away(_):
    raise OperationalError("gone")


@pytest.mark.parametrize(("worked", "rest"), [(0, 0.5), (0.1, 0.5), (0.4, 0.8), (2, 4), (60, 5)])
def test_the_shipper_rests_twice_as_long_as_it_worked(worked, rest):
    assert shipping.rest_after(worked) == rest


def test_drafts_of_dead_writers_are_cleared_away(folder):
    old, new = folder / "1-1-a.new", folder / "2-2-b.new"
    for path in (old, new):
        path.touch()
    os.utime(old, (time.time() - 3600,) * 2)

    Shipper(folder).turn()

    assert [path.name for path in folder.iterdir()] == [new.name]


def test_a_file_is_rotated_by_size(link, folder, monkeypatch):
    monkeypatch.setattr(spool, "ROTATE_BYTES", 1)

    for number in range(3):
        spool.append(line(link.pk, number))

    assert len(list(folder.glob("*.jsonl"))) == 3
    assert spool.waiting(folder)[0] == 3


def test_a_write_cut_short_leaves_no_half_line(link, folder):
    spool.append(line(link.pk, 1))
    with room_for(len(line(link.pk, 1)) + 10):
        refused = spool.append(line(link.pk, 2))
    spool.append(line(link.pk, 3))

    [path] = folder.glob("*.jsonl")
    assert refused is False
    assert path.read_bytes() == line(link.pk, 1) + line(link.pk, 3)
    assert spool.take_lost() == 1


def test_the_command_ships_once(link, folder, capsys):
    spool.append(line(link.pk, 1))
    spool.append(b"damaged\n")
    spool.close()

    call_command("ship_clicks", once=True)

    assert capsys.readouterr().out == "1 clicks stored, 1 lines set aside\n"
