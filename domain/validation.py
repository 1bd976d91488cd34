"""Validation of text input: limits, forbidden characters, and the normal form for search."""

import unicodedata

from domain.refusals import Invalid, Problem

NAME_LENGTH_MAX = 200
DESCRIPTION_LENGTH_MAX = 10_000
TITLE_LENGTH_MAX = 500
CONTENT_LENGTH_MAX = 10_000
MESSAGE_LENGTH_MAX = 50_000
PASSWORD_LENGTH_MIN = 8
PASSWORD_LENGTH_MAX = 200


class ValidationErrors:
    """Collects the problems of an input, so that the client receives all of them at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, *path: str, because: str) -> None:
        self.problems.append(Problem(path, because))

    def raise_if_any(self) -> None:
        if self.problems:
            raise Invalid(problems=tuple(self.problems), explanation=self.problems[0].explanation)

    def check_line(self, text: str, *path: str, longest: int = NAME_LENGTH_MAX) -> str:
        """A trimmed line. Adds a problem if it is empty, too long or has control characters."""
        text = text.strip()
        if not text:
            self.add(*path, because="It is empty; enter at least one visible character.")
        elif any(unicodedata.category(c) == "Cc" for c in text):
            self.add(*path, because="It contains a line break or another control character; remove it.")
        return self._check_length(text, path, longest)

    def check_text(self, text: str, *path: str, longest: int = DESCRIPTION_LENGTH_MAX) -> str:
        """Text with any number of lines. Adds a problem if it is too long or has control characters but tabs and breaks."""
        if any(unicodedata.category(c) == "Cc" and c not in "\n\r\t" for c in text):
            self.add(*path, because="It contains a control character (such as NUL); remove it.")
        return self._check_length(text, path, longest)

    def _check_length(self, text: str, path: tuple[str, ...], longest: int) -> str:
        if len(text) > longest:
            self.add(*path, because=f"It has {len(text):,} characters; at most {longest:,} are allowed.")
        if any(unicodedata.category(c) == "Cs" for c in text):
            self.add(*path, because="It contains half of a surrogate pair, which is not a character; remove it.")
        return text


def casefold_for_search(text: str) -> str:
    """The form in which names are compared: without case and accents, with single spaces."""
    # Decomposed before case folding too, because some characters, such as ℠, decompose into capitals.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFKC", plain).split())
