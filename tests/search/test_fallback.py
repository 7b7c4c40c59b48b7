"""The server in every kind of trouble: readers get the same answers, and nothing is lost."""

from functools import partial

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from metropole.search import engines
from metropole.search.consistency import differences
from metropole.search.delivery import drain_at_once
from metropole.search.engines import elastic_client, fallback, get_engine, get_stores
from metropole.search.engines.base import IndexUnavailableError
from metropole.search.facets import FACETS
from metropole.search.health import report, search_state
from metropole.search.models import Delivery, SearchIndex
from metropole.search.presets import Preset
from metropole.search.query import Query
from metropole.search.rebuilding import rebuild
from metropole.search.services import search

from .groups import register_groups
from .misbehaving import Proxy

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
TROUBLES = ["stopped", "hanging", "429", "503"]


@pytest.fixture
def proxy(_server, settings, monkeypatch):
    """The site knows the server through a way that can be troubled. Nobody waits long in tests."""
    monkeypatch.setattr(elastic_client, "ANSWER_SECONDS", 0.7)
    monkeypatch.setattr("metropole.search.engines.elastic.WRITE_SECONDS", 0.7)
    monkeypatch.setattr("metropole.search.engines.elastic.FILL_SECONDS", 2.0)
    monkeypatch.setattr(fallback, "FIRST_PAUSE", 0.2)
    monkeypatch.setattr(fallback, "_ASKED_EVERY", 0.0)
    proxy = Proxy(settings.ELASTICSEARCH_URL)
    settings.ELASTICSEARCH_URL = proxy.url
    yield proxy
    proxy.trouble = ""
    proxy.close()
    settings.ELASTICSEARCH_URL = settings.SEARCH_SERVER_URL


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return partial(django_capture_on_commit_callbacks, execute=True)


@pytest.fixture
def _groups(proxy):
    """Three contents in both indexes."""
    Group.objects.all().delete()
    register_groups()
    Group.objects.bulk_create([Group(name=name) for name in ("vélo", "vélo cargo", "bus")])
    for store in get_stores():
        rebuild(store)


def answer(text=""):
    """Who answers, and what."""
    result = search(Query(text=text), Preset("/"), FACETS).result
    return result.engine, [hit["title"] for hit in result.hits], result.counts.get("type", {})


def waits_over(monkeypatch):
    """Time passes: the pause of the breaker is over."""
    get_engine().breaker._left_alone_until = 0


@pytest.mark.usefixtures("_groups")
@pytest.mark.parametrize("trouble", TROUBLES)
def test_readers_get_the_same_answer_and_the_server_is_taken_up_again_by_itself(proxy, trouble, monkeypatch):
    before = answer("velo")
    assert before[0] == "elasticsearch"
    proxy.trouble = trouble
    assert answer("velo") == ("embedded", *before[1:])
    proxy.trouble = ""
    waits_over(monkeypatch)
    assert answer("velo") == before


@pytest.mark.usefixtures("_groups")
def test_a_server_in_trouble_is_left_alone_for_a_while(proxy):
    proxy.trouble = "503"
    answer()
    asked = proxy.asked
    get_engine().breaker._left_alone_until += 60
    for _turn in range(5):
        assert answer()[0] == "embedded"
    assert proxy.asked == asked


@pytest.mark.usefixtures("_groups")
@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_is_published_meanwhile_is_found_at_once_and_reaches_the_server_later(proxy, trouble, commit, monkeypatch):
    answer()
    proxy.trouble = trouble
    with commit():
        Group.objects.create(name="vélo neuf")
        Group.objects.get(name="bus").delete()
    assert sorted(answer()[1]) == ["vélo", "vélo cargo", "vélo neuf"]
    assert Delivery.objects.filter(index__store="elasticsearch").count() == 2
    proxy.trouble = ""
    waits_over(monkeypatch)
    assert answer()[0] == "embedded"
    drain_at_once()
    assert answer()[0] == "elasticsearch"
    assert sorted(answer()[1]) == ["vélo", "vélo cargo", "vélo neuf"]
    assert [differences(store).all() for store in get_stores()] == [[], []]


@pytest.mark.usefixtures("_groups")
def test_a_server_that_dies_after_taking_a_change_gets_it_again(proxy, commit, monkeypatch):
    proxy.trouble = "dies after the bulk"
    with commit():
        Group.objects.create(name="vélo neuf")
    assert Delivery.objects.count() == 1
    proxy.trouble = ""
    drain_at_once()
    assert Delivery.objects.count() == 0
    assert [differences(store).all() for store in get_stores()] == [[], []]


@pytest.mark.usefixtures("_groups")
@pytest.mark.parametrize("trouble", ["dies after the bulk", "stopped", "hanging"])
def test_a_rebuild_whose_server_dies_leaves_the_index_as_it_was(proxy, trouble, monkeypatch):
    def die():
        proxy.trouble = trouble

    with pytest.raises(IndexUnavailableError):
        rebuild(get_stores()[0], progress=die)
    proxy.trouble = ""
    waits_over(monkeypatch)
    assert sorted(answer()[1]) == ["bus", "vélo", "vélo cargo"]
    rebuild(get_stores()[0])
    assert SearchIndex.objects.filter(store="elasticsearch").count() == 2
    assert len(get_stores()[0]._indexes()) == 2


