import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.canon import canonical, fold


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
