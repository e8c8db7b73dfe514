"""A person with a browser: goes to pages, writes, presses, and looks closely at every page that comes.

Controls are found by what they send, not by their words, so that the same steps run in every language.
"""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Locator, Response

# Every rule of WCAG 2.2 A and AA, and what axe thinks good beyond them. Nothing is left out.
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK_AXE = "options => axe.run(options).then(found => [found.violations, found.passes.length])"
# Finds the elements with text whose place is not among the known ones, keeps them, and gives the places' numbers. A
# place is an element with all around it, as far as a style sheet can choose by it.
FIND_NEW_PLACES = """known => {
    const seen = new Set(known), found = new Set();
    const own = /^(class|style|type|role|dir|lang|hidden|open|disabled|checked|selected|required|readonly|aria-|data-)/;
    const left = /^aria-(label|describedby|labelledby|controls|details|owns)/;
    const hash = text => [...text].reduce((sum, sign) => (Math.imul(sum, 31) + sign.codePointAt(0)) | 0, 7);
    window.newPlaces = [];
    const walk = (element, around) => {
        const marks = [...element.attributes].filter(one => own.test(one.name) && !left.test(one.name));
        const place = hash(around + element.tagName + marks.map(one => one.name + "=" + one.value).sort().join());
        const speaks = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim().length > 1);
        if ((speaks || /INPUT|SELECT|TEXTAREA/.test(element.tagName)) && !seen.has(place) && !found.has(place)) {
            found.add(place);
            window.newPlaces.push(element);
        }
        for (const child of element.children) walk(child, place);
    };
    walk(document.body, "");
    return [...found];
}"""
MEASURE_CONTRAST = """() => axe.run(
    {include: window.newPlaces}, {runOnly: ["color-contrast"], resultTypes: ["violations"], preload: false}
).then(found => found.violations)"""
# On which screens, in which themes, which places have been measured in this run
MEASURED: dict[tuple[Any, ...], set[int]] = {}
SCREEN = (
    """() => [innerWidth, matchMedia("(prefers-color-scheme: dark)").matches, matchMedia("(forced-colors)").matches]"""
)
TOO_WIDE = """[...document.querySelectorAll("main *")]
    .filter(one => Math.max(one.getBoundingClientRect().right, -one.getBoundingClientRect().left) > innerWidth)
    .map(one => one.outerHTML.slice(0, 80))"""
SUBMIT = "main form[method=post] .form-foot button:not([name])"


class Page:
    """A tab of a browser with axe at hand; what its console says is noted. `what` names the page that it shows."""

    reads_style_sheet = True

    def __init__(self, context: BrowserContext, *, has_scripts: bool = True) -> None:
        self.context = context
        self.has_scripts = has_scripts
        if has_scripts:
            context.add_init_script(AXE_SCRIPT)
        self.page = context.new_page()
        self.what = ""
        self.checked: list[str] = []
        self.failures: list[str] = []
        self._refused: set[str] = set()
        self.page.on("pageerror", lambda error: self.failures.append(str(error)))
        self.page.on("console", self._note_console)

    def _note_console(self, message: Any) -> None:
        url = message.location["url"].partition("#")[0]
        if message.type == "error" and url not in self._refused:
            self.failures.append(f"{message.text} ({url})")

    def check(self) -> None:
        """Ask axe about the page as it is now, by all rules.

        Contrast takes three quarters of axe's time: it is measured once for each place in which text stands.
        """
        options = {"runOnly": AXE_RULES, "resultTypes": ["violations"], "preload": self.reads_style_sheet}
        but = {"rules": {"color-contrast": {"enabled": False}}}
        violations, passes = self.page.evaluate(ASK_AXE, options | but)
        assert passes > 5, "axe has read nothing"
        self.judge(violations)
        measured = MEASURED.setdefault(tuple(self.page.evaluate(SCREEN)), set())
        new_places = self.page.evaluate(FIND_NEW_PLACES, list(measured))
        if new_places:
            self.judge(self.page.evaluate(MEASURE_CONTRAST))
            measured |= set(new_places)
        self.checked.append(self.what)

    def judge(self, violations: list[Any]) -> None:
        assert not violations, f"{self.what}: {[_violation(one) for one in violations]}"

    def width(self) -> int:
        return self.page.evaluate("document.documentElement.clientWidth")

    def width_needed(self) -> int:
        return self.page.evaluate("document.documentElement.scrollWidth")

    def fits(self) -> None:
        """Nothing has to be scrolled sideways."""
        assert self.width_needed() <= self.width(), f"{self.what} scrolls sideways: {self.page.evaluate(TOO_WIDE)}"


