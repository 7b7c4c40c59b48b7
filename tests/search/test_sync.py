from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page

from metropole.search import locks, registry
from metropole.search.delivery import drain
from metropole.search.engines import get_stores
from metropole.search.fields import stamp
from metropole.search.models import MOST_ATTEMPTS, Delivery, OutboxEntry, SearchIndex
from metropole.search.outbox import hand_out
from metropole.search.presets import Preset
from metropole.search.query import Query
from metropole.search.rebuilding import rebuild, tidy
from metropole.search.services import search
from metropole.search.signals import connect

from .conftest import ON_BOTH_ENGINES
from .groups import BROKEN, register_groups
from .samples import document

pytestmark = [pytest.mark.django_db, ON_BOTH_ENGINES]


@pytest.fixture(autouse=True)
def _groups(db):
    Group.objects.all().delete()
    register_groups()


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """A block at whose end the transaction is committed, as far as search can tell."""
    return partial(django_capture_on_commit_callbacks, execute=True)


@pytest.fixture
def build(engine):
    """Rebuilds each index."""

    def build(**options):
        for store in get_stores():
            rebuild(store, **options)

    return build


@pytest.fixture
def _empty_index(build):
    build()


def waiting():
    """How many changes have not reached all the indexes."""
    return OutboxEntry.objects.count() + Delivery.objects.count()


def titles(text=""):
    return sorted(hit["title"] for hit in search(Query(text=text, exact=True), Preset("/")).result.hits)


def command(name, *arguments):
    out = StringIO()
    call_command(name, *arguments, stdout=out, no_color=True)
    return out.getvalue()


@pytest.mark.usefixtures("_empty_index")
def test_what_is_saved_is_found_at_once(commit):
    with commit():
        Group.objects.create(name="vélo")
    assert titles("velo") == ["vélo"]
    assert not waiting()


@pytest.mark.usefixtures("_empty_index")
def test_what_changes_is_found_as_it_now_is(commit):
    with commit():
        group = Group.objects.create(name="vélo")
    with commit():
        group.name = "bus"
        group.save()
    assert titles() == ["bus"]


@pytest.mark.usefixtures("_empty_index")
def test_what_is_unpublished_or_deleted_is_found_no_more(commit):
    with commit():
        one, other = Group.objects.create(name="vélo"), Group.objects.create(name="bus")
    assert len(titles()) == 2
    with commit():
        one.name = "brouillon"
        one.save()
        other.delete()
    assert titles() == []


@pytest.mark.usefixtures("_empty_index")
def test_many_changes_of_one_transaction_are_applied_together(monkeypatch, commit):
    store, writes = get_stores()[0], []
    write = store.write
    monkeypatch.setattr(store, "write", lambda *args: (writes.append(args), write(*args))[1])
    with commit():
        for number in range(30):
            Group.objects.create(name=f"groupe {number}")
        assert OutboxEntry.objects.count() == 30
        assert not writes
    assert len(writes) == 1
    assert len(store.digests()) == 30


@pytest.mark.usefixtures("_empty_index")
def test_a_content_that_cannot_be_told_keeps_no_other_from_the_index(caplog, commit):
    with commit():
        Group.objects.create(name="impossible")
        Group.objects.create(name="vélo")
    assert titles() == ["vélo"]
    assert waiting() == len(get_stores())
    assert "could not be built" in caplog.text


@pytest.mark.usefixtures("_empty_index")
def test_who_finds_an_index_taken_leaves_the_work_to_its_holder(monkeypatch, commit):
    with monkeypatch.context() as patch, commit():
        patch.setattr("metropole.search.delivery.delivering_to", taken)
        Group.objects.create(name="vélo")
    assert titles() == []
    assert f"applied: {len(get_stores())}. Still waiting: 0." in command("search_sync")
    assert titles() == ["vélo"]


