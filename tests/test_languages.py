"""The interface in four languages: which one is used, and that the catalogues are complete."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from babel.messages.pofile import read_po
from web_site import Site, text_of

from events.errors import UnusableOption
from events.model import Attendee
from matcher.phrase import phrase, phrases
from matcher.plan.notices import told_sit_outs
from web.languages import LANGUAGES, number, translated
from web.words import LANGUAGE

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "web" / "translations"
OTHERS = [code for code in LANGUAGES if code != "en"]
SETTINGS = {"en": "Settings", "de": "Einstellungen", "fr": "Réglages", "es": "Ajustes"}


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "seedbed.db")


def heading(site, **headers):
    page = site.client.get("/data/", headers=headers).text
    lang = re.search(r'<html lang="(\w+)"', page)[1]
    return lang, re.search(r"<h1>(.+?)</h1>", page)[1]


@pytest.mark.parametrize("code", LANGUAGES)
def test_pages_speak_as_the_browser_asks(site, code):
    asked = {"Accept-Language": f"{code}-XX,tlh;q=0.9"}
    assert heading(site, **asked) == (code, SETTINGS[code])


def test_pages_speak_english_where_nobody_knows_better(site):
    assert heading(site) == ("en", "Settings")
    assert heading(site, **{"Accept-Language": "tlh"}) == ("en", "Settings")


def test_what_was_chosen_comes_first_and_is_kept(site):
    site.post("/data/language", "/data/", language="fr")
    again = Site(site.path)
    assert heading(again, **{"Accept-Language": "de"}) == ("fr", "Réglages")
    again.post("/data/language", "/data/", language="")
    assert heading(again, **{"Accept-Language": "de"}) == ("de", "Einstellungen")


def test_a_language_that_there_is_not_is_refused(site):
    site.post("/data/language", "/data/", language="fr")
    answer = site.post("/data/language", "/data/", language="tlh")
    assert answer.status_code == 200
    assert answer.text.count("is-invalid") == 1
    assert heading(site)[0] == "fr"


def test_sentences_with_tags_in_them_are_translated(site):
    event = site.event(title="Abend <1>")
    site.post("/data/language", "/data/", language="de")
    page = site.get(f"/events/{event.id}/erase")
    assert "<h1>„<bdi>Abend &lt;1&gt;</bdi>“ löschen?</h1>" in page


def test_what_an_import_understood_is_told_in_the_language_of_pages(site):
    event = site.event()
    site.post("/data/language", "/data/", language="de")
    page = site.get(site.upload(event, b"Name,Email\nAna Ruiz,a@x.org\nAna Ruiz,a@x.org\n"))
    assert "2 Zeilen gelesen: 1 Person, 1 doppelter Eintrag zusammengefasst." in text_of(page)
    assert "Zeile 3: 'Ana Ruiz' ist dieselbe Person wie in Zeile 2;" in text_of(page)


def test_what_a_plan_will_mean_is_told_in_the_language_of_pages(site):
    event = site.event(*(Attendee(id=name, name=name) for name in "abc"))
    site.post("/data/language", "/data/", language="fr")
    said = text_of(site.get(f"/events/{event.id}/plans/"))
    assert "3 personnes forment 3 paires différentes, et 6 tours en demanderaient" in said


def test_a_phrase_fills_numbers_and_phrases_in_as_the_language_does(site):
    tables = phrases("%(num)s table", "%(num)s tables", 2000)
    said = phrase("From %(start)s to %(end)s, at %(tables)s.", start="9", end="10", tables=tables)
    assert said == "From 9 to 10, at 2,000 tables."
    with site.app.test_request_context(headers={"Accept-Language": "es"}):
        assert translated(said) == "De 9 a 10, con 2.000 mesas."
        assert translated(UnusableOption(tables)) == "2.000 mesas"
        assert translated("What nobody translated.") == "What nobody translated."


def test_what_a_plan_kept_as_text_is_told_in_the_language_of_pages(site):
    kept = told_sit_outs(np.array([2, 1, 0])), "Fewer meetings than their minimum: Jo (1 of 3)."
    pinned = "Ana and Ben must meet in round 2 (pin)."
    with site.app.test_request_context(headers={"Accept-Language": "de"}):
        assert translated(str(kept[0])) == "3 Pausen, verteilt auf 2 Personen: höchstens je 2."
        assert translated(pinned) == "Ana und Ben müssen sich in Runde 2 treffen (pin)."
        assert translated(kept[1]) == kept[1]  # no sentence of ours any more: as it is


def test_each_mistake_in_written_rules_is_told_in_the_language_of_pages(site):
    event = site.event(Attendee(id="ana", name="Ana"), Attendee(id="ben", name="Ben"))
    site.post("/data/language", "/data/", language="de")
    wrong = '[[pin]]\npeople = ["Ana", "Cleo"]\n[[pni]]\npeople = ["Ana", "Ben"]\nquota = 3\n'
    said = text_of(site.write_rules(event, wrong).text)
    assert "Zeile 2: „Cleo“ ist niemand bei dieser Veranstaltung." in said
    assert "Zeile 3: eine Regel „pni“ gibt es nicht. Bekannt sind: availability" in said


def test_a_mistake_in_a_question_is_told_in_the_language_of_pages(site):
    event = site.event(Attendee(id="ana", name="Ana"), Attendee(id="ben", name="Ben"))
    site.post("/data/language", "/data/", language="fr")
    at = f"/events/{event.id}/words/"
    typed = {"language": "en", "tone": "", "version": "1", "questions": "Why are you here?"}
    said = text_of(site.post(at, at, **typed).text)
    assert "Vos questions, ligne 1, Why are you here? : Q6 : « why are you » demande" in said


def test_the_languages_are_those_of_cards():
    assert LANGUAGES == LANGUAGE
    assert sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir()) == sorted(OTHERS)


def test_every_text_is_translated_and_compiled():
    tool = [sys.executable, "tools/translations.py", "--check"]
    found = subprocess.run(tool, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (found.stdout, found.returncode) == ("Every text is translated.\n", 0)


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_fills_in_what_the_text_does(code):
    with (FOLDER / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalog = read_po(file)
    for message in catalog:
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        for text, translation in zip(texts, said, strict=True) if message.id else ():
            assert holes(translation) == holes(text), f"{code}: {text}"
            assert marks(translation) == marks(text), f"{code}: {text}"


def holes(text):
    """Return what is filled in."""
    return sorted(re.findall(r"%\(\w+\)\w|%%", text))


def marks(text):
    """Return the tags in a text."""
    return sorted(re.findall(r"</?\w+[^>]*>", text))


def test_a_number_is_written_anew_for_each_language_and_without_a_sign_for_nothing(site):
    shown = []
    for code in ("en", "de", "en"):
        with site.app.test_request_context(headers={"Accept-Language": code}):
            shown.append((number(1234.5, 1), number(1), number(1.0, 1), number(-0.0, 1)))
    english, german = ("1,234.5", "1", "1.0", "0.0"), ("1.234,5", "1", "1,0", "0,0")
    assert shown == [english, german, english]


def texts_in(code):
    written = (FOLDER / code / "LC_MESSAGES" / "messages.po").read_bytes()
    catalog = read_po(BytesIO(written), locale=code)
    for message in catalog:
        if message.id:
            yield from message.string if isinstance(message.string, tuple) else (message.string,)


TYPED_WRONG = {
    "de": r"\"|”|\.\.\.| %%",
    "fr": r"\"|“|”|'|\.\.\.|[^\u202f][;!?](?=\s|$)| [:»]| %%|«[^\u00a0]"
    r"|\b[Tt](u|oi|es)\b(?! ou vous)",
    "es": r"\"|“|”|'|\.\.\.| %%|^[^¿]*\?|^[^¡]*!|\b(tú|tuy[oa]s?|vosotros|os)\b",
}


@pytest.mark.parametrize("code", OTHERS)
def test_translations_are_set_as_printers_of_the_language_do(code):
    wrong = [text for text in texts_in(code) if re.search(TYPED_WRONG[code], text)]
    assert wrong == []
