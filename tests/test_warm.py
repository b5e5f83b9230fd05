"""What pages wait for at first is there before they are asked for, and compiled once."""

import gc
from functools import partial

import jinja2
import pytest
from web_site import Site

from matcher.canon import place
from web.compiled import keep_compiled
from web.warm import warm


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "seedbed.db")


@pytest.fixture
def compiled(site, monkeypatch, tmp_path):
    """Keep the compiled templates of the application in a folder; count those compiled here."""
    counted, compile_one = [], site.app.jinja_env.compile

    def count(source, name, *rest):
        counted.append(name)
        return compile_one(source, name, *rest)

    monkeypatch.setattr(site.app.jinja_env, "compile", count)
    site.app.jinja_env.bytecode_cache.directory = str(tmp_path)
    return counted


@pytest.fixture
def thawed():
    """Have what is loaded looked through again afterwards, as other tests do."""
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed")
def test_after_it_pages_compile_and_load_nothing(site, compiled):
    place._table.cache_clear()
    warm(site.app)
    assert place._table.cache_info().currsize == 1
    assert len(compiled) > 40
    assert gc.get_freeze_count() > 100_000
    compiled.clear()
    site.get("/")
    assert compiled == []


def test_a_template_is_compiled_once_for_all_programs(site, compiled):
    site.get("/")
    site.app.jinja_env.cache.clear()
    once = [*compiled]
    site.get("/events/new")
    site.app.jinja_env.cache.clear()
    site.get("/events/new")
    assert "base.html" in once
    assert sorted(compiled) == sorted({*compiled})


def test_a_changed_template_is_compiled_anew(site, compiled, tmp_path):
    (tmp_path / "page.html").write_text("before")
    site.app.jinja_env.loader = jinja2.FileSystemLoader(tmp_path)
    read = partial(site.app.jinja_env.get_template, "page.html")
    assert read().render() == "before"
    (tmp_path / "page.html").write_text("after")
    site.app.jinja_env.cache.clear()
    assert read().render() == "after"


def test_where_nothing_can_be_written_pages_are_shown_all_the_same(site, tmp_path):
    site.app.jinja_env.bytecode_cache.directory = str(tmp_path / "missing")
    assert "Seedbed" in site.get("/")


def test_a_folder_that_cannot_be_made_is_done_without(site, tmp_path):
    (tmp_path / "file").touch()
    site.app.jinja_env.bytecode_cache = None
    site.app.template_folder = str(tmp_path / "file")
    keep_compiled(site.app)
    assert site.app.jinja_env.bytecode_cache is None
