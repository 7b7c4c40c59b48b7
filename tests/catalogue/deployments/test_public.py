"""What everybody reads: on the solution's sheet in each language, on the authority's page, in the index."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.utils.html import escape
from django.utils.translation import override
from wagtail.models import Locale

from catalogue.deployments import services
from catalogue.deployments.display import deployments_of
from catalogue.deployments.models import Deployment
from catalogue.deployments.statements import Said
from metropole.search.models import OutboxEntry
from metropole.search.outbox import document_id
from metropole.translation.recording import record_translation
from tests.content.test_queries import queries
from tests.factories import CommuneFactory, EptFactory, MembershipFactory, OrganisationFactory, SolutionPageFactory

from .conftest import END, LATER, NOTE, SOURCE, START, again, said

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def counts(page) -> dict[str, int]:
    return {one.stage: one.count for one in deployments_of(page).counts}


def use(solution, organisation, statement=None) -> Deployment:
    """A confirmed deployment in an authority."""
    agent, colleague = (MembershipFactory(organisation=organisation, contributes=True).person for _number in range(2))
    deployment = services.declare(solution, organisation, statement or said(), agent)
    services.confirm(deployment.waiting, colleague)
    return again(deployment)


def test_a_sheet_that_nobody_uses_says_so(client, solution):
    assert "deployments-caption" not in client.get(solution.url).content.decode()
    assert counts(solution) == {"test": 0, "pilot": 0, "in_use": 0, "stopped": 0}


def test_what_has_stopped_is_shown_and_counted_as_what_has_begun(client, solution, frame):
    running = use(solution, OrganisationFactory(commune=True))
    stopped = use(solution, OrganisationFactory(commune=True), said("stopped", ended_on=END, note="Trop cher."))
    page = client.get(solution.url).content.decode()
    for deployment in (running, stopped):
        assert f'id="deployment-{deployment.pk}"' in page
        assert escape(deployment.organisation.name) in page
    assert "Trop cher." in page
    assert counts(solution) == {"test": 1, "pilot": 0, "in_use": 0, "stopped": 1}


def test_the_history_says_each_stage_with_its_day_and_corrections_replace_what_they_correct(
    solution, confirmed, agent, colleague
):
    for statement in (
        said("in_use").but(since=LATER),
        said("in_use").but(since=LATER + dt.timedelta(days=9)),
        said("stopped", ended_on=END),
    ):
        services.confirm(services.change(confirmed, statement, agent), colleague)
    [row] = deployments_of(solution).rows
    assert [passed.since for passed in row.stages] == [START, LATER + dt.timedelta(days=9), END]


def test_what_comes_from_a_source_says_so_with_its_address_and_without_a_date(client, solution, sourced):
    page = client.get(solution.url).content.decode()
    assert SOURCE.source in page
    assert SOURCE.source_url in page
    [row] = deployments_of(solution).rows
    assert [passed.since for passed in row.stages] == [None]


def test_what_waits_is_read_by_nobody_else(client, solution, declared, stranger):
    assert NOTE not in client.get(solution.url).content.decode()
    client.force_login(stranger)
    assert NOTE not in client.get(solution.url).content.decode()


def test_the_sheet_in_another_language_shows_the_same(client, solution, confirmed, commune):
    english = Locale.objects.get(language_code="en")
    translated = record_translation(
        solution, type(solution)(slug="posts", title="Posts", summary=solution.summary, kind=solution.kind), english
    )
    translated = translated or solution.get_translation(english)
    with override("en"):
        page = client.get(translated.specific.url).content.decode()
    assert f'id="deployment-{confirmed.pk}"' in page
    assert 'lang="fr"' in page
    assert list(Deployment.objects.for_solution(translated)) == [confirmed]


def test_a_declaration_from_the_translated_sheet_is_the_originals(solution, commune, agent):
    english = Locale.objects.get(language_code="en")
    translated = solution.copy_for_translation(english)
    assert services.declare(translated, commune, said(), agent).solution == solution


def test_the_map_has_the_communes_concerned_and_those_of_a_territory_that_uses_it(client, solution, frame):
    ept = EptFactory(slug="est")
    communes = [CommuneFactory(parent=ept) for _number in range(2)]
    town = OrganisationFactory(kind="commune", territory=communes[0], name="Ville")
    use(solution, town)
    use(solution, OrganisationFactory(kind="ept", territory=ept, name="Territoire"))
    CommuneFactory()
    shown = deployments_of(solution).map
    assert {shape.slug: shape.count for shape in shown.shapes} == {communes[0].slug: 2, communes[1].slug: 1}
    assert shown.table_url == "#deployments"


def test_an_authority_without_a_place_has_no_map_but_its_line(client, solution, frame):
    body = OrganisationFactory(kind="public_body", name="Syndicat")
    use(solution, body)
    assert deployments_of(solution).map is None
    assert "Syndicat" in client.get(solution.url).content.decode()
    assert solution.title in client.get(body.get_absolute_url()).content.decode()


def test_an_authoritys_page_says_what_it_uses_and_not_what_waits(
    client, solution, commune, confirmed, agent, rebuild_index
):
    other = SolutionPageFactory(title="Jardin secret")
    services.declare(other, commune, said(), agent)
    rebuild_index()
    page = client.get(commune.get_absolute_url()).content.decode()
    assert f"{solution.url}#deployments" in page
    assert "Jardin secret" not in page


def test_a_removed_sheet_leaves_the_authoritys_page(client, solution, commune, confirmed, rebuild_index):
    solution.unpublish()
    assert solution.title not in client.get(commune.get_absolute_url()).content.decode()


def test_every_change_of_what_is_public_has_the_solutions_document_brought_up_to_date(
    solution, declared, agent, colleague
):
    def waits() -> bool:
        found = OutboxEntry.objects.filter(document_key=document_id(solution)).exists()
        OutboxEntry.objects.all().delete()
        return found

    waits()
    services.confirm(declared.waiting, colleague)
    assert waits()
    services.confirm(services.change(declared, said("stopped", ended_on=END), agent), colleague)
    assert waits()
    again(declared).delete()
    assert waits()


def test_a_sheet_costs_the_same_whatever_the_number_of_its_deployments(client, frame, rebuild_index):
    small, large = (SolutionPageFactory(slug=f"bornes-{size}") for size in (1, 5))
    for sheet, size in ((small, 1), (large, 5)):
        for _number in range(size):
            use(sheet, OrganisationFactory(commune=True))
    rebuild_index()
    cache.clear()
    few, many = (queries(client, sheet.url) for sheet in (small, large))
    none = SolutionPageFactory(slug="bornes-sans")
    rebuild_index()
    cache.clear()
    assert few == many == queries(client, none.url) + 1


def test_no_person_is_named_on_a_sheet(client, solution, confirmed, agent, colleague):
    page = client.get(solution.url).content.decode()
    for person in (agent, colleague):
        assert person.first_name not in page
        assert person.email not in page


def test_a_stage_that_a_source_does_not_say_is_counted_apart(solution, commune, frame):
    services.draw_up(solution, commune, Said("unknown"), SOURCE, None)
    assert counts(solution)["unknown"] == 1
