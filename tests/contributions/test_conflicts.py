"""Two tabs, or two people: nothing that somebody saved is overwritten by who has not seen it."""

import pytest
from django.utils.translation import gettext
from hypothesis import given, settings
from hypothesis import strategies as st

from metropole.contributions.conflicts import digest, marked, merge
from metropole.contributions.models import Contribution

from .conftest import at, form_of

FIELDS = ("title", "summary", "themes")


def seen_of(data):
    return {name: digest(data.get(name)) for name in FIELDS}


class Tab:
    """A form open in a browser: what it was given, and what was typed in it since."""

    def __init__(self, stored):
        self.shown = {name: stored.get(name, "") for name in FIELDS}
        self.known = dict(self.shown)
        self.seen = seen_of(stored)

    def type(self, stored, field, value, _mine):
        self.shown[field] = value
        return stored

    def open(self, stored, _field, _value, _mine):
        self.__init__(stored)
        return stored

    def save(self, stored, _field, _value, _mine):
        merged = merge(stored, self.shown, self.seen)
        in_conflict = {conflict.field for conflict in merged.conflicts}
        for name in FIELDS:
            self.judge(name, digest(stored.get(name)), digest(merged.data.get(name)), in_conflict)
            if digest(merged.data.get(name)) == digest(self.shown[name]):
                self.known[name] = self.shown[name]
        self.seen |= merged.seen
        return merged.data

    def judge(self, name, before, after, in_conflict):
        """Only what was seen is overwritten, and what was typed is either kept or shown."""
        typed, known = digest(self.shown[name]), digest(self.known[name])
        assert after == before or known == before
        assert typed in (after, known) or name in in_conflict

    def choose(self, stored, _field, _value, mine):
        """The screen of both texts: "mine" is put in the place of what is shown there as theirs."""
        merged = merge(stored, self.shown, self.seen)
        stored = merged.data
        for conflict in merged.conflicts if mine else ():
            again = merge(stored, {conflict.field: conflict.yours}, {conflict.field: digest(conflict.theirs)})
            assert not again.conflicts
            stored = again.data
        self.__init__(stored)
        return stored


values = st.text(alphabet="ab ", max_size=3) | st.lists(st.sampled_from("12"), unique=True).map(sorted)
acts = st.sampled_from([Tab.open, Tab.save, Tab.type, Tab.choose])
steps = st.tuples(st.integers(0, 2), acts, st.sampled_from(FIELDS), values, st.booleans())


@settings(max_examples=500, deadline=None)
@given(st.lists(steps, max_size=40))
def test_in_no_order_of_events_is_a_saved_value_overwritten_by_one_who_has_not_seen_it(schedule):
    stored: dict = {}
    tabs = [Tab(stored) for _person in range(3)]
    for person, act, field, value, mine in schedule:
        stored = act(tabs[person], stored, field, value, mine)


def test_two_who_write_different_fields_do_not_meet():
    given_to_both = {"title": "a", "summary": "b"}
    first = merge(given_to_both, {"title": "un", "summary": "b"}, seen_of(given_to_both))
    second = merge(first.data, {"title": "a", "summary": "deux"}, seen_of(given_to_both))
    assert (second.data, second.conflicts) == ({"title": "un", "summary": "deux"}, [])
    # The second form still shows the old title: saved again, it does not bring it back.
    third = merge(second.data, {"title": "a", "summary": "deux !"}, second.seen)
    assert third.data == {"title": "un", "summary": "deux !"}


@pytest.mark.parametrize(
    ("text", "other", "shown"),
    [
        ("un deux trois", "un trois", "un <mark>deux </mark>trois"),
        ("<b>", "", "<mark>&lt;b&gt;</mark>"),
        ("même", "même", "même"),
        ("", "rien", ""),
    ],
)
def test_the_words_that_only_one_text_has_are_marked(text, other, shown):
    assert marked(text, other) == shown


def test_two_long_texts_are_compared_before_anybody_waits():
    assert "<mark>" in marked("a b " * 50_000, "b a " * 50_000)