class Visitor(Page):
    """`looked_at` holds the pages that came, `checked` those that axe has read, `asked` each address asked for."""

    def __init__(self, context: BrowserContext, origin: str, *, has_scripts: bool) -> None:
        super().__init__(context, has_scripts=has_scripts)
        self.origin = origin
        self.looked_at: list[str] = []
        self.asked: list[str] = []
        self.elsewhere: list[str] = []
        context.on("request", lambda request: self._note_request(request.url))
        self.page.on("response", self._note_response)

    def _note_request(self, url: str) -> None:
        self.asked.append(url)
        if not url.startswith((self.origin + "/", "data:")):
            self.elsewhere.append(url)

    def _note_response(self, response: Response) -> None:
        # A page that answers 400, 404, 410 or 422 on purpose is written to the console as an error too.
        if response.status in (400, 404, 410, 422) and response.request.is_navigation_request():
            self._refused.add(response.url.partition("#")[0])

    # Moving

    @property
    def path(self) -> str:
        """Where the page is on this site, without the field that was jumped to."""
        return self.page.url.removeprefix(self.origin).partition("#")[0]

    def go(self, address: str, status: int = 200) -> None:
        """Open a path of this site, or the full address from a mail."""
        response = self.page.goto(self.origin + address if address.startswith("/") else address)
        assert response is not None
        self._look(response, status)

    def press(self, selector: str = SUBMIT, status: int = 200) -> None:
        """Press what leads to a page."""
        with self.page.expect_navigation() as navigation:
            self.one(selector).click()
        # The field that was jumped to is forgotten: the page that comes is read from its top.
        assert "#" not in self.page.url
        self._look(navigation.value, status)

    def _look(self, response: Response, status: int) -> None:
        """What holds on every page: the status, one main heading, no sideways scroll, no errors, nothing for axe."""
        assert response.status == status, f"{self.path} answers {response.status}"
        assert self.page.locator("h1").count() == 1, self.path
        self.what = self.path
        self.fits()
        assert self.elsewhere == []
        assert self.failures == []
        self.looked_at.append(self.path)
        if self.has_scripts:
            self.check()

    def check(self) -> None:
        self.what = self.path
        super().check()

    # Finding

    def one(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def text(self, selector: str) -> str:
        return self.one(selector).inner_text()

    def has(self, selector: str) -> bool:
        return self.one(selector).count() > 0

    def field(self, name: str) -> Locator:
        """The frame of a field: its label, what is said at it, and its control."""
        return self.page.locator(".field").filter(has=self.page.locator(f'[name="{name}"]'))

    def focus(self) -> str:
        """The id of what has the focus."""
        return self.page.evaluate("document.activeElement.id")

    # Filling in

    def write(self, **texts: str) -> None:
        for name, text in texts.items():
            self.one(f'main [name="{name}"]').fill(text)

    def choose(self, **answers: str | list[str]) -> None:
        """Choose radio buttons and check boxes by the codes that they send."""
        for name, codes in answers.items():
            for code in [codes] if isinstance(codes, str) else codes:
                self.one(f'input[name="{name}"][value="{code}"]').check()

    def written(self, *names: str) -> dict[str, str]:
        return {name: self.one(f'main [name="{name}"]').input_value() for name in names}

    def chosen(self, *names: str) -> dict[str, str | list[str]]:
        """What is chosen now, in the shape that `choose` takes."""
        found: dict[str, str | list[str]] = {}
        for name in names:
            marked = self.page.locator(f'input[name="{name}"]:checked').all()
            codes = [one.get_attribute("value") or "" for one in marked]
            found[name] = codes[0] if len(codes) == 1 else codes
        return found

    def unfold(self, selector: str) -> None:
        """Open what is folded away."""
        if self.one(selector).get_attribute("open") is None:
            self.one(f"{selector} > summary").click()

    # Errors

    def errors(self) -> list[str]:
        """The ids to which the summary leads, in its order."""
        links = self.page.locator(".error-summary a").all()
        return [(link.get_attribute("href") or "").removeprefix("#") for link in links]

    def follow_error(self, target: str) -> None:
        """Press a line of the summary: the focus has to move to its field, which has to say what is wrong."""
        self.one(f'.error-summary a[href="#{target}"]').click()
        assert self.focus() == target
        field = self.page.locator(".field--bad").filter(has=self.page.locator(f'[id="{target}"]'))
        assert field.locator(".error, .finding--stop").first.is_visible()


def _violation(violation: dict[str, Any]) -> str:
    places = "; ".join(f"{node['html'][:160]} {node['failureSummary']}" for node in violation["nodes"][:3])
    return f"{violation['id']}: {violation['help']} – {places}"
