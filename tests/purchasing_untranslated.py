"""Every screen of grouped purchases, filled, for the words of each to be looked at (test_untranslated.py)."""

import datetime as dt
from collections.abc import Iterator

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page

from metropole.accounts.models import User
from metropole.organisations.models import Membership
from metropole.purchasing import checklist, groups, interests, steps, thread
from metropole.purchasing.interests import Said
from metropole.purchasing.models import ChecklistEntry, Presentation, PurchasingGroup
from metropole.purchasing.transitions import STEP_LABELS
from metropole.taxonomy.models import Theme
from metropole.territory.models import Territory
from tests.factories import OrganisationFactory, PresentationFactory, SolutionPageFactory, UserFactory

from .board_untranslated import agent_of, law
from .moderation.conftest import make_moderator
from .untranslated import content


def purchasing_pages(client: Client) -> Iterator[str]:
    """Presentations, groups as everybody reads them, and as their members do, in both languages."""
    law()
    for language in ("fr", "en"):
        with override(language):

            def look(person: User, name: str, *args: object) -> str:
                client.force_login(person)
                return client.get(reverse(name, args=args), follow=True).content.decode()

            yield from _pages(client, look, language)


def _pages(client: Client, look, language: str) -> Iterator[str]:
    Presentation.objects.update(archived_at=timezone.now())
    first, second, third = (agent_of(engages=True) for _number in range(3))
    yield from (look(first.person, "purchasing:mine"), look(UserFactory(first_name=content("Anne")), "purchasing:mine"))
    yield client.get(reverse("purchasing:presentations")).content.decode()
    presentation = _presentation(language)
    for change in ({"upcoming": True}, {"closed": True}, {"is_example": True}, {"archived_at": timezone.now()}):
        other = _presentation(f"{language}-{next(iter(change))}", **change)
        yield client.get(other.get_absolute_url()).content.decode()
    yield look(first.person, "purchasing:form_group", presentation.slug)
    yield look(UserFactory(first_name=content("Anne")), "purchasing:interest", presentation.slug)
    for agent in (first, second, third):
        _say(presentation, agent)
    yield from (look(first.person, f"purchasing:{name}", presentation.slug) for name in ("interest", "form_group"))
    group = groups.form(presentation, "software", first.organisation, first.person)
    yield from _group(client, look, group, first, second, third)
    for page in (presentation, group, first.organisation, *presentation.sheets.values()):
        url = page.address_in(language).path if isinstance(page, Page) else page.get_absolute_url()
        yield client.get(url, follow=True).content.decode()
    yield client.get(reverse("purchasing:presentations")).content.decode()
    given_up = {"state": "given_up", "reason": content("Trop peu."), "archived_at": timezone.now()}
    PurchasingGroup.objects.filter(pk=group.pk).update(**given_up)
    yield look(first.person, "purchasing:room", group.key)
    yield client.get(group.get_absolute_url()).content.decode()


def _presentation(slug: str, **fields: object) -> Presentation:
    publisher = OrganisationFactory(name=content("Société"))
    words = {"title": content("Bornes"), "summary": content("Des bornes.")}
    sheets = [
        SolutionPageFactory(slug=f"presentee-{slug}-{number}", publisher=publisher, **words) for number in range(2)
    ]
    named = {name: content("Texte") for name in ("title", "summary", "reasons", "session_place")}
    session = {"session_at": timezone.now() + dt.timedelta(days=3), "session_url": "https://192.0.2.1/"}
    made = PresentationFactory(slug=slug, sheets=sheets, **named, **session, **fields)
    made.themes.add(Theme.objects.get(slug="donnee"))
    made.territories.add(Territory.objects.get(slug="montreuil"))
    return made


def _say(presentation: Presentation, agent: Membership) -> None:
    rows = list(presentation.solutions.values_list("pk", flat=True))
    said = Said(rows, content("deux"), timezone.localdate() + dt.timedelta(days=90))
    interests.say(presentation, agent.organisation, said, agent.person)


def _group(
    client: Client, look, group: PurchasingGroup, first: Membership, second: Membership, third: Membership
) -> Iterator[str]:
    yield look(second.person, "purchasing:join", group.key)
    for agent in (second, third):
        groups.join(group, agent.organisation, agent.person)
    yield look(first.person, "purchasing:room", group.key)
    groups.leave(_member(group, third), third.person, content("Trop tôt."))
    groups.designate(_member(group, first), second.person)
    messages = [thread.write(group, agent.organisation, content("Bonjour."), agent.person) for agent in (first, second)]
    thread.remove(thread.write(group, first.organisation, content("Non."), first.person), first.person)
    yield from (look(first.person, name, *args) for name, *args in (
        ("purchasing:room", group.key), ("purchasing:mine",), ("workspace",)))  # fmt: skip
    groups.answer(group, first.person, accepts=True)
    today = timezone.localdate()
    for item in ("convention", "coordinator"):
        for note in ("Bientôt.", "Signée."):
            entry = ChecklistEntry(group=group, item=item, state="done", done_on=today, note=content(note))
            checklist.check(entry, first.person)
    own = _member(group, first)
    for name, *args in (
        ("room",), ("check", "convention"), ("share", own.pk), ("leave", own.pk), ("report", messages[1].pk),
        *(("step", action) for action in STEP_LABELS),
    ):  # fmt: skip
        yield look(first.person, f"purchasing:{name}", group.key, *args)
        yield client.post(reverse(f"purchasing:{name}", args=[group.key, *args]), follow=True).content.decode()
    yield look(second.person, "purchasing:room", group.key)
    for agent in (first, second):
        checklist.share(_member(group, agent), 30_000, today, agent.person)
    steps.take(group, "constitute", first.person)
    steps.take(group, "consult", first.person, url="https://192.0.2.1/")
    yield look(first.person, "purchasing:room", group.key)
    yield client.get(group.get_absolute_url()).content.decode()


def _member(group: PurchasingGroup, agent: Membership) -> object:
    return group.present.get(organisation=agent.organisation)


def purchasing_admin_pages(client: Client) -> Iterator[str]:
    """What editors and moderators see of presentations and groups, with what is reported."""
    PurchasingGroup.objects.all().delete()
    client.force_login(make_moderator(first_name=content("Ada")))
    presentation, archived = _presentation("admin"), _presentation("archivee", archived_at=timezone.now())
    agents = [agent_of(engages=True) for _number in range(2)]
    for agent in agents:
        _say(presentation, agent)
    first, second = agents
    yield client.get(reverse("purchasing_admin:groups")).content.decode()
    group = groups.form(presentation, "software", first.organisation, first.person)
    groups.join(group, second.organisation, second.person)
    message = thread.write(group, first.organisation, content("Bonjour."), first.person)
    yield client.get(reverse("purchasing_admin:group", args=[group.pk])).content.decode()
    thread.report(message, second.person, content("Hors sujet."))
    for name, *args in (
        ("groups",),
        ("group", group.pk),
        ("presentation", presentation.pk),
        ("presentation", archived.pk),
    ):
        yield client.get(reverse(f"purchasing_admin:{name}", args=args)).content.decode()
