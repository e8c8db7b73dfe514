"""The rules by which the guards judge the markup of pages find what is wrong in it."""

import pytest

from tests.guards.html_standard import parse_errors
from tests.guards.markup import read
from tests.guards.markup_rules import RULES

BAD = """<html lang="fi" dir="rtl"><body style="x">
<h1 id="a">One</h1><h3 id="a">Three</h3><img src="https://x.org/a.png">
<input id="b"><table><tr><td></td></tr></table><svg></svg><script>1</script>
<p>مقهى</p><a href="#c">c</a><ul><p alt="x">y</p></ul></body></html>"""
# One mistake each, which browsers mend in silence.
UNSOUND = (
    "<table><div>x</div></table>",
    '<a href="x"><a href="y">z</a></a>',
    '<p class="x" class="y">z</p>',
    "<p><div>x</div></p>",
    "<div><span>x</div>",
    "<b><i>x</b></i>",
    "<div/>",
    "<form><form></form></form>",
    '<p a"b="c">x</p>',
    "<p>&nothing; x</p>",
)


def test_each_rule_finds_its_fault():
    page = read(BAD)
    assert [rule.__name__ for rule in RULES if not rule(page)] == []


def test_element_that_is_never_closed_is_noticed():
    with pytest.raises(AssertionError, match="closes"):
        read("<html><p><b>text</p></html>")


@pytest.mark.parametrize("unsound", UNSOUND)
def test_error_of_parsing_is_noticed(unsound):
    page = "<!doctype html><html><head><title>x</title></head><body>{}</body></html>"
    assert parse_errors(page.format("<p>x &amp; y</p>")) == []
    assert parse_errors(page.format(unsound)) != []
