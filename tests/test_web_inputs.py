"""Inputs of long forms say what WTForms would make them say, only sooner."""

from html.parser import HTMLParser

import pytest
import wtforms
from werkzeug.datastructures import MultiDict
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length

from web.inputs import SelectField, StringField, TextAreaField

TEXTS = ("", "plain", "\n two\r\nlines", '"><script>&amp;', "it's", "שלום")
CHOICES = [SelectChoice("", "Nothing"), SelectChoice('"a"', "<A> & co"), SelectChoice("b", "B")]
GIVEN = {"class": "form-control", "aria-describedby": "a-hint", "disabled": False}


def form_of(one, text, select):
    class Form(wtforms.Form):
        line = one("Line", [DataRequired(), Length(max=7)])
        texts = text("Texts", [Length(max=9)])
        chosen = select("Chosen", choices=CHOICES)

    return Form


OURS = form_of(StringField, TextAreaField, SelectField)
THEIRS = form_of(wtforms.StringField, wtforms.TextAreaField, wtforms.SelectField)


class Heard(HTMLParser):
    """What markup says: tags with their attributes in no order, and texts."""

    def __init__(self, markup):
        super().__init__()
        self.said = []
        self.feed(str(markup))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.said.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        self.said.append(f"/{tag}")

    def handle_data(self, data):
        self.said.append(data)


@pytest.mark.parametrize("text", TEXTS)
def test_they_say_the_same(text):
    sent = MultiDict({"line": text, "texts": text, "chosen": '"a"'})
    for ours, theirs in zip(OURS(sent), THEIRS(sent), strict=True):
        assert Heard(ours(**GIVEN)).said == Heard(theirs(**GIVEN)).said


def test_nothing_is_chosen_where_nothing_fits():
    assert "selected" not in OURS(MultiDict({"chosen": "c"})).chosen()
