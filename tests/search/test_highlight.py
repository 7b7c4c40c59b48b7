from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from metropole.search.analysis import ANALYZERS
from metropole.search.highlight import EXTRACT_LENGTH, extract, marked

french = ANALYZERS["fr"]


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.text = set(), ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        assert attrs == []

    def handle_data(self, data):
        self.text += data


def test_words_are_marked_whatever_their_form():
    assert marked("L'énergie & les Énergies", {"energ"}, french) == (
        "L&#x27;<mark>énergie</mark> &amp; les <mark>Énergies</mark>"
    )


def test_a_tag_in_a_title_is_text():
    html = marked("<script>vélo</script>", set(french.tokens("vélo script")), french)
    assert html == "&lt;<mark>script</mark>&gt;<mark>vélo</mark>&lt;/<mark>script</mark>&gt;"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=100))
def test_whatever_the_text_nothing_but_marks_is_html(text):
    html = marked(text, set(french.tokens(text)), french)
    parsed = Tags(html)
    assert parsed.tags <= {"mark"}
    assert parsed.text == text


def test_the_summary_is_shown_when_it_holds_the_words():
    assert extract("Le vélo.", "Du vélo encore", {"velo"}, french) == "Le <mark>vélo</mark>."


def test_else_the_passage_of_the_text_that_holds_them():
    text = "Une phrase qui précède. " * 20 + "Ici le vélo passe. " + "Une phrase qui suit. " * 40
    html = extract("Un résumé.", text, {"velo"}, french)
    assert html.startswith("… ")
    assert html.endswith(" …")
    assert "<mark>vélo</mark> passe." in html
    assert len(html) < EXTRACT_LENGTH + 30


def test_a_long_word_without_a_blank_is_cut_too():
    assert len(extract("x" * 5000, "", set(), french)) < EXTRACT_LENGTH + 5
