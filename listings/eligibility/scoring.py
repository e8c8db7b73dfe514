"""Measures how well the check agrees with labelled cases: verdicts, rule by rule, exact rule sets."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .rules import RULES


@dataclass
class Score:
    """Counts cases one by one with `add`; `lines` gives the report."""

    cases: int = 0
    exact: int = 0
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    expected_rules: Counter[str] = field(default_factory=Counter)
    found_rules: Counter[str] = field(default_factory=Counter)
    right_rules: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def add(self, name: str, expected: tuple[str, Iterable[str]], found: tuple[str, Iterable[str]]) -> None:
        """Count one case: the expected and the found verdict, each with its rule codes."""
        wanted, got = set(expected[1]), set(found[1])
        self.cases += 1
        self.exact += wanted == got
        self.verdicts[expected[0], found[0]] += 1
        self.expected_rules.update(wanted)
        self.found_rules.update(got)
        self.right_rules.update(wanted & got)
        if wanted != got or expected[0] != found[0]:
            missing = ", ".join(sorted(wanted - got)) or "none"
            extra = ", ".join(sorted(got - wanted)) or "none"
            self.differences.append(f"{name}: {expected[0]} -> {found[0]}, missing {missing}, extra {extra}")

    @property
    def right_verdicts(self) -> int:
        """How many cases got the expected verdict."""
        return sum(count for (expected, found), count in self.verdicts.items() if expected == found)

    def lines(self) -> Iterator[str]:
        """Yield the report line by line."""
        if not self.cases:
            yield "No line says what is expected."
            return
        yield f"{'rule':<26}{'expected':>9}{'found':>7}{'right':>7}{'precision':>11}{'recall':>8}"
        for code in (*RULES, *sorted(set(self.expected_rules) - set(RULES))):
            expected, found = self.expected_rules[code], self.found_rules[code]
            if expected or found:
                yield self._row(code, expected, found, self.right_rules[code])
        totals = (count.total() for count in (self.expected_rules, self.found_rules, self.right_rules))
        yield self._row("all", *totals)
        right = self.right_verdicts
        yield f"right verdicts: {right} of {self.cases} ({right / self.cases:.1%})"
        yield f"exact rule sets: {self.exact} of {self.cases} ({self.exact / self.cases:.1%})"
        yield "verdicts, expected -> found:"
        for (wanted, got), count in sorted(self.verdicts.items()):
            yield f"  {wanted} -> {got}: {count}"
        if self.differences:
            yield "differences:"
            yield from (f"  {difference}" for difference in self.differences)

    def _row(self, code: str, expected: int, found: int, right: int) -> str:
        shares = (f"{right / total:.2f}" if total else "-" for total in (found, expected))
        precision, recall = shares
        return f"{code:<26}{expected:>9}{found:>7}{right:>7}{precision:>11}{recall:>8}"
