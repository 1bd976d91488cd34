"""A long play, the same at each call, for tests that need many relationships and a long import."""

from random import Random

WORDS = [
    "love",
    "hate",
    "sea",
    "stone",
    "friend",
    "villain",
    "sweet",
    "cruel",
    "light",
    "dark",
    "king",
    "ship",
    "come",
    "go",
    "stay",
    "never",
]
SPEAKERS = 14


def long_play(scenes: int = 24) -> str:
    """Returns English TEI: scenes of 30 speeches by 14 speakers, some of them shared, drawn from a fixed seed."""
    random = Random(1)
    played = "".join(_scene(random, number) for number in range(1, scenes + 1))
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt><title>A long play</title>'
        f"</titleStmt></fileDesc></teiHeader><text><body>{played}</body></text></TEI>"
    )


def _scene(random: Random, number: int) -> str:
    present = random.sample(range(SPEAKERS), random.randint(2, 6))
    return f'<div type="scene"><head>Scene {number}</head>{"".join(_speech(random, present) for _ in range(30))}</div>'


def _speech(random: Random, present: list[int]) -> str:
    speakers = " ".join(f"#p{speaker}" for speaker in random.sample(present, random.choice((1, 1, 1, 2))))
    return f'<sp who="{speakers}"><p>{" ".join(random.choices(WORDS, k=random.randint(1, 20)))}.</p></sp>'
