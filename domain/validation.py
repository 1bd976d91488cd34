"""Texts that come from outside: their limits, what is refused in them, and the form in which they are searched."""

import unicodedata

from domain.refusals import Invalid, Problem

NAME_LENGTH_MAX = 200
DESCRIPTION_LENGTH_MAX = 10_000
TITLE_LENGTH_MAX = 500
CONTENT_LENGTH_MAX = 10_000
MESSAGE_LENGTH_MAX = 50_000
KEY_LENGTH_MAX = 200
PASSWORD_LENGTH_MIN = 8
PASSWORD_LENGTH_MAX = 200


class ValidationErrors:
    """Collects what is wrong with an input, so that a client learns all of it at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, *path: str, because: str) -> None:
        self.problems.append(Problem(path, because))

    def raise_if_any(self) -> None:
        if self.problems:
            raise Invalid(problems=tuple(self.problems), explanation=self.problems[0].explanation)

    def check_line(self, text: str, *path: str, longest: int = NAME_LENGTH_MAX) -> str:
        """One line that says something: trimmed, not empty, without control characters."""
        text = text.strip()
        if not text:
            self.add(*path, because="It is empty; give at least one character that can be seen.")
        elif any(unicodedata.category(c) == "Cc" for c in text):
            self.add(*path, because="It has a line break or another control character; leave those out.")
        return self._check_length(text, path, longest)

    def check_text(self, text: str, *path: str, longest: int = DESCRIPTION_LENGTH_MAX) -> str:
        """Text of any lines, possibly empty."""
        if any(unicodedata.category(c) == "Cc" and c not in "\n\r\t" for c in text):
            self.add(*path, because="It has a control character (such as NUL); leave it out.")
        return self._check_length(text, path, longest)

    def _check_length(self, text: str, path: tuple[str, ...], longest: int) -> str:
        if len(text) > longest:
            self.add(*path, because=f"It has {len(text):,} characters; at most {longest:,} are kept.")
        if any(unicodedata.category(c) == "Cs" for c in text):
            self.add(*path, because="It has half of a surrogate pair, which is no character; leave it out.")
        return text


def casefold_for_search(text: str) -> str:
    """How names are compared: without case and accents, white space folded."""
    # Taken apart before it is folded too: some signs, such as ℠, are made of capitals.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFKC", plain).split())
