"""Layouts of cards: exact geometry, type that never shrinks below what can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from card_files import (
    faces,
    with_partner,
)

from web.cards import (
    LAYOUTS,
    render_html,
    sheet_from_files,
)
from web.cards.layout import Layout, layout_of
from web.cards.rows import Part


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.id)
def test_cards_gaps_and_margins_add_up_to_the_sheet(layout: Layout) -> None:
    chosen = layout_of(layout.id)
    last_x, last_y = chosen.corners[-1]
    right = chosen.paper.width - last_x - chosen.width
    bottom = chosen.paper.height - last_y - chosen.height
    assert (right, bottom) == pytest.approx((chosen.first_x, chosen.first_y), abs=0.1)
    assert chosen.pitch_x >= chosen.width - 0.01
    assert chosen.pitch_y >= chosen.height - 0.01


def test_the_exact_corners() -> None:
    assert layout_of("a6x4").corners == ((0, 0.5), (105, 0.5), (0, 148.5), (105, 148.5))
    quarter = [round(length, 3) for corner in layout_of("letterx4").corners for length in corner]
    assert quarter == [0, 0, 107.95, 0, 0, 139.7, 107.95, 139.7]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.id)
def test_marks_stay_off_the_text_and_the_edge(layout: Layout) -> None:
    chosen = layout_of(layout.id)
    for x1, y1, x2, y2 in chosen.marks:
        assert min(x1, x2, y1, y2) >= 6.35
        assert max(x1, x2) <= chosen.paper.width - 6.35
        assert max(y1, y2) <= chosen.paper.height - 6.35
        for x, y in chosen.corners:
            inside_x = (
                x + chosen.pad_x < max(x1, x2) and min(x1, x2) < x + chosen.width - chosen.pad_x
            )
            inside_y = (
                y + chosen.pad_y < max(y1, y2) and min(y1, y2) < y + chosen.height - chosen.pad_y
            )
            assert not (inside_x and inside_y)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.id)
def test_no_drawn_line_has_more_than_hundredths(layout: Layout) -> None:
    html = render_html(sheet_from_files(with_partner("Amara Okonkwo")), layout.id)
    drawings = re.findall("<svg.*?</svg>", html, re.DOTALL)
    assert re.findall(r"\d+\.\d{3,}", "".join(drawings)) == []


def test_every_layout_is_documented() -> None:
    reference = (Path(__file__).parent.parent / "docs" / "reference.md").read_text("utf-8")
    assert [one.id for one in LAYOUTS if f"| `{one.id}` |" not in reference] == []


def test_a_small_card_says_less_in_no_smaller_type() -> None:
    for layout in LAYOUTS:
        face = faces(with_partner("Ada Li"), layout.id)["2-07-B"]
        assert face.body >= 12
        parts = {row.part for row in face.rows}
        assert Part.ASK in parts
        assert not layout.type.never & parts
