"""Texts become the numbers that a model was trained on."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.meaning.sentence import sentence_encoder
from matcher.meaning.tokens import Unigram, UnknownTokens, WordPiece, tokens_from_json
from matcher.meaning.transformer import Pooling, Transformer

PIECES = ["[UNK]", "[CLS]", "[SEP]", "bread", "bak", "##ing", "muller", "面", ",", "b"]
SCORED = [("<s>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -3.0), ("▁bread", -4.0)]
SCORED += [("▁b", -3.0), ("read", -3.0), ("s", -2.0)]
WORDS = WordPiece(PIECES)
LIKELY = Unigram(SCORED, unknown=2, first=0, last=1)


def test_accents_case_and_punctuation_are_set_apart():
    assert WORDS.of("Müller,BREAD") == [1, 6, 8, 3, 2]


def test_han_characters_are_words_and_controls_are_nothing():
    assert WORDS.of("面面\u200bbaking") == [1, 7, 7, 4, 5, 2]


def test_a_word_with_an_unknown_part_is_unknown_as_a_whole():
    assert WORDS.of("bakery bread " + "b" * 101) == [1, 0, 3, 0, 2]


def test_the_likeliest_division_counts_not_the_longest_piece():
    assert LIKELY.of("bread") == [0, 4, 1]
    cheaper = [*SCORED[:4], ("▁bread", -9.0), *SCORED[5:]]
    assert Unigram(cheaper, unknown=2, first=0, last=1).of("bread") == [0, 5, 6, 1]


def test_what_is_unknown_in_a_row_is_one_mark():
    assert LIKELY.of("ßß s") == [0, 3, 2, 3, 7, 1]


@given(st.text(max_size=300))
def test_any_text_gives_between_two_and_128_numbers(text):
    for tokens in (WORDS, LIKELY):
        numbers = tokens.of(text)
        assert 2 <= len(numbers) <= 128
        assert all(0 <= number < 10 for number in numbers)


def test_a_published_file_of_either_kind_is_read():
    pieces = {piece: at for at, piece in enumerate(PIECES)}
    as_words = {"normalizer": {"lowercase": True}, "model": {"type": "WordPiece", "vocab": pieces}}
    assert tokens_from_json(json.dumps(as_words)).of("Bread") == [1, 3, 2]
    marks = [{"content": "<s>", "id": 0}, {"content": "</s>", "id": 1}]
    scored = {"type": "Unigram", "vocab": SCORED, "unk_id": 2}
    assert tokens_from_json(json.dumps({"added_tokens": marks, "model": scored})).of("s") == [
        0,
        3,
        7,
        1,
    ]


def test_another_kind_is_refused_by_name():
    with pytest.raises(UnknownTokens, match="'BPE'"):
        tokens_from_json('{"model": {"type": "BPE"}}')
    with pytest.raises(UnknownTokens, match=r"not complete.*vocab"):
        tokens_from_json('{"model": {"type": "WordPiece"}}')
    with pytest.raises(UnknownTokens, match="not complete"):
        tokens_from_json("no JSON")


class Graph:
    """Gives each piece a vector of its number and 1."""

    def get_inputs(self):
        return [type("Input", (), {"name": "input_ids"})]

    def run(self, _, given):
        (numbers,) = given["input_ids"]
        return [np.array([[[float(number), 1.0] for number in numbers]])]


def test_a_vector_is_the_mean_of_its_pieces_or_the_first():
    mean = Transformer(Graph(), WORDS).encode(["bread"])[0]
    assert np.allclose(mean, np.array([2, 1]) / 5**0.5)
    first = Transformer(Graph(), WORDS, Pooling.FIRST).encode(["bread"])[0]
    assert np.allclose(first, np.array([1, 1]) / 2**0.5)


def test_a_prefix_stands_before_each_text():
    plain, prefixed = Transformer(Graph(), WORDS), Transformer(Graph(), WORDS, prefix="b ")
    assert np.array_equal(prefixed.encode(["bread"]), plain.encode(["b bread"]))


def test_both_models_read_the_same_text_to_vectors_of_length_one():
    rows = sentence_encoder().encode(["bread baking", "хлеб", "?"])
    assert rows.shape == (3, 896)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
