"""Texts of the operator's pages: Markdown in, harmless HTML out.

Raw HTML in the Markdown is off, so that what somebody pastes is shown as letters. What comes out goes through an
allow-list all the same: a fault of the one is not yet a hole. Pictures are not on it, because a page loads nothing from
another host.
"""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

MARKDOWN = MarkdownIt("commonmark", {"html": False})
ELEMENTS = {"a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"}
ELEMENTS |= {"h1", "h2", "h3", "h4", "h5", "h6"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}
# The page that a link opens learns neither where the reader was nor how to reach the page that it came from.
REL = "noopener noreferrer"


def as_html(markdown: str) -> SafeString:
    return mark_safe(without_harm(MARKDOWN.render(markdown)))  # noqa: S308 - from the allow-list


def without_harm(html: str) -> str:
    """Only what is on the allow-list; the text inside other elements stays, save that of scripts and styles."""
    return nh3.clean(html, tags=ELEMENTS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=REL)
