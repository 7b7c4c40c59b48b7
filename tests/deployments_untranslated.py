"""Every screen of deployments and evaluations, filled, for the words of each to be looked at (test_untranslated.py)."""

import datetime as dt
from collections.abc import Iterator
from itertools import count

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from catalogue.deployments import services
from catalogue.deployments.models import Deployment
from catalogue.deployments.statements import Said, Source, said_of
from catalogue.models import EvaluationPage, SolutionPage
from metropole.accounts.models import User
from metropole.contributions.kinds import kind_named
from metropole.contributions.services import begin
from metropole.organisations.models import Organisation
from tests.factories import MembershipFactory, OrganisationFactory, SolutionPageFactory, UserFactory

from .moderation.conftest import make_moderator
from .untranslated import content

START, END = dt.date(2024, 1, 15), dt.date(2025, 6, 30)


def deployment_pages(client: Client) -> Iterator[str]:
    """The workspace of an agent and of a colleague, and the sheet with all that it can hold, in both languages."""
    for language in ("fr", "en"):
        with override(language):
            yield from _pages(client, language)


def _pages(client: Client, language: str) -> Iterator[str]:
    commune, (agent, colleague) = _authority("Bagneux")
    solution, other = (_solution(f"{language}-{number}") for number in range(2))

    def look(person: User, name: str, *args: object) -> str:
        client.force_login(person)
        return client.get(reverse(f"deployments:{name}", args=args), follow=True).content.decode()

    yield look(UserFactory(first_name=content("Anne")), "mine")
    yield from (look(agent, "mine"), look(agent, "declare", solution.pk))
    declared = services.declare(solution, commune, _said(), agent)
    yield from (look(person, "deployment", declared.pk) for person in (agent, colleague))
    yield from (look(colleague, "mine"), client.get(reverse("workspace")).content.decode())
    sent = {"organisation": commune.pk, "stage": "in_use", "started_on": "2024-01-15"}
    client.force_login(agent)
    yield client.post(reverse("deployments:declare", args=[solution.pk]), sent).content.decode()
    services.confirm(declared.waiting, colleague)
    yield from (look(agent, name, declared.pk) for name in ("deployment", "stage", "stop", "correct"))
    services.change(_again(declared), said_of(_said().stated | {"stage": "stopped", "ended_on": END}), agent)
    yield look(colleague, "deployment", declared.pk)
    _stranger, (writer, _other) = _authority("Sceaux")
    yield look(writer, "write", declared.pk)
    carrier = MembershipFactory(organisation=solution.publisher, contributes=True, person__first_name=content("Jean"))
    yield look(carrier.person, "declare", solution.pk)
    sourced = services.draw_up(other, commune, Said("unknown"), _source(), None)
    yield look(agent, "deployment", sourced.pk)
    _stand_in(solution)
    draft = begin(kind_named("evaluation"), commune, agent, solution)
    client.force_login(agent)
    for name, *number in (("step", 1), ("step", 2), ("preview",), ("contribution",)):
        yield client.get(reverse(f"contributions:{name}", args=[draft.pk, *number])).content.decode()
    _evaluate(solution, commune)
    client.force_login(agent)
    for page in (solution, other):
        yield client.get(page.address_in(language).path, follow=True).content.decode()
    yield client.get(commune.get_absolute_url()).content.decode()
    yield client.get(reverse("organisations:invite", args=[commune.slug])).content.decode()


def deployment_admin_pages(client: Client) -> Iterator[str]:
    """What editors and moderators see, of what is drawn from sources and of what has no second agent."""
    commune, (agent, _colleague) = _authority("Bondy")
    sourced = services.draw_up(_solution("source"), commune, Said("test"), _source(), None)
    alone = _stand_in(_solution("seul"), confirm=False)
    client.force_login(make_moderator())
    for deployment in (sourced, alone, services.declare(_solution("deux"), commune, _said(), agent)):
        yield client.get(reverse("deployments_admin:deployment", args=[deployment.pk])).content.decode()


emails = (content(f"{number}@example.org") for number in count(100))


def _authority(name: str) -> tuple[Organisation, list[User]]:
    first = MembershipFactory(
        contributes=True,
        person__first_name=content("Jeanne"),
        person__email=next(emails),
        organisation__name=content(name),
        organisation__territory__name=content(name),
        organisation__territory__parent__name=content("Est"),
    )
    second = MembershipFactory(organisation=first.organisation, contributes=True, person__first_name=content("Awa"))
    return first.organisation, [first.person, second.person]


def _solution(slug: str) -> SolutionPage:
    publisher = OrganisationFactory(name=content("Société"))
    return SolutionPageFactory(
        title=content("Bornes"), slug=f"bornes-{slug}", summary=content("Des bornes."), publisher=publisher
    )


def _said() -> Said:
    words = {"scope": content("voirie"), "note": content("Gel."), "cost_class": "under_5"}
    return said_of({"stage": "test", "started_on": START, **words})


def _source() -> Source:
    return Source(content("Dossier"), "https://192.0.2.1/", is_example=True)


def _stand_in(solution: SolutionPage, *, confirm: bool = True) -> Deployment:
    alone = MembershipFactory(
        contributes=True,
        person__first_name=content("Seule"),
        organisation__name=content("Antony"),
        organisation__territory__name=content("Antony"),
        organisation__territory__parent__name=content("Sud"),
    )
    declared = services.declare(solution, alone.organisation, _said(), alone.person)
    if confirm:
        services.confirm(declared.waiting, make_moderator())
    return declared


def _evaluate(solution: SolutionPage, commune: Organisation) -> None:
    texts = {name: f"<p>{content('Texte')}</p>" for name in ("independence_explained", "method", "results")}
    words = {name: content("Texte") for name in ("title", "summary", "author", "sample", "source")}
    figures = [{name: content("un") for name in ("indicator", "unit", "before", "after", "change")}]
    page = EvaluationPage(
        solution=solution, by=commune, independence="authority", outcome="none", figures=figures,
        date=START, source_url="https://192.0.2.1/", slug=f"evaluation-{solution.pk}", **words, **texts,
    )  # fmt: skip
    solution.refresh_from_db()
    solution.add_child(instance=page)
    page.save_revision().publish()


def _again(deployment: Deployment) -> Deployment:
    return Deployment.objects.get(pk=deployment.pk)