@pytest.mark.usefixtures("_groups")
def test_a_server_that_takes_no_changes_answers_no_more_until_it_does(commit):
    server = get_stores()[0]
    server.client.indices.put_settings(index=server.current(), settings={"index.blocks.write": True})
    assert answer()[0] == "elasticsearch"
    with commit():
        Group.objects.create(name="vélo neuf")
    assert answer()[0] == "embedded"
    assert "vélo neuf" in answer()[1]
    state = search_state()
    assert (state.ready, state.degraded) == (True, True)
    assert "changes have waited since" in state.detail
    server.client.indices.put_settings(index=server.current(), settings={"index.blocks.write": False})
    drain_at_once()
    assert answer()[0] == "elasticsearch"
    assert "vélo neuf" in answer()[1]


@pytest.mark.usefixtures("_groups")
def test_an_index_with_another_mapping_is_not_read(settings, caplog):
    """Somebody made one of that name: it would find nothing, and say nothing of it."""
    server = get_stores()[0]
    server.client.indices.delete(index=server.current())
    server.client.indices.create(
        index=f"{settings.ELASTICSEARCH_PREFIX}-other",
        aliases={server.alias: {}},
        mappings={"_meta": {"stamp": "9.9"}, "properties": {"title_fr": {"type": "keyword"}}},
    )
    get_engine()._verified_at = float("-inf")
    assert answer()[0] == "embedded"
    assert len(answer()[1]) == 3
    report()
    assert "the index was made by another version of this code: run `manage.py rebuild_search`" in caplog.text
    rebuild(server)
    get_engine().breaker._left_alone_until = 0
    assert answer()[0] == "elasticsearch"


@pytest.mark.usefixtures("_groups")
def test_an_index_that_is_gone_is_never_made_by_writing_into_it(commit):
    server = get_stores()[0]
    server.client.indices.delete(index=server.current())
    with commit():
        Group.objects.create(name="vélo neuf")
    assert server.current() == ""
    assert "vélo neuf" in answer()[1]
    assert "there is no index: run `manage.py rebuild_search`" in search_state().detail


@pytest.mark.usefixtures("_groups")
def test_readyz_says_who_answers_and_stays_ready(client, proxy):
    assert "degraded" not in str(client.get("/readyz").json()["search"])
    proxy.trouble = "stopped"
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["search"].startswith("degraded: elasticsearch: the server cannot be reached")


@pytest.mark.usefixtures("_groups")
def test_editors_are_told_in_a_quiet_line(client, proxy, admin_user):
    client.force_login(admin_user)
    home = reverse("wagtailadmin_home")
    assert "répond à sa place" not in client.get(home).content.decode()
    proxy.trouble = "stopped"
    answer()
    assert "Le serveur de recherche ne répond pas" in client.get(home).content.decode()


@pytest.mark.parametrize(
    ("url", "distribution", "said"),
    [
        ("nonsense", "elasticsearch", "ELASTICSEARCH_URL cannot be used"),
        ("http://user:secret@127.0.0.1:1", "elasticsearch", "the server cannot be reached"),
        ("http://user:secret@", "elasticsearch", "ELASTICSEARCH_URL cannot be used"),
        ("http://127.0.0.1:1", "opensaerch", "ELASTICSEARCH_DISTRIBUTION must be one of: elasticsearch, opensearch"),
    ],
)
def test_a_wrong_address_is_said_in_one_line_without_its_password(settings, caplog, url, distribution, said):
    settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_DISTRIBUTION = url, distribution
    report()
    [line] = [record.getMessage() for record in caplog.records if "of elasticsearch" in record.getMessage()]
    assert said in line
    assert "secret" not in caplog.text
    assert answer() == ("embedded", [], {})


@pytest.mark.usefixtures("_groups")
@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("401", "refused the credentials (401): check ELASTICSEARCH_API_KEY"),
        ("403", "refused the credentials (403): check ELASTICSEARCH_API_KEY"),
        ("406", "for OpenSearch set ELASTICSEARCH_DISTRIBUTION=opensearch"),
    ],
)
def test_what_the_server_refuses_is_said_with_what_to_check(proxy, caplog, status, said):
    proxy.trouble = status
    report()
    assert said in caplog.text
    assert len(answer()[1]) == 3


@pytest.mark.usefixtures("_groups")
@pytest.mark.parametrize(("distribution", "number"), [("elasticsearch", "8.15.4"), ("opensearch", "1.3.20")])
def test_a_server_that_is_too_old_is_said(monkeypatch, caplog, distribution, number):
    version = {"number": number, "distribution": distribution}
    monkeypatch.setattr(type(get_stores()[0].client), "info", lambda self: {"version": version})
    report()
    assert f"{distribution} {number} is too old" in caplog.text


@pytest.mark.usefixtures("_groups")
def test_one_request_answers_a_page_with_its_counts_and_what_is_offered_higher_up(proxy):
    answer()
    asked = proxy.asked
    search(Query(selections={"territory": ("montreuil",)}, text="vélo"), Preset("/"), FACETS)
    # Nothing is found: one more tells what each filter alone keeps out.
    assert proxy.asked == asked + 2
    search(Query(selections={"type": ("project",), "lang": ("fr",)}, text="vélo"), Preset("/"), FACETS)
    assert proxy.asked == asked + 3


@pytest.mark.usefixtures("_server")
def test_both_stores_are_kept_with_a_server_and_one_without(settings):
    assert [store.name for store in get_stores()] == ["elasticsearch", "embedded"]
    settings.ELASTICSEARCH_URL = ""
    assert [store.name for store in engines.get_stores()] == ["embedded"]
