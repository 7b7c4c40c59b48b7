"""French text is set as French typography sets it, and nothing else of it changes."""

import re
import time

import pytest
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from hypothesis import given
from hypothesis import strategies as st

from metropole.core.typography import typeset, typeset_html, typeset_text

PIECES = st.sampled_from(
    ["l'eau", "aujourd'hui", "...", "…", '"', "«", "»", " ", " ", "\u00a0", "\u202f", ":", ";", "!", "?", "30 000",
     "12", "%", "M€", "km", "h", "17:30", "mot", "É", "(", ")", "\n", "https://a.fr/?b=l'c;d", "a.b@c.fr",
     "&", "'", ".", ","]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60)
TAGS = st.sampled_from(
    ["<p>", "</p>", "<mark>", "</mark>", '<a href="?a=1;b" title="l\'eau ! ?">', "</a>", "<code>", "</code>", "<br>",
     "<!-- l'eau ! -->", "&amp;", "&nbsp;", "&#x27;", "&quot;", "&lt;"]
)  # fmt: skip
FRAGMENTS = st.lists(TAGS | TEXTS.map(escape), max_size=12).map("".join)
TAG = re.compile(r"<[^>]*>")


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("l'eau d'aujourd'hui", "l’eau d’aujourd’hui"),
        ("les années '90, '", "les années '90, '"),
        ("et puis... rien", "et puis… rien"),
        ("Quoi? Oui! Non; fin: rien", "Quoi\u202f? Oui\u202f! Non\u202f; fin\u00a0: rien"),
        ("Quoi ? Oui ! Non ; fin : rien", "Quoi\u202f? Oui\u202f! Non\u202f; fin\u00a0: rien"),
        ("Vraiment ?!", "Vraiment\u202f?!"),
        ('le mot "numérique", dit', "le mot «\u00a0numérique\u00a0», dit"),
        ('un écran de 24" large', 'un écran de 24" large'),
        ("« a » et «b»", "«\u00a0a\u00a0» et «\u00a0b\u00a0»"),
        ("30 000 habitants, 1 234 567", "30\u202f000 habitants, 1\u202f234\u202f567"),
        ("en 2024 300 projets, 01 23 45 67 89", "en 2024 300 projets, 01 23 45 67 89"),
        ("50% de 9,4 M€ et 12€", "50\u00a0% de 9,4\u00a0M€ et 12\u00a0€"),
        ("30 km, 12 m², 17 h 30, 2 min", "30\u00a0km, 12\u00a0m², 17\u00a0h 30, 2\u00a0min"),
        ("5 ménages, 3 habitants, 2 m’a", "5 ménages, 3 habitants, 2 m’a"),
        ("à 17:30, à 17h30", "à 17:30, à 17h30"),
        ("https://a.fr/l'eau?b=1;c... et x@y.fr, a!", "https://a.fr/l'eau?b=1;c... et x@y.fr, a\u202f!"),
        ("https://a.fr/? www.a.fr/100% mailto:a@b.fr?", "https://a.fr/? www.a.fr/100% mailto:a@b.fr?"),
    ],
)
def test_french_text_is_set(typed, set_):
    assert typeset_text(typed) == set_


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("<p>l&#x27;eau &amp; l'air !</p>", "<p>l’eau &amp; l’air\u202f!</p>"),
        ("d'<mark>eau</mark> ?", "d’<mark>eau</mark>\u202f?"),
        ('<a href="/?a=1&amp;b" title="l\'eau !">l\'eau</a>', '<a href="/?a=1&amp;b" title="l\'eau !">l’eau</a>'),
        ("<pre><code>l'eau !</code> l'eau</pre> l'eau", "<pre><code>l'eau !</code> l'eau</pre> l’eau"),
        ("&lt;b&gt; ; &eacute;", "&lt;b&gt;\u202f; &eacute;"),
    ],
)
def test_the_texts_of_html_are_set_and_nothing_else(typed, set_):
    assert typeset_html(typed) == set_


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@given(TEXTS)
def test_setting_a_text_twice_changes_nothing_and_no_letter_changes(text):
    once = typeset_text(text)
    assert typeset_text(once) == once
    assert letters(once) == letters(text)


@given(FRAGMENTS)
def test_setting_html_twice_changes_nothing_and_no_tag_or_entity_changes(html):
    once = typeset_html(html)
    assert typeset_html(once) == once
    assert TAG.findall(once) == TAG.findall(html)
    kept = re.compile(r"&(?!#x27;)#?\w+;")
    assert kept.findall(once) == kept.findall(html)
    assert letters(TAG.sub("", once).replace("&#x27;", "")) == letters(TAG.sub("", html).replace("&#x27;", ""))


def test_only_french_is_set_and_html_as_html():
    assert typeset("It's 5 km?", "en") == "It's 5 km?"
    assert typeset("l'eau <b>", "fr") == "l’eau <b>"
    assert not isinstance(typeset("l'eau <b>", "fr"), SafeString)
    safe = typeset(mark_safe("<b title=\"l'eau\">l'eau</b>"), "fr")
    assert (safe, isinstance(safe, SafeString)) == ('<b title="l\'eau">l’eau</b>', True)
    assert typeset(None, "fr") is None


def test_a_long_page_costs_little():
    words = "La ville a posé des capteurs sur 30 000 places de l'avenue ; le coût ? Près de 9 M€, dit le maire. "
    page = "".join(f"<p>{words}</p>" for _ in range(100))[:10_000]
    taken = []
    for _ in range(30):
        start = time.process_time_ns()
        typeset_html(page)
        taken.append(time.process_time_ns() - start)
    assert min(taken) < 3_000_000
