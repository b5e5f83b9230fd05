import tomllib
from collections import Counter
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.canon import canonical, fold
from matcher.canon.text import key


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("school", "ETH Zürich", "  eth  ZÜRICH "),
        ("interest", "Urban planning", "urban\u00a0planning."),
        ("organization", "Kiteworks", "kiteworks pvt ltd"),
        ("organization", "Stripewell, Inc.", "stripewell"),
        ("organization", "Müller GmbH & Co. KG", "MÜLLER"),
        ("organization", "Hydrolytix Kft.", "Hydrolytix"),
        ("organization", "https://www.acme.example/", "acme.example"),
        ("city", "Köln", "Ko\u0308ln"),
        ("organization", "ООО «Ромашка»", "ромашка"),
        ("organization", "株式会社メルカリ", "メルカリ株式会社"),
        ("organization", "腾讯科技有限公司", "腾讯科技"),
        ("organization", "(주)카카오", "㈜카카오"),
        ("organization", "شركة النور ذ.م.م.", "شركة النور"),
        ("organization", "Acme Sp. z o.o.", "Acme S.A. de C.V."),
        ("organization", "Acme d.o.o.", "Acme A/S"),
        ("past_organization", "Acme Sdn. Bhd.", "ACME"),
        ("school", "清华大学", "Tsinghua University"),
        ("school", "МГУ", "Moscow State University"),
        ("school", "جامعة القاهرة", "Cairo University"),
        ("school", "جَامِعَة القاهرة", "جامعة القاهـرة"),
        ("field", "计算机科学", "Информатика"),
        ("field", "علوم الحاسوب", "Computer Science"),
        ("role", "软件工程师", "مهندس برمجيات"),
        ("role", "Программист", "Programmer"),
        ("skill", "机器学习", "ML"),
        ("tool", "Машинное обучение", "تعلم الآلة"),
        ("hobby", "摄影", "Фотография"),
        ("language", "中文", "الصينية"),
        ("language", "English (fluent)", "Englisch"),
        ("language", "German - native speaker", "Deutsch C1"),
        ("interest", "AI", "الذكاء الاصطناعي"),
    ],
)
def test_the_same_answer_typed_differently_is_equal(kind, one, other):
    assert canonical(kind, one) == canonical(kind, other)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("skill", "C", "C++"),
        ("skill", "C#", "C"),
        ("interest", "AI", "AI/ML"),
        ("organization", "Acme", "acme.example"),
        ("organization", "Incline", "Line"),
        ("organization", "Haddad & Ruiz", "Haddad"),
        ("city", "Paris, TX", "Paris"),
        ("lived", "Georgia", "Georgia, USA"),
        ("lived", "Frankfurt (Oder)", "Frankfurt"),
        ("city", "Springfield, IL", "Springfield, MA"),
        ("city", "Birmingham", "Birmingham, UK"),
        ("school", "University of Miami", "Miami University"),
        ("role", "PM", "Product Manager"),
        ("field", "Religion", "History of Religion"),
        ("organization", "Scooby Doo", "Scooby"),
        ("organization", "АО", "ООО"),
        ("organization", "有限公司", "株式会社"),
        ("role", "Юрист", "Адвокат"),
        ("language", "Chinese", "Mandarin"),
        ("language", "French A1", "French"),
        ("language", "C1", "B2"),
        ("school", "北京大学", "北京理工大学"),
    ],
)
def test_different_answers_are_never_merged(kind, one, other):
    assert canonical(kind, one) != canonical(kind, other)


def test_a_name_of_legal_forms_alone_is_kept():
    assert canonical("organization", "AG") == "ag"


def test_punctuation_says_nothing():
    assert canonical("interest", " - ") == ""


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_no_name_stands_for_two_things():
    tables = tomllib.loads(
        (files("matcher.canon") / "tables" / "aliases.toml").read_text(encoding="utf-8")
    )
    for table, lines in tables.items():
        names = Counter(name for line in lines for name in {key(each) for each in line})
        assert [name for name, times in names.items() if times > 1] == [], table


@pytest.mark.parametrize("kind", ["school", "organization", "role", "field", "skill", "language"])
def test_every_kind_reads_its_table(kind):
    tables = tomllib.loads(
        (files("matcher.canon") / "tables" / "aliases.toml").read_text(encoding="utf-8")
    )
    for first, *others in tables[kind]:
        assert {canonical(kind, other) for other in others} <= {canonical(kind, first)}
