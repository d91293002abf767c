"""Templates compiled once and kept, as Python keeps modules."""

import re
import sys

import pytest

from monitor.report.site import pages


@pytest.fixture
def fresh(monkeypatch, tmp_path):
    """Return what makes the environment of a process that begins; compiled files go to a folder of the test."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "compiled"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return pages.environment.__wrapped__, tmp_path / "compiled"


def test_a_template_is_compiled_once(fresh, monkeypatch):
    environment, folder = fresh
    assert environment().get_template("index.html").module.main
    assert [file for file in folder.rglob("template-*.cache") if file.is_file()]
    again = environment()
    monkeypatch.setattr(again, "compile", lambda *_: pytest.fail("compiled again"))
    assert again.get_template("index.html").module.main


def test_another_way_of_making_templates_compiles_them_anew(fresh, monkeypatch):
    environment, _ = fresh
    assert environment().get_template("index.html").module.main
    again, compiled = environment(), []
    as_it_is = again.bytecode_cache.get_source_checksum
    monkeypatch.setattr(again.bytecode_cache, "get_source_checksum", lambda source: as_it_is(source + "!"))
    monkeypatch.setattr(again, "compile", lambda *told: compiled.append(told) or compile("", "x", "exec"))
    with pytest.raises(KeyError):
        again.get_template("index.html")
    assert compiled


def test_where_nothing_may_be_written_templates_work(fresh, monkeypatch):
    environment, folder = fresh
    folder.write_text("a file, no folder")
    assert environment().get_template("index.html").module.main
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert environment().get_template("index.html").module.main
    assert folder.is_file()


def test_only_what_the_site_makes_itself_is_printed_unescaped():
    own = r"(it\.)?root|card\.(tone|anchor|source_href|document_href)|it\.cards\[0\]\.host_href"
    printed = {
        expression
        for template in (pages.HERE / "templates").glob("*.html")
        for expression in re.findall(r"([^\s{]+) *\| *safe\b", template.read_text("utf-8"))
    }
    assert "card.anchor" in printed
    assert all(re.fullmatch(own, expression) for expression in printed), printed
