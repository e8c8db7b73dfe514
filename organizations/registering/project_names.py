"""Decides whether an organization's name is that of a project, a fund or a funding programme.

Only the name counts. A registered body may have any word in its name ("Kotiprojekti ry", "Lastenrahasto sr"):
its legal form excuses the word. The form must belong to the same part of the name, after the word or as the
first word of all ("Ab Projekt Hemma"): in "Koti ry / Arki-hanke" and "Arki-hanke (Koti ry)" the form belongs
to the organization that runs the project, and the name is still the project's.
"""

import re
from collections.abc import Iterator

# A compound ends in the word that says what it is: "Arki-hanke" is a project, "projektipaja" is a workshop.
# The ending guard leaves "hanke- ja kehityspalvelut" and "projekti-insinöörit" alone.
COMPOUND = r"(?<![\w+–-])[\w+–-]*?"
END = r"(?![\w-])"

PROJECT = rf"{COMPOUND}(?:hanke|hankkeen|projekti|projektin|projekt|projektet|projektets|project){END}"
FUND = rf"{COMPOUND}(?:rahasto|rahaston|fond|fonden|fondens){END}|\bfund{END}"
PROGRAMME = rf"{COMPOUND}(?:ohjelma|ohjelman|program|programmet|programmets|programme){END}"
# Erasmus needs its plus: the Erasmus Student Network is an association.
FUNDING = (
    r"(?<!\w)(?:(?:esr|esf)(?:\s?\+|\s?plus\b)?|eakr|eruf|erdf|amif|interreg|jtf|cerv|nextgenerationeu"
    r"|erasmus\s?(?:\+|plus\b)|horizon europe|horisontti eurooppa|horisont europa"
    r"|creative europe|luova eurooppa|kreativa europa)(?!\w)"
)
# Associations do not name themselves after a funding period; projects do.
PERIOD = r"(?<!\d)20\d\d\s?[–-]\s?(?:20)?\d\d(?!\d)"

PROJECT_WORDS = re.compile("|".join((PROJECT, FUND, PROGRAMME, FUNDING, PERIOD)), re.IGNORECASE)

# The marks that the law requires in the names of associations, foundations, companies and cooperatives.
# "ry:n" is not one of them: the genitive names an owner.
LEGAL_FORM = re.compile(
    r"(?<![\w-])(?:"
    r"r\.?\s?y\.?|r\.?\s?f\.?|sr\.?|oyj?|abp?|ky|kb|osk|anl|ltd|plc"
    r"|rekisteröity yhdistys|registrerad förening|registered association"
    r"|osuuskunta|andelslaget|andelslag|[\w-]*?(?:säätiö|stiftelsen|stiftelse)"
    r")(?![\w:-])",
    re.IGNORECASE,
)

# A new part of the name starts at a bracket, a comma, a slash, a bar or a dash with space around it.
PART = re.compile(r"[(),;/|\[\]]|\s[–—-]\s(?!\d)")


def project_words(name: str) -> tuple[str, ...]:
    """The words that make a name a project's or a funding programme's; none for a name that is fine."""
    return tuple(word for part in PART.split(name) for word in _words_in_part(part))


def _words_in_part(part: str) -> Iterator[str]:
    """Yield the words of one part of a name that no legal form excuses."""
    forms = [form.start() for form in LEGAL_FORM.finditer(part.strip())]
    for match in PROJECT_WORDS.finditer(part.strip()):
        is_excused = any(start == 0 or start >= match.end() for start in forms)
        if not is_excused:
            yield match.group()
