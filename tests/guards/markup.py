"""Reads a page's HTML into elements, for the guards that look at its structure. Standard library only."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(eq=False)
class Element:
    """An element with its attributes, its own texts and its children."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: list["Element"] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        shown = " ".join(f'{name}="{value}"' for name, value in list(self.attributes.items())[:4])
        return f"<{self.tag} {shown}>"

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def all(self, *tags: str) -> Iterator["Element"]:
        """The element's descendants in order of reading; with tags, only those."""
        for child in self.children:
            if not tags or child.tag in tags:
                yield child
            yield from child.all(*tags)

    def ancestors(self) -> Iterator["Element"]:
        """The element itself, its parent and so on."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    def text(self) -> str:
        return " ".join(" ".join([*self.texts, *(child.text() for child in self.children)]).split())

    def inherited(self, name: str) -> str:
        """The attribute's nearest value, from the element upwards."""
        return next((one.get(name) for one in self.ancestors() if name in one.attributes), "")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#root", {})
        self.open = self.root
        self.mistakes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        if len(names) != len(set(names)):
            self.mistakes.append(f"<{tag}> has an attribute twice: {sorted(names)}")
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or self.open.tag != tag:
            self.mistakes.append(f"</{tag}> closes {self.open}")
            return
        assert self.open.parent is not None
        self.open = self.open.parent

    def handle_data(self, data: str) -> None:
        self.open.texts.append(data)


def read(html: str) -> Element:
    """The page's root; fails when elements are not closed in the order in which they were opened."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if reader.open is not reader.root:
        reader.mistakes.append(f"{reader.open} is never closed")
    assert not reader.mistakes, reader.mistakes
    return reader.root
