from contextlib import contextmanager
from functools import partial
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import Page

from metropole.search import registry, sync
from metropole.search.models import OutboxEntry
from metropole.search.presets import Preset
from metropole.search.query import Query
from metropole.search.services import search
from metropole.search.signals import connect

from .groups import register_groups
from .samples import document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _groups(db):
    Group.objects.all().delete()
    register_groups()


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """A block at whose end the transaction is committed, as far as search can tell."""
    return partial(django_capture_on_commit_callbacks, execute=True)


@pytest.fixture
def _empty_index():
    sync.rebuild()


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
    assert not OutboxEntry.objects.exists()


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
def test_many_changes_of_one_transaction_are_applied_together(monkeypatch, engine, commit):
    updates = []
    update = engine.update
    monkeypatch.setattr(engine, "update", lambda *args: (updates.append(args), update(*args)))
    with commit():
        for number in range(30):
            Group.objects.create(name=f"groupe {number}")
        assert OutboxEntry.objects.count() == 30
        assert not updates
    assert len(updates) == 1
    assert len(engine.digests()) == 30


@pytest.mark.usefixtures("_empty_index")
def test_a_content_that_cannot_be_told_keeps_no_other_from_the_index(caplog, commit):
    with commit():
        Group.objects.create(name="impossible")
        Group.objects.create(name="vélo")
    assert titles() == ["vélo"]
    assert OutboxEntry.objects.count() == 1
    assert "could not be built" in caplog.text


@pytest.mark.usefixtures("_empty_index")
def test_who_finds_the_lock_taken_leaves_the_work_to_its_holder(engine, commit):
    with engine.folder.lock("write", wait=True):
        with commit():
            Group.objects.create(name="vélo")
        assert titles() == []
    assert "applied: 1. Still waiting: 0." in command("search_sync")
    assert titles() == ["vélo"]


@pytest.mark.usefixtures("_empty_index")
def test_the_holder_of_the_lock_looks_once_more_after_letting_go(engine, monkeypatch, commit):
    """Another process saves while the lock is held, after its holder's last look: it leaves, counting on the holder."""
    lock = engine.folder.lock

    @contextmanager
    def lock_while_another_saves(name, wait):
        monkeypatch.setattr(engine.folder, "lock", lock)
        with lock(name, wait) as held:
            yield held
            Group.objects.create(name="second")

    with commit():
        Group.objects.create(name="premier")
        monkeypatch.setattr(engine.folder, "lock", lock_while_another_saves)
    assert titles() == ["premier", "second"]


def test_without_an_index_changes_wait_for_the_first_one(commit):
    with commit():
        Group.objects.create(name="vélo")
    with pytest.raises(CommandError, match="missing"):
        command("search_sync")
    assert OutboxEntry.objects.count() == 1
    sync.rebuild()
    assert titles() == ["vélo"]
    assert not OutboxEntry.objects.exists()


def test_a_rebuild_says_how_far_it_is_and_removes_the_index_before(engine):
    for number in range(20):
        Group.objects.create(name=f"groupe {number}")
    assert "10/20" in command("rebuild_search")
    command("rebuild_search")
    assert len(titles()) == 20
    assert len(list(engine.folder.root.glob("generation-*"))) == 1


def test_readers_go_on_while_an_index_is_rebuilt(engine):
    Group.objects.create(name="vélo")
    sync.rebuild()
    seen = []
    sync.rebuild(progress=lambda: seen.append(titles()))
    assert seen == [["vélo"]]


@pytest.mark.usefixtures("_empty_index")
def test_what_changes_during_a_rebuild_is_in_both_indexes(commit):
    with commit():
        Group.objects.create(name="ancien")
    seen = []

    def publish():
        if not seen:
            with commit():
                Group.objects.get(name="ancien").delete()
                Group.objects.create(name="nouveau")
            seen.append(titles())

    sync.rebuild(progress=publish)
    assert seen == [["nouveau"]]
    assert titles() == ["nouveau"]
    assert not OutboxEntry.objects.exists()


@pytest.mark.usefixtures("_empty_index")
def test_two_rebuilds_do_not_run_at_once(engine):
    with engine.folder.lock("rebuild", wait=True), pytest.raises(CommandError, match="Another process"):
        command("rebuild_search")


@pytest.mark.usefixtures("_empty_index")
def test_a_check_names_what_differs_and_repairs_it(engine, commit):
    with commit():
        Group.objects.create(name="présent")
    Group.objects.bulk_create([Group(name="oublié")])
    Group.objects.filter(name="présent").update(name="renommé")
    engine.update([document(99, "Inconnu")], [])
    with pytest.raises(CommandError, match="3 documents differ"):
        command("search_check")
    assert "Repaired: 3 documents." in command("search_check", "--repair")
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