@pytest.mark.usefixtures("_empty_index")
def test_the_holder_of_an_index_looks_once_more_after_letting_go(monkeypatch, commit):
    """Another process saves while the index is held, after its holder's last look, and counts on the holder."""

    @contextmanager
    def held_while_another_saves(index):
        with locks.delivering_to(index) as held:
            yield held
            if not Group.objects.filter(name="second").exists():
                Group.objects.create(name="second")
                hand_out()

    with commit():
        Group.objects.create(name="premier")
        monkeypatch.setattr("metropole.search.delivery.delivering_to", held_while_another_saves)
    assert titles() == ["premier", "second"]


@pytest.mark.usefixtures("_empty_index")
def test_where_there_is_a_worker_nobody_waits_for_what_takes_long(settings, monkeypatch, commit):
    settings.WORKER = True
    monkeypatch.setattr("metropole.search.delivery.AT_ONCE", 2)
    with commit():
        for number in range(5):
            Group.objects.create(name=f"groupe {number}")
    assert titles() == []
    drain()
    assert len(titles()) == 5
    assert not waiting()
    with commit():
        Group.objects.create(name="vélo")
    assert titles("velo") == ["vélo"]


def test_without_an_index_changes_wait_for_the_first_one(commit, build):
    with commit():
        Group.objects.create(name="vélo")
    with pytest.raises(CommandError, match=r"there is no index: run `manage\.py rebuild_search`"):
        command("search_sync")
    assert OutboxEntry.objects.count() == 1
    build()
    assert titles() == ["vélo"]
    assert not waiting()


def test_a_rebuild_says_how_far_it_is_and_keeps_one_index_to_go_back_to(engine):
    for number in range(20):
        Group.objects.create(name=f"groupe {number}")
    for store in get_stores():
        assert f"{store.name}: 10/20" in command("rebuild_search", "--engine", store.name)
    command("rebuild_search")
    kept = set(SearchIndex.objects.values_list("name", flat=True))
    command("rebuild_search")
    assert len(titles()) == 20
    for store in get_stores():
        names = SearchIndex.objects.filter(store=store.name).values_list("state", "name")
        assert sorted(state for state, _name in names) == ["current", "previous"]
        assert all(store.exists(name) for _state, name in names)
    gone = kept - set(SearchIndex.objects.values_list("name", flat=True))
    assert len(gone) == len(get_stores())
    assert not any(store.exists(name) for store in get_stores() for name in gone)


def test_going_back_to_the_index_before_is_immediate_and_a_repair_brings_what_it_lacks(build, commit):
    Group.objects.create(name="vélo")
    build()
    Group.objects.create(name="bus")
    build()
    assert titles() == ["bus", "vélo"]
    command("rebuild_search", "--rollback")
    assert titles() == ["vélo"]
    with commit():
        Group.objects.create(name="train")
    assert titles() == ["train", "vélo"]
    command("search_check", "--repair")
    assert titles() == ["bus", "train", "vélo"]
    command("rebuild_search", "--rollback")
    assert titles() == ["bus", "vélo"]


def test_there_is_no_going_back_to_what_was_never_there(build):
    build()
    with pytest.raises(CommandError, match="no index of this version to go back to"):
        command("rebuild_search", "--rollback")


def test_readers_go_on_while_an_index_is_rebuilt(build):
    Group.objects.create(name="vélo")
    build()
    seen = []
    build(progress=lambda: seen.append(titles()))
    assert seen == [["vélo"]] * len(get_stores())


@pytest.mark.usefixtures("_empty_index")
def test_what_changes_during_a_rebuild_is_in_both_indexes(commit, build):
    with commit():
        Group.objects.create(name="ancien")
    seen = []

    def publish():
        if not seen:
            with commit():
                Group.objects.get(name="ancien").delete()
                Group.objects.create(name="nouveau")
            seen.append(titles())

    build(progress=publish)
    assert seen == [["nouveau"]]
    assert titles() == ["nouveau"]
    assert not waiting()


@pytest.mark.usefixtures("_empty_index")
def test_two_rebuilds_do_not_run_at_once(monkeypatch):
    monkeypatch.setattr("metropole.search.rebuilding.rebuilding", refused)
    with pytest.raises(CommandError, match="another process is rebuilding"):
        command("rebuild_search")


