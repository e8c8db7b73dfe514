"""Rubbish in an address or a form is answered, never a server error: broken UTF-8, NUL bytes, huge numbers."""

from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from listings.forms import STEPS, ListingFilter
from organizations.forms import OrganizationForm
from tests.guards.access_matrix import ARGUMENTS, MATRIX
from tests.guards.sights import BY_NAME
from tests.guards.world import ROLES, World, address, client_of

ANSWERED = {200, 302, 400, 404, 405, 422}
FEW = settings(
    max_examples=8,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
MANY = settings(FEW, max_examples=30)

NASTY = [
    *(b"\x00", b"\xff\xfe", b"\xed\xa0\x80", "\u202e\u0000\U0001f600".encode(), b"%", b"%zz", b",", b" ", b"\n", b"[]"),
    *(b"-1", b"0", b"-0", b"9" * 30, b"1e400", b"NaN", b"Infinity", b"a" * 9000, b"' OR 1=1 --", b"{{7*7}}"),
    *(b"31.12.9999", b"1.1.1", b"0001-01-01", b"9999-12-31", b"24:00", b"25.61"),
    *(b"yes", b"564", b"mon", b"language_club", "Åbo, Rauma,,,".encode()),
]
values = st.one_of(
    st.sampled_from(NASTY), st.binary(max_size=40), st.text(max_size=20).map(lambda t: t.encode("utf-8", "replace"))
)
LISTS = (
    "listing_list",
    "pictures",
    "professional_list",
    "organization_detail",
    "start",
    "listing_week",
    "listing_map",
    "suggest",
    "organization_desk",
    "organization_activity",
    "moderation_queue",
    "versions_together",
    "moderation_rules",
    "moderation_orphans",
    "moderation_organizations",
    "organization_merge_choose",
    "organization_find",
    "audit_log",
    "listing_history",
    "listing_list_feed",
    "listing_list_calendar",
    "sitemap_section",
)
names = st.one_of(
    st.sampled_from(
        [
            *ListingFilter.base_filters,
            "page",
            "day",
            "check",
            "language",
            "next",
            "period",
            "rule_set",
            "kind",
            "rule",
            "hold",
            "late",
            "organization",
            "behind",
            "queue",
            "version",
            "state",
            "section",
            "who",
            "what",
            "organization",
            "listing",
            "since",
            "until",
            "after",
        ]
    ).map(str.encode),
    st.sampled_from([b"page[]", b"words[0][x]", b"", b"=", b"&", b"form__in"]),
    st.binary(max_size=8),
)
pairs = st.lists(st.tuples(names, values), max_size=6)


def query_string(found: list[tuple[bytes, bytes]]) -> str:
    return "&".join(f"{quote_from_bytes(name)}={quote_from_bytes(value)}" for name, value in found)


@pytest.mark.parametrize("page", LISTS)
def test_any_query_string_is_answered(world, page):
    sight = next(one for one in BY_NAME[page] if one.role in ("anonymous", "moderator", "editor"))
    client, url = sight.place(world)
    world.home.version("published")
    asked = []

    @MANY
    @given(found=pairs)
    @example(found=[(b"words", b"\x00")])
    @example(found=[(b"page", b"9" * 5000)])
    @example(found=[(b"municipality", b"\x00"), (b"form", b"\xff")])
    @example(found=[(b"behind", b"version.99999999999999999.1")])
    @example(found=[(b"behind", b"recheck.1.9"), (b"region", b"mine"), (b"rule", b"any"), (b"language", b"ar")])
    @example(found=[(b"form", b"x")] * 3000)
    def ask(found):
        response = client.get(url, QUERY_STRING=query_string(found))
        assert response.status_code in ANSWERED
        asked.append(response.status_code)

    ask()
    assert len(asked) > 20
    assert 200 in asked


STEP_ADDRESSES = ("listing_step", "listing_check")


def fields_of(name: str) -> list[str]:
    """The names of the fields that an address reads."""
    if name in STEP_ADDRESSES:
        texts = [
            f"{text}_{code}"
            for text in ("title", "summary", "description", "language_support")
            for code in ("fi", "ar")
        ]
        steps = [field for step in STEPS if step.form for field in step.form.base_fields]
        pressed = ["add_language", "leave", "leave_out", "move_to"]
        return [*steps, *texts, *pressed, "text_language", "said", "waited_for", "heard"]
    if name.startswith("account_"):
        return [
            "login",
            "email",
            "password",
            "password1",
            "name",
            "preferred_language",
            "oldpassword",
            "is_sure",
            "wanted",
            "mail_rhythm",
            "action_add",
            "next",
        ]
    others = [
        "email",
        "role",
        "claim",
        "kind",
        "is_another",
        "look_up",
        "reason",
        "logo",
        "logo_alt",
        "message",
        "trust-message",
        "queue",
        "query",
        "name",
        "version",
        "reasons",
        "section",
        "fee_amount",
        "dates",
        "explain_non-commercial",
        "words",
        "reader_email",
        "reply",
        "remark",
        "regions",
        "away_from",
        "away_until",
        "stand_in",
        "answer",
        "token",
        "seen",
        "until",
    ]
    return [*OrganizationForm.base_fields, *others]


FORMS = [name for name, one in MATRIX.items() if {"did", "200"} & set(one.post.values())]


@pytest.mark.parametrize("name", FORMS)
def test_any_posted_form_is_answered(world, name):
    entry = MATRIX[name]
    role = next(role for role, answer in entry.post.items() if answer in ("did", "200"))
    user, home = ROLES[role](world)
    client = client_of(user)
    for url in addresses(world, home, name):
        post_rubbish(client, url, fields_of(name))


def addresses(world: World, home, name: str) -> list[str]:
    args = ARGUMENTS[MATRIX[name].what](world, home)
    if name not in STEP_ADDRESSES:
        return [address(name, args)]
    pks = [args[0], home.version("with dates").listing_id]
    return [address(name, (pk, step.code)) for pk in pks for step in STEPS if step.form]


def post_rubbish(client, url: str, fields: list[str]) -> None:
    posted = []

    @FEW
    @given(found=st.lists(st.tuples(st.sampled_from(fields), values), min_size=1, max_size=8))
    @example(found=[(field, b"\x00") for field in fields])
    @example(found=[(field, b"\xff\xfe") for field in fields])
    @example(found=[(field, b"9" * 5000) for field in fields])
    def post(found):
        body = query_string([(name.encode(), value) for name, value in found])
        response = client.post(url, body, content_type="application/x-www-form-urlencoded")
        assert response.status_code in ANSWERED
        posted.append(response.status_code)

    post()
    assert len(posted) >= 3


@pytest.mark.parametrize("day", ["31.12.9999", "1.1.0001", "2.7.9999"])
@pytest.mark.parametrize("field", ["first_date", "last_date"])
def test_any_day_can_be_written_and_looked_at(world, field, day):
    home = world.home
    version = home.version("draft")
    client = client_of(home.editor)
    here = address("listing_step", (version.listing_id, "when-and-where"))
    data = {"weekdays": ["mon"], "starts": "17", "location_mode": "onsite", "municipalities": "Rauma", field: day}
    assert client.post(here, data).status_code in (302, 422)
    assert client.get(address("listing_step", (version.listing_id, "preview"))).status_code == 200
    assert client.post(address("listing_submit", (version.listing_id,))).status_code == 302
    assert client.get(address("listing_manage", (version.listing_id,))).status_code == 200
    decide = address("version_publish", (version.pk,))
    assert client_of(world.moderator).post(decide).status_code == 302
    assert client_of(None).get(address("listing_list")).status_code == 200
