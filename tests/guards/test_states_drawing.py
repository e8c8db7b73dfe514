"""The drawing of the states is that of the tables, and says of each move who makes it."""

from listings import states as of_versions
from organizations import states as of_organizations
from scripts.draw_states import OF_ORGANIZATIONS, OF_VERSIONS, PLACE, diagram, drawing


def test_drawing_is_up_to_date():
    assert PLACE.read_text(encoding="utf-8") == drawing(), "Run: python -m scripts.draw_states"


def test_drawing_says_who_makes_each_move_and_no_other():
    assert list(OF_VERSIONS) == list(of_versions.MOVES)
    assert list(OF_ORGANIZATIONS) == list(of_organizations.MOVES)


def test_drawing_has_each_arrow_and_the_ends():
    drawn = diagram({"go": (frozenset({"b", "a"}), "c")}, "a", ["a", "b", "c"]).splitlines()
    assert drawn[2:-1] == ["    [*] --> a", "    a --> c: go", "    b --> c: go", "    c --> [*]"]
