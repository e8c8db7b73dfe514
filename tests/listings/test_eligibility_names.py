"""Names of organizations: which are a project's or a funding programme's, and which only sound like it."""

import pytest

from listings.eligibility import Place, Severity

from .eligibility_data import PROFESSIONAL, check_with


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Arki-hanke", ("Arki-hanke",)),
        ("ARKI-HANKE", ("ARKI-HANKE",)),
        ("Naapuruushanke", ("Naapuruushanke",)),
        ("Uusi arki -projekti", ("-projekti",)),
        ("Uusi arki \u2011hanke", ("hanke",)),
        ("Arki-hankkeen tiimi", ("Arki-hankkeen",)),
        ("Projektet Nya grannar", ("Projektet",)),
        ("Vardagsprojektet", ("Vardagsprojektet",)),
        ("Integrationsprojekt Norr", ("Integrationsprojekt",)),
        ("The Open Yard Project", ("Project",)),
        ("Nya grannar 2026–2028", ("2026–2028",)),
        ("Uudet naapurit 2025 - 27", ("2025 - 27",)),
        ("ESR+ Uudet naapurit", ("ESR+",)),
        ("ESF Plus", ("ESF Plus",)),
        ("Uudet naapurit (AMIF)", ("AMIF",)),
        ("Interreg Aurora", ("Interreg",)),
        ("Erasmus+ Turku", ("Erasmus+",)),
        ("Euroopan sosiaalirahasto", ("sosiaalirahasto",)),
        ("Europeiska socialfonden", ("socialfonden",)),
        ("Asylum, Migration and Integration Fund", ("Fund",)),
        ("Uudistuva Suomi -ohjelma", ("-ohjelma",)),
        ("Integrationsprogrammet", ("Integrationsprogrammet",)),
        # The form belongs to the organization that runs the project.
        ("Rannan Ystävät ry:n Arki-hanke", ("Arki-hanke",)),
        ("Arki-hanke Rannan Ystävät ry:n tuella", ("Arki-hanke",)),
        ("Rannan Ystävät ry Arki-hanke", ("Arki-hanke",)),
        ("Rannan Ystävät ry / Arki-hanke", ("Arki-hanke",)),
        ("Arki-hanke (Rannan Ystävät ry)", ("Arki-hanke",)),
        ("Arki-hanke – Rannan Ystävät ry", ("Arki-hanke",)),
        ("Turun kaupunki, Arki-hanke", ("Arki-hanke",)),
    ],
)
def test_project_name_goes_to_a_moderator(name, words):
    (finding,) = check_with({"organization_names": (name,), "organization_kind": "foundation"})
    assert (finding.code, finding.severity) == ("project-as-organization", Severity.REVIEW)
    assert (finding.field, finding.language) == ("organization_names", None)
    assert finding.words == words
    assert all(word in name for word in words)


@pytest.mark.parametrize(
    "name",
    [
        "Arkiprojekti ry",
        "Uusi arki -projekti ry",
        "Arkiprojekti r.y.",
        "Project Yard rf",
        "Projekt Gård r.f.",
        "Lastenrahasto sr",
        "Arki-rahasto -säätiö",
        "Stiftelsen Projekt Gård",
        "Ab Projekt Gård",
        "Oy Projekti Ab",
        "Arkiprojekti Oy",
        "Osuuskunta Projekti",
        "Arkiprojekti ry – Vardagsprojektet rf",
        # These are no project words.
        "Hankasalmen kunta",
        "Hankoniemen Seura",
        "Projektipaja Turku",
        "Hanke- ja kehityspalvelut",
        "Ohjelmatoimisto Ilo",
        "Erasmus Student Network Turku",
        "Turku 2029",
        "Veteraanit 1939–1945",
        "Itärajan ortodoksinen seurakunta",
        "The Yard Foundation",
    ],
)
def test_organization_name_is_fine(name):
    assert check_with({"organization_names": (name,)}) == []


def test_project_name_in_one_language_is_enough():
    names = ("Rannan Ystävät ry", "Strandprojektet", "Beach Project")
    (finding,) = check_with({"organization_names": names})
    assert finding.words == ("Strandprojektet", "Project")
    assert finding.places == (
        Place("organization_names", None, ("Strandprojektet",)),
        Place("organization_names", None, ("Project",)),
    )


def test_project_name_in_the_professional_section():
    (finding,) = check_with({**PROFESSIONAL, "organization_names": ("Arki-hanke",)})
    assert finding.code == "project-as-organization"


def test_project_named_in_the_listing_is_fine():
    assert check_with({"description": {"fi": "Ryhmä on osa Arki-hanketta. Arki-hanke päättyy 2028."}}) == []
