from benchmarks.canon.__main__ import scores


def test_no_two_answers_are_merged_that_mean_different_things():
    assert {kind: score.false for kind, score in scores().items() if score.false} == {}


def test_most_answers_that_mean_the_same_are_merged():
    found = scores().values()
    assert sum(score.right for score in found) >= 0.9 * sum(score.meant for score in found)
