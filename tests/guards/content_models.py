"""What the HTML standard says about a page beyond what its parser finds: which element stands in which, with what.

Of the elements that we use; another one is added when a page needs it.
"""

from tests.guards.markup import Element


def _names(names: str) -> set[str]:
    return set(names.split())


# Elements that hold words and what stands in a line with them, and those that may stand there.
_HOLD_WORDS = _names("p h1 h2 h3 h4 h5 h6 button label summary span b strong em i q s small code kbd time bdi pre")
_WORDS = _names(
    "a abbr b bdi br button cite code data datalist del em i iframe img input ins kbd label mark meter output progress"
    " q s samp script select small span strong sub sup svg textarea time u var wbr"
)
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# A summary and a legend may be headings, too.
_MAY_HOLD_HEADINGS = {"summary", "legend"}
_CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
    "select": {"option", "optgroup", "hr"},
    "optgroup": {"option"},
    "datalist": {"option"},
}
_PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "legend": {"fieldset"},
    "summary": {"details"},
    "caption": {"table"},
}
_PRESSED = {"a", "button", "input", "select", "textarea", "details", "label", "iframe"}
_ONCE = ("main", "title", "h1")

_ANYWHERE = _names("id class lang dir role hidden tabindex title autofocus accesskey translate")
_LENGTHS = {"width", "height"}
_OF_CONTROLS = {"name", "form", "required", "disabled", "autocomplete"}
_ATTRIBUTES = {
    "meta": {"charset", "content", "name", "property", "http-equiv"},
    "link": {"href", "hreflang", "rel", "type", "sizes", "media", "as"},
    "script": {"defer", "async", "src", "type"},
    "a": {"href", "hreflang", "rel", "target", "download"},
    "img": {"alt", "src", "loading", "decoding"} | _LENGTHS,
    "iframe": {"src", "sandbox", "loading"} | _LENGTHS,
    "details": {"open", "name"},
    "form": {"action", "method", "enctype", "novalidate", "autocomplete"},
    "label": {"for"},
    "input": {"accept", "checked", "inputmode", "list", "maxlength", "minlength", "min", "max", "step", "multiple"}
    | {"pattern", "placeholder", "readonly", "size", "type", "value"}
    | _OF_CONTROLS,
    "select": {"multiple", "size"} | _OF_CONTROLS,
    "textarea": {"cols", "rows", "maxlength", "minlength", "placeholder", "readonly"} | _OF_CONTROLS,
    "button": {"type", "value", "name", "form", "disabled", "formaction", "formmethod", "formnovalidate"},
    "option": {"selected", "value", "label", "disabled"},
    "optgroup": {"label", "disabled"},
    "fieldset": {"name", "form", "disabled"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "time": {"datetime"},
    "ol": {"start", "reversed"},
    "li": {"value"},
}


def nesting(page: Element) -> list[str]:
    """Each element stands where the standard lets it, and in a line of words are only words."""
    faults = [f"{tag} more than once" for tag in _ONCE if sum(1 for _one in page.all(tag)) > 1]
    for one in page.all():
        parent = one.parent
        assert parent is not None
        above = [up.tag for up in parent.ancestors()]
        if "svg" in above:
            continue
        good = one.tag in _CHILDREN.get(parent.tag, {one.tag}) or one.tag == "script"
        good &= parent.tag in _PARENTS.get(one.tag, {parent.tag})
        if parent.tag in _HOLD_WORDS | {"legend"}:
            good &= one.tag in _WORDS or (parent.tag in _MAY_HOLD_HEADINGS and one.tag in _HEADINGS)
        if one.tag in _PRESSED and one.get("type") != "hidden":
            good &= not {"a", "button"} & {*above} and not (one.tag == "label" and "label" in above)
        if not good:
            faults.append(f"{one} in {parent}")
    faults += [
        f"{one} does not begin with its summary"
        for one in page.all("details")
        if not one.children or one.children[0].tag != "summary"
    ]
    return faults


def attributes(page: Element) -> list[str]:
    """Each attribute is one that its element has; a hidden input is nothing that a browser could fill in."""
    faults = []
    for one in page.all():
        if any(up.tag == "svg" for up in one.ancestors()):
            continue  # a language of its own
        allowed = _ANYWHERE | _ATTRIBUTES.get(one.tag, set())
        wrong = [
            name for name in one.attributes if name not in allowed and not name.startswith(("aria-", "data-", "hx-"))
        ]
        if one.get("type") == "hidden":
            wrong += [name for name in ("autocomplete", "required", "maxlength") if name in one.attributes]
        faults += [f"{name} at {one}" for name in wrong]
    return faults
