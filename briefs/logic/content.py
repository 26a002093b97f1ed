"""The parts of a brief, the words it starts from, and a version as Markdown or plain text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefs.logic.placeholders import filled, filled_markdown

# field of the brief -> its heading, in reading order. Messages, assets and tracking stand between them by key.
SECTIONS = {
    "goal": "What this is for",
    "audience": "Who it is for",
    "deliverables": "What to make",
    "timeline": "When",
    "messages": "What to get across",
    "dos": "Please do",
    "donts": "Please don't",
    "disclosure": "Say that it is an ad",
    "tracking": "Your link and code",
    "assets": "Material",
    "review": "Before you post",
    "usage_rights": "What we may do with it",
    "pay": "What you get",
}
MESSAGES_AT_LEAST, MESSAGES_AT_MOST = 3, 5

TRACKING = (
    "Link: {link}\n\nCode: {code} ({percent} off)\n\n"
    "Put the link where people can tap it and say the code aloud or show it. Both are yours alone, so every order "
    "they bring is counted as yours."
)

# Our own starting text. A brand changes it as it likes.
STARTING_TEXT: dict[str, Any] = {
    "goal": "Help people who have never tried {brand} place a first order.",
    "audience": "People who would ask you what you use. You know them better than we do.",
    "deliverables": "- One short video (15 to 45 seconds) on {platform}, as a post that stays up\n"
    "- The link in your profile or in the first comment for at least seven days",
    "timeline": "Post between {first_day} and {last_day}. Choose the hour your people are around.",
    "messages": [
        {"kind": "benefit", "text": "The one thing that got better for you, in your own words."},
        {"kind": "proof", "text": "Something people can see: before and after, a close-up, a number you measured."},
        {"kind": "use", "text": "How and when you use it on an ordinary day."},
        {"kind": "offer", "text": "{percent} off a first order with {code}."},
    ],
    "dos": "- Speak as you always do; there is no script\n- Show the product in use\n- Say what you honestly think",
    "donts": "- Promise a result that you have not seen yourself\n- Name or show a competitor\n- Use music that the "
    "platform does not license for ads",
    "disclosure": "Start the caption with “Ad” and switch the platform’s paid-partnership label on. Both, every "
    "time: people should know before they watch.",
    "review": "Send us the draft 48 hours before you post. We look for wrong facts and a missing disclosure, "
    "nothing else.",
    "usage_rights": "The post stays yours. We may share it on our own profiles. Anything more, such as running it as "
    "an ad, we ask and pay for separately.",
    "pay": "Fee: {fee}\n\nCommission: {commission} of each order that your link or code brings.",
    "message_text": "Hi {creator},\n\nYour brief for {campaign} is ready: {brief}\n\nYour link: {link}\n"
    "Your code: {code}\n\nIf anything in it does not fit you, just reply and we will change it.\n\n{brand}",
}


# What a brief says instead of what to make and when, where the deal is a gift.
GIFT = "A gift: no obligation to post."
_GIFT_TEXT = (
    f"{GIFT} If you do post, we would love to see it, and the rest of this page tells you what helps people. "
    "A post about a gift is an ad too, so say so."
)
_NOT_FOR_GIFTS = ("timeline", "review")


@dataclass(frozen=True)
class Part:
    """One section of a finished brief. `markdown` is safe to render; `text` is for copying."""

    key: str
    title: str
    markdown: str
    text: str


def parts_of(content: Mapping[str, Any]) -> list[Part]:
    """The sections of a frozen version in reading order, empty ones left out."""
    values = content["values"]
    found = ((key, title, _source(key, content)) for key, title in SECTIONS.items())
    return [
        Part(key, title, filled_markdown(source, values), filled(source, values))
        for key, title, source in found
        if source.strip()
    ]


def _source(key: str, content: Mapping[str, Any]) -> str:
    if content["values"].get("gift") and key == "deliverables":
        return _GIFT_TEXT
    if content["values"].get("gift") and key in _NOT_FOR_GIFTS:
        return ""
    if key == "messages":
        return "\n".join(f"- {message['text']}" for message in content["messages"])
    if key == "assets":
        return "\n".join(f"- {asset['title']}: {asset['address']}" for asset in content["assets"])
    return str(TRACKING if key == "tracking" else content["sections"].get(key, ""))


def as_markdown(title: str, parts: list[Part]) -> str:
    """The whole brief as Markdown."""
    return "\n\n".join([f"# {title}", *(f"## {part.title}\n\n{part.markdown}" for part in parts)]) + "\n"


def as_text(title: str, parts: list[Part]) -> str:
    """The whole brief as plain text, headings in capitals."""
    return "\n\n".join([title, *(f"{part.title.upper()}\n{part.text}" for part in parts)]) + "\n"
