import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.meaning import LEXICAL, alike


def odds(left, right):
    found = alike(LEXICAL, left, right)
    return {
        (left[i], right[j]): round(float(p), 3)
        for i, j, p in zip(found.left, found.right, found.odds, strict=True)
    }


def test_the_same_words_in_another_order_are_nearly_certain():
    assert odds(["German translation"], ["translation, German"]) == {
        ("German translation", "translation, German"): 0.97
    }


def test_a_need_finds_the_offer_that_names_it():
    found = odds(["leak detection", "seed money"], ["Leak detection from acoustic data"])
    assert list(found) == [("leak detection", "Leak detection from acoustic data")]
    assert found["leak detection", "Leak detection from acoustic data"] >= 0.8


def test_texts_without_a_common_word_are_strangers():
    assert odds(["a loan for a bakery"], ["sailing lessons"]) == {}


def test_the_frame_of_a_wish_is_no_common_ground():
    assert odds(["I am looking for help with taxes"], ["I can help with your garden"]) == {}


def test_scripts_without_spaces_are_compared_by_pairs_of_characters():
    assert odds(["日本語の翻訳"], ["翻訳"]) != {}
    assert odds(["日本語の翻訳"], ["料理"]) == {}


def test_texts_of_nothing_but_stop_words_are_like_nothing():
    assert odds(["help"], ["help"]) == {}


def test_no_texts_give_no_likeness():
    assert odds([], ["x"]) == odds(["x"], []) == {}


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_odds_are_probabilities_and_sorted(left, right):
    found = alike(LEXICAL, left, right)
    assert np.all((found.odds > 0) & (found.odds <= 1))
    keys = list(zip(found.left.tolist(), found.right.tolist(), strict=True))
    assert keys == sorted(set(keys))


@given(st.text(), st.lists(st.text(), max_size=3))
def test_a_row_does_not_depend_on_its_neighbours(text, others):
    alone, among = LEXICAL.encode([text]), LEXICAL.encode([text, *others])
    assert (alone - among[[0]]).nnz == 0
