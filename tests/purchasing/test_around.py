"""Grouped purchases in the rest of the site: workspace, pages of authorities and solutions, admin, demonstration."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from metropole.notifications.models import Notification
from metropole.purchasing import checklist, groups
from metropole.purchasing.models import Interest, Presentation
from metropole.purchasing.workspace import waiting
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    PresentationFactory,
    SolutionPageFactory,
    UserFactory,
)

from .conftest import member_of

pytestmark = pytest.mark.one_database

ADMIN = "wagtailsnippets_purchasing_presentation"


def admin(name, *args):
    return reverse(f"{ADMIN}:{name}", args=args)


def typed(sheets, **fields):
    now = timezone.localtime()
    rows = [{"solution": sheet.pk, "ORDER": str(order), "id": ""} for order, sheet in enumerate(sheets, start=1)]
    values = {
        "title": "Compter les vélos", "slug": "", "summary": "Deux phrases.", "reasons": "Confirmées cette année.",
        "opens_at": f"{now:%Y-%m-%d %H:%M}", "closes_at": f"{now + dt.timedelta(days=30):%Y-%m-%d %H:%M}",
        "published_at": "", "session_at": "", "session_place": "", "session_url": "", "themes": [], "territories": [],
        "solutions": inline_formset(rows),
    }  # fmt: skip
    return nested_form_data(values | fields)


# The workspace


def test_what_waits_is_said_on_ones_home_and_in_the_menu(as_person, group, first, second):
    groups.designate(member_of(group, first), second.person)
    assert len(waiting(first.person)) == 3
    home = as_person(first.person).get(reverse("workspace")).content.decode()
    assert reverse("purchasing:room", args=[group.key]) in home
    groups.answer(group, first.person, accepts=True)
    checklist.share(member_of(group, first), 10, timezone.localdate(), first.person)
    assert waiting(first.person) == []


def test_the_screen_says_where_nothing_is(as_person, frame):
    with override("en"):
        page = as_person(UserFactory()).get(reverse("purchasing:mine")).content.decode()
    for words in ("None yet.", "Only agents who contribute", "Nothing is presented at the moment."):
        assert words in page


def test_the_screen_lists_groups_interests_and_what_is_open(as_person, group, first):
    PresentationFactory(title="Déjà fermée", closed=True)
    page = as_person(first.person).get(reverse("purchasing:mine")).content.decode()
    assert reverse("purchasing:room", args=[group.key]) in page
    assert reverse("purchasing:interest", args=[group.presentation.slug]) in page
    assert "Déjà fermée" not in page


def test_it_is_for_who_has_signed_in(client, group):
    for url in (reverse("purchasing:mine"), reverse("purchasing:room", args=[group.key])):
        assert client.get(url).status_code == 302


@pytest.mark.parametrize("name", ["room", "write", "coordinator", "join"])
def test_a_group_that_is_none_is_not_there(as_person, first, name):
    nothing = "00000000-0000-4000-8000-000000000000"
    assert as_person(first.person).get(reverse(f"purchasing:{name}", args=[nothing])).status_code == 404


# Pages of authorities and of solutions


def test_an_authoritys_page_names_its_groups_until_it_leaves(client, group, first):
    url = first.organisation.get_absolute_url()
    assert group.get_absolute_url() in client.get(url).content.decode()
    groups.leave(member_of(group, first), first.person, "Budget")
    assert group.get_absolute_url() not in client.get(url).content.decode()


def test_a_sheet_says_where_its_solution_is_presented(client, presentation):
    sheet = presentation.solutions.first().solution
    assert presentation.get_absolute_url() in client.get(sheet.url).content.decode()
    assert presentation.get_absolute_url() not in client.get(SolutionPageFactory().url).content.decode()


def test_a_sheet_does_not_name_a_draft(client, frame):
    sheet = SolutionPageFactory()
    draft = PresentationFactory(draft=True, sheets=[sheet])
    assert draft.get_absolute_url() not in client.get(sheet.url).content.decode()


# The admin


def test_an_editor_draws_up_a_presentation(as_person, frame, client):
    sheets = [SolutionPageFactory(title="Compteur"), SolutionPageFactory(title="Radar")]
    now = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    editor = as_person(UserFactory(editor=True))
    assert editor.get(admin("add")).status_code == 200
    answer = editor.post(admin("add"), typed(sheets, published_at=now))
    assert answer.status_code == 302, answer.context["form"].errors
    made = Presentation.objects.get()
    assert [row.title for row in made.solutions.all()] == ["Compteur", "Radar"]
    assert made.slug == "compter-les-velos"
    assert client.get(made.get_absolute_url()).status_code == 200


def test_what_is_wrong_is_said_at_its_field(as_person, frame):
    editor, sheet = as_person(UserFactory(editor=True)), SolutionPageFactory()
    answer = editor.post(admin("add"), typed([sheet], closes_at="2020-01-01 10:00"))
    assert "closes_at" in answer.context["form"].errors
    answer = editor.post(admin("add"), typed([sheet, sheet]))
    assert answer.status_code == 200
    answer = editor.post(admin("add"), typed([]))
    assert answer.status_code == 200
    assert not Presentation.objects.exists()


def test_a_solution_that_interests_an_authority_is_not_taken_out(as_person, presentation, first):
    editor = as_person(UserFactory(editor=True))
    rows = [
        {"solution": row.solution_id, "ORDER": str(number), "id": row.pk, "DELETE": "on" if number == 1 else ""}
        for number, row in enumerate(presentation.solutions.all(), start=1)
    ]
    local = timezone.localtime
    fields = {
        "slug": presentation.slug,
        "opens_at": f"{local(presentation.opens_at):%Y-%m-%d %H:%M:%S.%f}",
        "closes_at": f"{local(presentation.closes_at + dt.timedelta(days=1)):%Y-%m-%d %H:%M}",
        "published_at": f"{local(presentation.published_at):%Y-%m-%d %H:%M:%S.%f}",
        "solutions": inline_formset(rows, initial=2),
    }
    answer = editor.post(admin("edit", presentation.pk), typed([], **fields))
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert Interest.objects.get().solutions.exists()


def test_nobody_deletes_a_presentation(as_person, presentation):
    for person in (UserFactory(group="Moderators"), UserFactory(administrator=True)):
        as_person(person).post(admin("delete", presentation.pk))
        assert Presentation.objects.filter(pk=presentation.pk).exists()


def test_the_list_of_the_admin_is_for_editors_and_never_empty_without_a_word(as_person, frame):
    url = reverse("purchasing_admin:groups")
    assert as_person(UserFactory(group="Translators")).get(url).status_code == 302
    page = as_person(UserFactory(editor=True)).get(url)
    assert page.status_code == 200
    assert gettext("No group has been formed yet.") in page.content.decode()


def test_a_moderator_archives_a_group_and_its_members_are_told(as_person, client, group, first):
    url = reverse("purchasing_admin:group", args=[group.pk])
    editor = as_person(UserFactory(editor=True))
    editor.post(url, {"action": "archive", "reason": "Erreur"})
    group.refresh_from_db()
    assert group.archived_at is None
    moderator = as_person(UserFactory(group="Moderators"))
    assert moderator.post(url, {"action": "archive", "reason": ""}).context["reason_form"].errors
    assert moderator.post(url, {"action": "archive", "reason": "Erreur"}).status_code == 200
    group.refresh_from_db()
    assert group.archived_at
    assert Notification.objects.filter(person=first.person, kind="purchase_group.archived").exists()
    assert client.get(group.get_absolute_url()).status_code == 200
    room = as_person(first.person).get(reverse("purchasing:room", args=[group.key]))
    assert not room.context["may_work"]
    assert room.context["steps"] == []


def test_a_moderator_archives_a_presentation(as_person, presentation):
    url = reverse("purchasing_admin:presentation", args=[presentation.pk])
    moderator = as_person(UserFactory(group="Moderators"))
    assert moderator.get(url).status_code == 200
    assert moderator.post(url, {"action": "archive", "reason": "Erreur"}).status_code == 200
    presentation.refresh_from_db()
    assert presentation.archived_at


@pytest.mark.parametrize("name", ["group", "presentation"])
@pytest.mark.parametrize("pk", [999_999, 2**63])
def test_what_is_not_there_is_not_found_in_the_admin(as_person, frame, name, pk):
    url = reverse(f"purchasing_admin:{name}", args=[pk])
    assert as_person(UserFactory(group="Moderators")).get(url).status_code == 404


def test_companies_read_the_presentation_and_nothing_of_the_workspace(as_person, presentation, group):
    company = MembershipFactory(organisation=OrganisationFactory(), contributes=True, deposits=True)
    page = as_person(company.person).get(reverse("purchasing:mine"))
    assert page.context["groups"] == []
    assert not page.context["is_agent"]
