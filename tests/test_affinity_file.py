import pytest

from events.affinity_file import is_affinity_file, read_affinities
from events.errors import UnreadableFile


def table(text, **options):
    found = read_affinities(text.encode(), **options)
    pairs = zip(found.a.tolist(), found.b.tolist(), strict=True)
    return [
        (found.ids[a], found.ids[b], int(v)) for (a, b), v in zip(pairs, found.value, strict=True)
    ]


def test_pairs_are_sorted_and_rounded_to_millionths():
    text = "a,b,affinity\nzoe,ana,0.12345678\nana,ben,1\n"
    assert table(text) == [("ana", "ben", 1_000_000), ("ana", "zoe", 123_457)]


def test_columns_may_stand_in_any_order_and_a_person_alone():
    found = read_affinities(b"\xef\xbb\xbfAffinity,B,A\n.5,x,y\n,,loner\n")
    assert (found.ids, found.others) == (("loner", "x", "y"), None)


def test_pairs_that_are_not_listed_may_be_permitted():
    assert read_affinities(b"a,b,affinity\nx,y,1\n", others=0.25).others == 250_000


def test_every_wrong_row_is_named_at_once():
    text = "a,b,affinity\nx,x,1\nx,y,1.5\nx,,1\nx,z,nan\nu,v,0.1\nv,u,0.2\nu,v,0.1\n"
    with pytest.raises(UnreadableFile) as error:
        table(text)
    assert [line[:5] for line in str(error.value).splitlines()] == [
        f"Row {n}" for n in (2, 3, 4, 5, 7)
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "a, b, affinity"),
        (b"a,b,score\n", "affinity"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b'a,b,affinity\nx,"y,1\n', "quotation"),
    ],
)
def test_what_is_no_affinity_file_says_how_to_mend_it(data, says):
    with pytest.raises(UnreadableFile, match=says):
        read_affinities(data)


def test_affinity_files_are_told_from_people_by_their_header():
    assert is_affinity_file(b'"a","b","affinity"\r\n')
    assert not is_affinity_file(b"name,affinity\n")
