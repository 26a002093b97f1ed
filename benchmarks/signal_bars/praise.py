"""Bot praise as it is sold: a handful of templates, varied in emoji, punctuation, case and typing errors."""

import numpy as np

TEMPLATES = (
    ("Amazing content keep it up", "So beautiful love this", "Great post thanks for sharing", "Wow this is perfect"),
    ("Nice picture my friend", "This made my day thank you", "You are so inspiring", "Best video I have seen today"),
    ("Stunning shot absolutely love it", "Your feed is goals", "This is fire bro", "Cannot stop watching this one"),
    ("Love your style", "Awesome", "Great work as always", "Looking good today"),
    ("Really nice page you have here", "Incredible content dear", "Where did you get it, so cute", "Such a vibe"),
    ("Love the colours in this picture", "Nice shot", "You deserve more followers", "This is exactly what I needed"),
    ("Qué bonito todo", "Me encanta tu perfil", "Hermosa foto amiga", "Saludos desde México"),
    ("Keep going you are the best", "Very good explanation", "Can you make more of these", "Who else loves this"),
)
EMOJI = "🔥😍❤👏🙌😊💯✨👍😎🥰🤩"
ENDINGS = ("", "", "!", "!!", "!!!", ".", "...", " :)")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def bot_comments(count: int, random: np.random.Generator) -> list[str]:
    """So many comments from one set of four templates, each varied on its own."""
    templates = TEMPLATES[random.integers(len(TEMPLATES))]
    return [varied(templates[random.integers(len(templates))], random) for _ in range(count)]


def varied(text: str, random: np.random.Generator) -> str:
    """Two in five with a typing error, some in another case, most with an ending and emoji."""
    text = mistyped(text, random) if random.random() < 0.4 else text
    kind = random.random()
    text = text.lower() if kind < 0.3 else text.upper() if kind < 0.4 else text
    text += ENDINGS[random.integers(len(ENDINGS))]
    if random.random() < 0.6:
        text += " " + "".join(random.choice(list(EMOJI), random.integers(1, 4)))
    return text


def mistyped(text: str, random: np.random.Generator) -> str:
    """With one letter missing, doubled, swapped with the next, or wrong."""
    at = int(random.integers(1, len(text) - 1))
    before, letter, following, after = text[:at], text[at], text[at + 1], text[at + 2 :]
    wrong = LETTERS[random.integers(len(LETTERS))]
    return (
        before
        + ("" + following, letter * 2 + following, following + letter, wrong + following)[random.integers(4)]
        + after
    )
