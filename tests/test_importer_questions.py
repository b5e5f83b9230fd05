"""Forms as people word them, in ten languages: whole questions find their fields."""

import pytest
from reading import answers, names, read, set_aside

from events.importer.vocabulary import header_field

FIELDS = ("name", "role", "need", "offer", "interest", "lived")
FORMS = {
    "en": "What's your name?|What do you do for work?|What do you need help with right now?"
    "|What can you help others with?|What are you curious about?|Where have you lived?",
    "de": "Wie heißt du?|Was machst du beruflich?|Wobei brauchst du Hilfe?"
    "|Wobei kannst du anderen helfen?|Welche Themen interessieren dich?|Wo hast du schon gelebt?",
    "fr": "Comment vous appelez-vous ?|Que faites-vous ?|Que recherchez-vous ?"
    "|Que pouvez-vous offrir aux autres ?|Quels sont vos centres d'intérêt ?|Où avez-vous vécu ?",
    "es": "¿Cómo te llamas?|¿A qué te dedicas?|¿Qué buscas?|¿En qué puedes ayudar a otros?"
    "|¿Qué temas te interesan?|¿Dónde has vivido?",
    "it": "Come ti chiami?|Di cosa ti occupi?|Di cosa hai bisogno?|Cosa puoi offrire agli altri?"
    "|Quali temi ti interessano?|Dove hai vissuto?",
    "pt": "Qual é o seu nome?|O que você faz?|O que você procura?|Como você pode ajudar?"
    "|Quais temas lhe interessam?|Onde você já morou?",
    "nl": "Hoe heet je?|Wat doe je?|Waar ben je naar op zoek?|Wat kun je bieden?"
    "|Wat zijn je interesses?|Waar heb je gewoond?",
    "pl": "Jak się nazywasz?|Czym się zajmujesz?|Czego szukasz?|Co możesz zaoferować?"
    "|Jakie masz zainteresowania?|Skąd pochodzisz?",
    "ja": "お名前を教えてください|職業は何ですか|探しているもの|提供できること"
    "|興味のある分野|出身地はどこですか",
    "zh": "你叫什么名字?|你的职业是什么?|你在寻找什么?"
    "|你能提供什么帮助?|你的兴趣是什么?|你来自哪里?",
}


@pytest.mark.parametrize("language", FORMS)
def test_questions_find_their_fields(language):
    questions = FORMS[language].split("|")
    found = [hit.field if (hit := header_field(question)) else "" for question in questions]
    assert dict(zip(questions, found, strict=True)) == dict(zip(questions, FIELDS, strict=True))


@pytest.mark.parametrize("name", ["Info Requested", "TBD", "N/A", "Guest", "Gast", "匿名"])
def test_what_stands_where_a_name_would_is_nobody(name):
    found = read(f"Name,City\nAna Ruiz,Bonn\n{name},Rome\n")
    assert (names(found), set_aside(found)) == (["Ana Ruiz"], [(3, "no name")])


def test_a_surname_that_is_also_a_word_stays():
    assert names(read("First name,Last name\nChristopher,Guest\nNada,\n")) == [
        "Christopher Guest",
        "Nada",
    ]


def test_none_of_the_given_options_is_no_option():
    assert answers(read("Name,Interests\nAna,None of the above;law\n"), "Ana")["interest"] == (
        "law",
    )
