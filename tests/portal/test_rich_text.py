"""Nothing that somebody writes or pastes into a page runs in a reader's browser."""

import re
from html.parser import HTMLParser

import pytest

from portal.models import Page
from portal.rich_text import as_html, without_harm

pytestmark = pytest.mark.pages

HARMLESS_ELEMENTS = {"a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"}
HARMLESS_ELEMENTS |= {"h1", "h2", "h3", "h4", "h5", "h6"}
HARMLESS_ATTRIBUTES = {"href", "title", "rel", "start"}


class _Reader(HTMLParser):
    """Notes each element and attribute as a browser would find them, with what an address begins."""

    def __init__(self) -> None:
        super().__init__()
        self.dangers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in HARMLESS_ELEMENTS:
            self.dangers.append(tag)
        for name, value in attrs:
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            is_address = re.match("[a-z]+:", address) and name == "href"
            if name not in HARMLESS_ATTRIBUTES or (is_address and not address.startswith(KNOWN_SCHEMES)):
                self.dangers.append(f"{tag} {name}")


KNOWN_SCHEMES = ("http:", "https:", "mailto:", "tel:")


def dangers(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.dangers


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<form action='https://elsewhere.example.org'><input name=password></form>",
    "<base href='https://elsewhere.example.org/'><meta http-equiv=refresh content='0;url=//elsewhere.example.org'>",
    "<p style='position:fixed' onclick=alert(1)>x</p>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<template><script>alert(1)</script></template>",
)
MARKDOWN = (
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](vbscript:x) [x](file:///etc/passwd) [x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](https://elsewhere.example.org/pixel.png)",
    '[x](https://www.example.org "x\\" onclick=\\"alert(1)")',
    "<javascript:alert(1)>",
    '```"><script>alert(1)</script>\nx\n```',
    "[a]: javascript:alert(1)\n\n[a]",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_html_is_harmless_in_each_of_both_steps(hostile):
    """The allow-list by itself, as if Markdown let HTML through; and as text of a page."""
    assert dangers(hostile) != []
    assert dangers(without_harm(hostile)) == []
    assert dangers(as_html(hostile)) == []
    assert dangers(as_html(f"# x\n\n> - {hostile}\n")) == []


@pytest.mark.parametrize("hostile", MARKDOWN)
def test_hostile_markdown_is_harmless(hostile):
    assert dangers(as_html(hostile)) == []


def test_what_a_page_needs_stays():
    html = as_html(
        "## Näin\n\n3. [Sivu](https://www.example.org/?a=1&b=2 'Ohje') ja **tärkeä** `x < y`\n\n[P](/fi/) <tel:112>"
    )
    assert "<h2>Näin</h2>" in html
    assert '<ol start="3">' in html
    assert 'href="https://www.example.org/?a=1&amp;b=2" title="Ohje" rel="noopener noreferrer"' in html
    assert "<strong>tärkeä</strong>" in html
    assert "<code>x &lt; y</code>" in html
    assert 'href="/fi/"' in html
    assert "javascript" not in html


def test_page_shows_hostile_text_as_letters(client, db):
    Page.objects.filter(slug="about").update(body_fi="<script>alert(1)</script>\n\n[x](javascript:alert(1))")
    html = client.get("/fi/pages/about/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert dangers(html.partition("</h1>")[2].partition("</article>")[0]) == []
