from briefs.logic.content import GIFT, STARTING_TEXT, as_markdown, as_text, parts_of
from briefs.logic.placeholders import unknown_in

VALUES = {"brand": "Acme", "link": "http://localhost/r/abc2345", "code": "ANA10", "percent": "10 %"}


def content(**sections):
    return {"title": "Spring with Acme", "sections": sections, "messages": [], "assets": [], "values": VALUES}


def test_parts_come_in_reading_order_and_empty_ones_are_left_out():
    parts = parts_of(content(pay="50 GBP", goal="Sell", audience=""))

    assert [part.key for part in parts] == ["goal", "tracking", "pay"]


def test_link_and_code_stand_in_every_brief():
    tracking = next(part for part in parts_of(content()) if part.key == "tracking")

    assert "http://localhost/r/abc2345" in tracking.text
    assert "ANA10 (10 % off)" in tracking.text


def test_the_whole_brief_as_text_and_as_markdown():
    parts = [part for part in parts_of(content(goal="Help {brand}")) if part.key == "goal"]

    assert as_text("Spring", parts) == "Spring\n\nWHAT THIS IS FOR\nHelp Acme\n"
    assert as_markdown("Spring", parts) == "# Spring\n\n## What this is for\n\nHelp Acme\n"


def test_our_starting_text_holds_only_placeholders_of_the_catalogue():
    texts = [text for text in STARTING_TEXT.values() if isinstance(text, str)]
    texts += [message["text"] for message in STARTING_TEXT["messages"]]

    assert [unknown_in(text) for text in texts if unknown_in(text)] == []


def test_the_brief_of_a_gift_asks_for_no_post():
    told = content(
        deliverables="- One video", timeline="Post by Friday", review="Send the draft", disclosure="Say Ad"
    )
    told["values"] = VALUES | {"gift": GIFT}

    parts = {part.key: part.text for part in parts_of(told)}

    assert parts["deliverables"].startswith("A gift: no obligation to post.")
    assert parts["disclosure"] == "Say Ad"
    assert not {"timeline", "review"} & set(parts)