@contextmanager
def taken(index):
    yield None


@contextmanager
def refused(store):
    yield False


@pytest.mark.usefixtures("_empty_index")
def test_a_check_names_what_differs_and_repairs_it(write, commit):
    with commit():
        Group.objects.create(name="présent")
    Group.objects.bulk_create([Group(name="oublié")])
    Group.objects.filter(name="présent").update(name="renommé")
    write([document(99, "Inconnu")])
    with pytest.raises(CommandError, match="3 documents differ"):
        command("search_check")
    assert "3 documents repaired." in command("search_check", "--repair")
    assert "agrees" in command("search_check")
    assert titles() == ["oublié", "renommé"]


def test_a_page_that_changes_its_address_takes_the_pages_below_it_along(monkeypatch, commit):
    monkeypatch.setitem(registry._sources, "wagtailcore.page", None)
    connect(Page)
    root = Page.objects.get(depth=1)
    parent = root.add_child(instance=Page(title="Parent", slug="parent"))
    child = parent.add_child(instance=Page(title="Enfant", slug="enfant"))
    OutboxEntry.objects.all().delete()
    with commit():
        parent.slug = "autre"
        parent.save_revision().publish()
    waiting = set(OutboxEntry.objects.values_list("document_key", flat=True))
    assert waiting == {f"wagtailcore.page:{parent.pk}", f"wagtailcore.page:{child.pk}"}


def test_a_refused_content_is_tried_again_later_each_time_and_then_left_to_a_person(build, commit, time_machine):
    time_machine.move_to("2026-06-01T12:00:00Z", tick=False)
    build()
    with commit():
        Group.objects.create(name=BROKEN)
    waits = []
    while delivery := Delivery.objects.waiting().first():
        waits.append((delivery.retry_at - timezone.now()).seconds)
        drain()
        assert delivery.attempts == Delivery.objects.get(pk=delivery.pk).attempts
        time_machine.move_to(delivery.retry_at, tick=False)
        drain()
    assert waits == [1, 2, 4, 8, 16, 32, 64][: MOST_ATTEMPTS - 1]
    assert [one.reason for one in Delivery.objects.dead()] == ["ValueError: This group cannot be told."] * len(
        get_stores()
    )


@pytest.mark.usefixtures("_empty_index")
def test_a_content_set_right_takes_its_earlier_failures_away(commit):
    with commit():
        group = Group.objects.create(name=BROKEN)
    Delivery.objects.update(attempts=MOST_ATTEMPTS)
    with commit():
        group.name = "réparé"
        group.save()
    assert titles() == ["réparé"]
    assert not waiting()


def test_a_rebuild_names_what_it_cannot_index(build):
    Group.objects.bulk_create([Group(name=BROKEN), Group(name="vélo")])
    assert "is not in it: ValueError: This group cannot be told." in command("rebuild_search")
    assert titles() == ["vélo"]
    assert Delivery.objects.dead().count() == len(get_stores())


def test_an_index_that_a_killed_rebuild_left_is_removed_and_one_that_it_had_chosen_is_put_to_use(build):
    Group.objects.create(name="vélo")
    build()
    for store in get_stores():
        abandoned = store.create()
        SearchIndex.objects.create(store=store.name, place=store.place, name=abandoned, stamp=stamp())
        chosen = SearchIndex.objects.get(store=store.name, state=SearchIndex.State.CURRENT)
        store.publish(abandoned)
        tidy()
        assert store.current() == chosen.name
        assert not store.exists(abandoned)
    assert titles() == ["vélo"]


def test_a_machine_not_heard_of_for_a_week_is_forgotten(build):
    build()
    gone = SearchIndex.objects.create(
        store="embedded", place="lost", name="generation-lost", seen_at=timezone.now() - timedelta(days=8)
    )
    tidy()
    assert not SearchIndex.objects.filter(pk=gone.pk).exists()
    assert SearchIndex.objects.count() == len(get_stores())
