"""Needs and offers in any script: by words where the encoder is missing or does not know it."""

import pytest
from test_meaning import odds

from matcher.meaning import LEXICAL, best_meaning
from matcher.meaning.statement import Direction, read

BEST = best_meaning()
"""Loads its models once, when first asked."""

PAIRS = [
    ("寻找投资人", "我们愿意帮助，天使投资人"),
    ("нужен переводчик с китайского", "переводчика с китайского языка"),
    ("أبحث عن دروس في المحاسبة", "أقدم دروس محاسبة"),
    ("ищу React разработчика", "React developer"),
    ("日本語の翻訳が必要", "日本語翻訳"),
    ("מחפשת שיעורי גיטרה", "שיעורי גיטרה למתחילים"),
    ("ქართული ენის გაკვეთილები", "ვასწავლი: ქართული ენის გაკვეთილები"),
]


@pytest.mark.parametrize(("need", "offer"), PAIRS)
def test_words_in_common_are_found_in_every_script(need, offer):
    others = [other for _, other in PAIRS if other != offer]
    assert list(odds([need], [offer, *others])) == [(need, offer)]


@pytest.mark.parametrize(("need", "offer"), PAIRS)
def test_the_encoder_loses_none_of_these(need, offer):
    found = BEST.alike([need], [offer], every=True)
    assert found.odds[0] > 0.4


def test_directions_are_read_without_spaces_and_from_the_right():
    asks = ["寻找投资人", "我需要面包课程", "أبحث عن مستثمر", "مطلوب مصمم"]
    gives = ["我可以教面包制作", "提供场地", "أقدم دروس", "يمكنني المساعدة في التسويق"]
    assert {read(text).direction for text in asks} == {Direction.ASK}
    assert {read(text).direction for text in gives} == {Direction.GIVE}


@pytest.mark.parametrize(
    ("text", "core", "excluded"),
    [
        ("寻找投资人，不要加密货币", "投资人", "加密货币"),
        ("我需要面包课程。不要网课", "面包课程", "网课"),
        ("أبحث عن مستثمر، بدون عملات رقمية", "مستثمر", "عملات رقمية"),
        ("ищу инвестора, без криптовалют", "инвестора", "криптовалют"),
        ("cerco investitori, niente criptovalute", "investitori", "criptovalute"),
    ],
)
def test_exclusions_are_read_in_every_script(text, core, excluded):
    said = read(text)
    assert (said.core, said.excluded) == (core, excluded)


@pytest.mark.parametrize("meaning", [LEXICAL, BEST], ids=lambda each: each.name)
def test_what_a_need_excludes_does_not_meet_it_in_any_script(meaning):
    needs = [
        "寻找投资人，不要加密货币",
        "أبحث عن مستثمر، بدون عملات رقمية",
        "ищу врача, без гомеопатии",
    ]
    offers = ["加密货币投资", "عملات رقمية", "гомеопатия"]
    found = meaning.alike(needs, offers, every=True)
    assert found.odds.reshape(3, 3).diagonal().tolist() == [0, 0, 0]


def test_kinds_of_help_are_heard_in_every_script():
    assert read("天使投资人").kinds == {"funding"}
    assert read("للتمويل").kinds == read("التمويل").kinds == {"funding"}
    assert read("工作室租赁").kinds == set()


def test_a_text_without_letters_meets_nothing():
    for meaning in (LEXICAL, BEST):
        assert not meaning.alike(["🙂", "…", "—"], ["🙂", "bread", "…"]).odds.size
