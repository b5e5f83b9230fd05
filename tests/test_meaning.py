import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.meaning import LEXICAL, Meaning
from matcher.meaning.lexical import words_in_common
from matcher.meaning.statement import Direction, read


def odds(left, right):
    found = LEXICAL.alike(left, right)
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
    found = LEXICAL.alike(left, right)
    assert np.all((found.odds > 0) & (found.odds <= 1))
    keys = list(zip(found.left.tolist(), found.right.tolist(), strict=True))
    assert keys == sorted(set(keys))


@given(st.text(), st.lists(st.text(), max_size=3))
def test_a_row_does_not_depend_on_its_neighbours(text, others):
    alone, among = words_in_common([text]), words_in_common([text, *others])
    assert (alone - among[[0]]).nnz == 0


def test_the_wording_of_a_text_overrides_its_column():
    assert odds(["I can teach piano"], ["piano lessons"]) == {}
    assert odds(["piano lessons"], ["looking for piano lessons"]) == {}


def test_what_a_need_excludes_is_not_offered_to_it():
    assert odds(["web design, no agencies please"], ["agencies for web design"]) == {}
    assert odds(["web design"], ["agencies for web design"]) != {}


def test_an_absence_is_no_exclusion():
    assert read("our app does not load").excluded == ""
    assert read("a hall without stairs").excluded == "stairs"


def test_another_kind_of_help_in_the_same_words_is_less_likely():
    (fitting,) = odds(["funding for theatre"], ["funding theatre"]).values()
    assert odds(["funding for theatre"], ["theatre tickets"]) == {}
    assert fitting > 0.9


def test_a_frame_keeps_the_verb_that_carries_meaning():
    said = read("I invest in bakeries")
    assert (said.core, said.direction) == ("invest in bakeries", Direction.GIVE)
    assert said.kinds == {"funding"}


def test_directions_are_read_in_several_languages():
    asks = ["suche Räume", "je cherche un local", "busco socios", "ищу инвестора", "Räume gesucht"]
    gives = ["ich biete Kurse", "je propose un stage", "ofrezco clases", "oferuję pomoc"]
    assert {read(text).direction for text in asks} == {Direction.ASK}
    assert {read(text).direction for text in gives} == {Direction.GIVE}


@given(st.text())
def test_any_text_can_be_read(text):
    said = read(text)
    assert len(said.core) + len(said.excluded) <= 3 * len(text) + 1


def test_only_the_best_of_each_need_are_kept_on_request():
    found = LEXICAL.alike(["bread baking"], ["bread", "bread baking", "baking bread pans"], 1)
    assert found.right.tolist() == [1]


def test_every_pair_is_listed_on_request():
    found = LEXICAL.alike(["bread", "boats"], ["bread", "kites"], every=True)
    assert list(zip(found.left.tolist(), found.right.tolist(), strict=True)) == [
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 1),
    ]


class Letters:
    """Counts letters: an encoder whose answers can be worked out by hand."""

    name = "letters 1"
    width = 26
    scale = ((-0.4, 0.0), (0.0, 0.98))

    def __init__(self):
        self.encoded = []

    def understands(self, text):
        return text.isascii() and any("a" <= letter <= "z" for letter in text)

    def encode(self, texts):
        self.encoded += texts
        rows = np.array([[text.count(chr(97 + at)) for at in range(26)] for text in texts], float)
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


class Memory(dict):
    def load(self, encoder, texts):
        return {text: self[encoder, text] for text in texts if (encoder, text) in self}

    def save(self, encoder, vectors):
        self.update({(encoder, text): vector for text, vector in vectors.items()})


def test_vectors_are_computed_once_and_kept_by_encoder():
    cache, first, again = Memory(), Letters(), Letters()
    Meaning(first, cache).alike(["bread"], ["boats", "bread"])
    Meaning(again, cache).alike(["bread"], ["boats", "bread"])
    assert "boats" in first.encoded
    assert again.encoded == []
    assert {encoder for encoder, _ in cache} == {"letters 1"}


def test_a_text_that_the_encoder_does_not_understand_fits_nothing():
    found = Meaning(Letters()).alike(["\u0e15\u0e25\u0e32\u0e14"], ["bread"])
    assert found.odds.tolist() == []


def test_wording_rules_out_with_an_encoder_too():
    meaning = Meaning(Letters())
    assert len(meaning.alike(["zzz xxx"], ["zzz xxx"]).odds) == 1
    assert len(meaning.alike(["zzz xxx"], ["looking for zzz xxx"]).odds) == 0
