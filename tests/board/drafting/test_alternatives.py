"""Before buying: what may already answer is shown, each time with the reason."""

import pytest
from django.urls import reverse

from metropole.board.drafting.alternatives import alternatives
from metropole.board.models import Need
from tests.factories import NeedFactory, PracticePageFactory, ThemeFactory

from .conftest import at, type_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def shown(need: Need) -> dict[str, str]:
    return {one.hit.title: one.reason for group in alternatives(need) for one in group.suggestions}


@pytest.fixture
def around(frame, theme, rebuild_index):
    other = ThemeFactory(name="Commande publique", slug="commande-publique")
    NeedFactory(title="Des arbres en pot", themes=[theme])
    NeedFactory(title="Un besoin fini", themes=[theme], closed=True)
    NeedFactory(title="Un logiciel de paie", themes=[other])
    PracticePageFactory(title="Une place minérale à l’ombre des voiles", themes=[other])
    PracticePageFactory(title="La place du numérique", themes=[other])
    rebuild_index()


def test_what_shares_a_theme_or_two_words_is_shown_with_the_reason(around, ready):
    found = shown(ready)
    assert found["Des arbres en pot"].endswith("(Îlots de fraîcheur)")
    assert "place" in found["Une place minérale à l’ombre des voiles"]
    assert set(found) == {"Des arbres en pot", "Un besoin fini", "Une place minérale à l’ombre des voiles"}
    assert [len(group.suggestions) for group in alternatives(ready)] == [1, 1, 1]


def test_a_need_without_words_and_themes_has_nothing_close_to_it(around, draft, signed_in):
    type_in(draft, title="", themes=["x", "999999999999999999999"], territories=[])
    assert alternatives(draft) == []
    assert signed_in.get(at("alternatives", draft.key)).status_code == 200


def test_looking_is_said_by_a_button_and_what_the_author_says_is_kept(around, signed_in, ready, client, moderator):
    Need.objects.update(alternatives_shown_at=None)
    url = at("alternatives", ready.key)
    page = signed_in.get(url)
    ready.refresh_from_db()
    assert ready.alternatives_shown_at is None
    hit = page.context["groups"][0].suggestions[0].hit
    signed_in.post(url, {f"note-{hit.id}": "Trop peu   de place" + "!" * 1000, "note-forged": "x"})
    ready.refresh_from_db()
    assert ready.alternatives_shown_at is not None
    rows = {row["title"]: row["note"] for row in ready.typed["alternatives"]}
    assert rows["Des arbres en pot"].startswith("Trop peu de place!")
    assert len(rows["Des arbres en pot"]) == 300
    assert "Trop peu de place!" in signed_in.get(url).content.decode()
    client.force_login(moderator)
    assert "Trop peu de place!" in client.get(reverse("board:manage", args=[ready.key])).content.decode()
