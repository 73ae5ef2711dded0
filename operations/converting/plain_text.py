"""HTML as plain text: what other help desks keep, as a message of ours shows it."""

import re
import unicodedata
from html.parser import HTMLParser

_BREAKS = frozenset({"p", "div", "br", "tr", "li", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "pre"})
_UNSEEN = frozenset({"script", "style", "head", "title"})
_NONCHARACTERS = 0xFFFE


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BREAKS:
            self.parts.append("\n")
        if tag == "li":
            self.parts.append("- ")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _BREAKS and tag != "br":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(re.sub(r"[ \t\r\n\f]+", " ", data))


def text_of_html(html: str) -> str:
    """The text of a piece of HTML; blocks are lines, at most one of them empty in a row."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    lines = [line.strip() for line in "".join(parser.parts).split("\n")]
    return safe_text(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)))


def safe_text(text: str) -> str:
    """The text without what the desk refuses: control characters, lone surrogates, noncharacters."""
    return "".join(character for character in text if _is_safe(character)).strip()


def safe_line(text: str, longest: int) -> str:
    """The same as one line, cut with an ellipsis."""
    line = " ".join(safe_text(text).split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _is_safe(character: str) -> bool:
    is_noncharacter = ord(character) & 0xFFFF >= _NONCHARACTERS or 0xFDD0 <= ord(character) < 0xFDF0
    return character in "\n\t" or not (is_noncharacter or unicodedata.category(character) in ("Cc", "Cs"))
