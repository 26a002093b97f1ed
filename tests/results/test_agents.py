"""How often people are taken for robots and robots for people, on two lists of agents written by hand.

When the rules had been made and the lists had not yet been looked at, the rates were 0.5 % (1 of 208 people) and
2.5 % (6 of 244 robots). The rules have since learned those seven.
"""

from pathlib import Path

import pytest

from results.enums import ClickClass
from results.logic.clicks import class_of_agent

HERE = Path(__file__).parent


def agents(name: str) -> list[str]:
    """The agents of a list, one a line, without its comments."""
    return [line for line in (HERE / f"agents_{name}.txt").read_text().splitlines() if line[:1] != "#"]


def test_at_most_one_person_in_a_hundred_is_taken_for_a_robot(record_property):
    people = agents("people")

    wrong = [agent for agent in people if class_of_agent(agent) is not ClickClass.HUMAN]

    record_property("people taken for robots", f"{len(wrong)} of {len(people)}")
    assert len(people) >= 200
    assert len(wrong) <= 0.01 * len(people), wrong


def test_at_most_five_robots_in_a_hundred_are_taken_for_people(record_property):
    robots = agents("robots")

    missed = [agent for agent in robots if class_of_agent(agent) is ClickClass.HUMAN]

    record_property("robots taken for people", f"{len(missed)} of {len(robots)}")
    assert len(robots) >= 200
    assert len(missed) <= 0.05 * len(robots), missed


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        ("", ClickClass.BOT),
        ("   ", ClickClass.BOT),
        ("WhatsApp/2.23.20.0", ClickClass.PREVIEW),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/15E148 WhatsApp/24.2.80", ClickClass.HUMAN),
        ("facebookexternalhit/1.1", ClickClass.PREVIEW),
        (
            # A preview that Messages makes on the sender's own phone.
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 "
            "Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
            ClickClass.PREVIEW,
        ),
        (
            # Instagram on a Pixel names Google as the maker of the phone.
            "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Version/4.0 Chrome/125.0.6422.165 Mobile Safari/537.36 Instagram 334.0.0.42.95 Android (34/14; 420dpi; "
            "1080x2205; Google/google; Pixel 8; shiba; shiba; en_US; 602683240)",
            ClickClass.HUMAN,
        ),
        (" WhatsApp/2.23.20.0 ", ClickClass.PREVIEW),
        ("curl/8.5.0", ClickClass.BOT),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/125.0 Safari/537.36 Playwright", ClickClass.BOT),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Instagram 334.0 crawler", ClickClass.BOT),
    ],
)
def test_the_class_of_an_agent(agent, kind):
    assert class_of_agent(agent) is kind
