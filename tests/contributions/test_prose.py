"""What is typed becomes clean prose, and prose can be typed again."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metropole.contributions.prose import to_html, to_text


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("", ""),
        (" \r\n \n", ""),
        ("Un texte.", "<p>Un texte.</p>"),
        ("Une ligne\r\nune autre", "<p>Une ligne<br/>une autre</p>"),
        ("Un\n\n\nDeux", "<p>Un</p><p>Deux</p>"),
        ("- un\n- deux", "<ul><li>un</li><li>deux</li></ul>"),
        ("1. un\n2) deux", "<ol><li>un</li><li>deux</li></ol>"),
        ("Il faut :\n- du temps\n- de l’argent", "<p>Il faut :</p><ul><li>du temps</li><li>de l’argent</li></ul>"),
        ("<b>non</b> & <script>", "<p>&lt;b&gt;non&lt;/b&gt; &amp; &lt;script&gt;</p>"),
        ("Voir https://example.org/a?b=1&c=2.",
         '<p>Voir <a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>.</p>'),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        ("\x00\x1b[0m\ud800a", "<p>[0ma</p>"),
        ("-12 °C", "<p>-12 °C</p>"),
    ],
)  # fmt: skip
def test_a_typed_text_becomes_prose(typed, html):
    assert to_html(typed) == html


@pytest.mark.parametrize(
    ("html", "typed"),
    [
        ("<p>Un <b>mot</b> fort</p><p>Deux</p>", "Un mot fort\n\nDeux"),
        ("<ul><li>un</li><li><p>deux</p></li></ul>", "- un\n- deux"),
        ("<ol><li>un</li><li>deux</li></ol><p>fin</p>", "1. un\n2. deux\n\nfin"),
        ('<p>Le <a href="https://example.org/">bilan</a> dit</p>', "Le bilan (https://example.org/) dit"),
        ('<p><a href="https://example.org/">https://example.org/</a></p>', "https://example.org/"),
        ('<p><a linktype="page" id="3">ici</a></p>', "ici"),
        ("<p>a<br/>b</p>", "a\nb"),
        ("texte nu", "texte nu"),
    ],
)
def test_prose_can_be_typed_again(html, typed):
    assert to_text(html) == typed


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = set()
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.add(tag)
        assert tag == "a" or not attributes
        assert all(value.startswith(("http://", "https://")) for _name, value in attributes)


typed_texts = st.lists(
    st.sampled_from(["- un", "1. deux", "  ", "", "mot", "https://example.org/é?a=<b>\"'", "<script>", "&amp;", "* x"])
    | st.text(max_size=30)
).map("\n".join)


@given(typed_texts)
def test_whatever_is_typed_gives_only_paragraphs_lists_and_links(typed):
    assert Tags(to_html(typed)).found <= {"p", "br", "ul", "ol", "li", "a"}


@given(typed_texts)
def test_prose_that_is_opened_and_saved_again_stays_as_it_is(typed):
    html = to_html(typed)
    assert to_html(to_text(html)) == html