@pytest.fixture
def two_tabs(signed_in, ready):
    """The same step twice, and what is typed in each."""
    url = at("step", ready.pk, 1)
    return (
        url,
        form_of(signed_in, url) | {"summary": "Le mien, long."},
        form_of(signed_in, url) | {"summary": "Le tien, long."},
    )


@pytest.mark.django_db
def test_the_second_is_shown_both_texts_and_chooses_theirs(signed_in, ready, two_tabs):
    url, mine, theirs = two_tabs
    assert signed_in.post(url, theirs).status_code == 302
    response = signed_in.post(url, mine | {"title": "Autre titre"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "<mark>mien, </mark>" in page
    assert "<mark>tien, </mark>" in page
    ready.refresh_from_db()
    # What nobody else touched is saved all the same.
    assert (ready.data["summary"], ready.data["title"]) == ("Le tien, long.", "Autre titre")
    chosen = choice(response, "theirs")
    assert signed_in.post(response.context["action"], chosen).url == url
    ready.refresh_from_db()
    assert ready.data["summary"] == "Le tien, long."


@pytest.mark.django_db
def test_the_second_chooses_their_own_text(signed_in, ready, two_tabs):
    url, mine, theirs = two_tabs
    signed_in.post(url, theirs)
    response = signed_in.post(url, mine)
    assert signed_in.post(response.context["action"], choice(response, "mine")).url == url
    ready.refresh_from_db()
    assert ready.data["summary"] == "Le mien, long."


@pytest.mark.django_db
def test_who_does_not_choose_is_asked_again_and_loses_nothing(signed_in, ready, two_tabs):
    url, mine, theirs = two_tabs
    signed_in.post(url, theirs)
    response = signed_in.post(url, mine)
    unfinished = choice(response, "")
    response = signed_in.post(response.context["action"], unfinished)
    assert response.status_code == 409
    assert gettext("Choose one of both for each field.") in response.content.decode()
    assert signed_in.post(response.context["action"], choice(response, "mine")).status_code == 302
    ready.refresh_from_db()
    assert ready.data["summary"] == "Le mien, long."


@pytest.mark.django_db
def test_a_third_who_saves_while_one_chooses_is_not_overwritten(signed_in, ready, two_tabs):
    url, mine, theirs = two_tabs
    signed_in.post(url, theirs)
    response = signed_in.post(url, mine)
    signed_in.post(url, form_of(signed_in, url) | {"summary": "Un tiers."})
    response = signed_in.post(response.context["action"], choice(response, "mine"))
    assert response.status_code == 409
    ready.refresh_from_db()
    assert ready.data["summary"] == "Un tiers."


@pytest.mark.django_db
def test_choices_from_lists_are_shown_by_their_names(signed_in, ready, theme):
    url = at("step", ready.pk, 1)
    first, second = form_of(signed_in, url), form_of(signed_in, url)
    signed_in.post(url, {name: value for name, value in first.items() if name != "themes"} | {"territories": []})
    ready.refresh_from_db()
    assert ready.data["themes"] == []
    ready.data["themes"] = ["999"]
    ready.save()
    response = signed_in.post(url, second | {"themes": []})
    assert response.status_code == 409


@pytest.mark.django_db
def test_what_is_saved_by_itself_tells_of_a_conflict_and_keeps_theirs(signed_in, ready, two_tabs):
    url, mine, theirs = two_tabs
    signed_in.post(url, theirs)
    response = signed_in.post(url, mine, headers={"accept": "application/json"})
    assert response.status_code == 409
    assert response.json()["said"]
    assert Contribution.objects.get().data["summary"] == "Le tien, long."


def choice(response, which: str) -> dict:
    posted = {"seen": response.context["seen"]}
    for difference in response.context["differences"]:
        posted |= {f"has-{difference.field}": "1", f"mine-{difference.field}": difference.yours}
        if which:
            posted[f"choice-{difference.field}"] = which
    return posted
