"""An authority says which of the solutions presented interest it: by its agents, and by the clock."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from metropole.purchasing import groups, interests
from metropole.purchasing.interests import RefusedError, Said
from metropole.purchasing.models import Interest, PresentedSolution
from tests.factories import MembershipFactory, OrganisationFactory, PresentationFactory, SolutionPageFactory

from .conftest import CATEGORY, member_of

pytestmark = pytest.mark.one_database


def to(name, presentation):
    return reverse(f"purchasing:{name}", args=[presentation.slug])


def rows(presentation):
    return [str(pk) for pk in presentation.solutions.values_list("pk", flat=True)]


def posted(membership, presentation, **typed):
    return {"organisation": membership.organisation_id, "solutions": rows(presentation)[:1], **typed}


def test_everybody_reads_who_is_interested_in_what_and_until_when(client, presentation, first):
    page = client.get(presentation.get_absolute_url()).content.decode()
    assert str(first.organisation) in page
    assert "Compteur" in page
    assert "heure de Paris" in page
    assert presentation.reasons in page


def test_an_agent_says_so_on_the_screen(as_person, agent, presentation):
    membership = agent(engages=False)
    typed = posted(membership, presentation, scope="3 places", wished_on="2030-01-15")
    answer = as_person(membership.person).post(to("interest", presentation), typed, follow=True)
    said = Interest.objects.get()
    assert answer.redirect_chain == [(presentation.get_absolute_url(), 302)]
    assert (said.organisation, said.scope, said.wished_on) == (
        membership.organisation,
        "3 places",
        dt.date(2030, 1, 15),
    )
    assert [row.title for row in said.solutions.all()] == ["Compteur"]
    assert ModelLogEntry.objects.filter(action="purchasing.interest.say", user=membership.person).exists()


def test_said_again_it_takes_the_place_of_what_was_said(presentation, first, say):
    say(first, 2, scope="Plus")
    said = Interest.objects.get()
    assert (said.scope, said.solutions.count()) == ("Plus", 2)


def test_the_database_keeps_one_interest_of_an_authority(presentation, first):
    with pytest.raises(IntegrityError), transaction.atomic():
        Interest.objects.create(presentation=presentation, organisation=first.organisation)


def test_it_is_open_until_its_last_instant_and_not_one_later(presentation, agent, say):
    closing = presentation.closes_at
    with time_machine.travel(closing - dt.timedelta(microseconds=1), tick=False):
        say(agent())
    late = agent()
    for instant in (closing, closing + dt.timedelta(seconds=1)):
        with time_machine.travel(instant, tick=False), pytest.raises(ValidationError):
            say(late)
    assert Interest.objects.count() == 1


def test_a_form_opened_in_time_and_sent_one_second_late_is_refused_with_what_was_typed(as_person, agent, presentation):
    membership = agent()
    person = as_person(membership.person)
    assert person.get(to("interest", presentation)).status_code == 200
    with time_machine.travel(presentation.closes_at + dt.timedelta(seconds=1), tick=False):
        person.force_login(membership.person)
        typed = posted(membership, presentation, scope="Trois places en été")
        answer = person.post(to("interest", presentation), typed)
    assert answer.status_code == 200
    assert "Trois places en été" in answer.content.decode()
    assert answer.context["form"].non_field_errors()
    assert not Interest.objects.exists()


def test_nobody_says_so_before_it_opens(agent, frame):
    upcoming, membership = PresentationFactory(upcoming=True), agent()
    chosen = Said(upcoming.solutions.values_list("pk", flat=True))
    with pytest.raises(ValidationError):
        interests.say(upcoming, membership.organisation, chosen, membership.person)


def test_a_draft_and_one_that_is_archived_take_nothing(as_person, agent, presentation):
    membership, draft = agent(), PresentationFactory(draft=True)
    assert as_person(membership.person).get(to("interest", draft)).status_code == 404
    presentation.archived_at = timezone.now()
    presentation.save()
    with pytest.raises(ValidationError):
        interests.say(presentation, membership.organisation, Said([int(rows(presentation)[0])]), membership.person)


def test_a_company_cannot_be_interested(as_person, presentation):
    company = MembershipFactory(organisation=OrganisationFactory(), contributes=True)
    answer = as_person(company.person).post(to("interest", presentation), posted(company, presentation))
    assert answer.status_code == 403
    assert str(company.organisation) in answer.content.decode()
    with pytest.raises(RefusedError):
        interests.say(presentation, company.organisation, Said([int(rows(presentation)[0])]), company.person)
    assert not Interest.objects.exists()


@pytest.mark.parametrize("rights", [{}, {"engages": True}])
def test_only_who_contributes_says_so(as_person, presentation, rights):
    membership = MembershipFactory(**rights)
    typed = posted(membership, presentation)
    assert as_person(membership.person).post(to("interest", presentation), typed).status_code == 403
    with pytest.raises(PermissionDenied):
        interests.say(presentation, membership.organisation, Said([int(rows(presentation)[0])]), membership.person)


def test_an_authority_that_is_not_verified_reads_why_not(as_person, agent, presentation):
    membership = agent()
    membership.organisation.verification = "waiting"
    membership.organisation.save()
    answer = as_person(membership.person).get(to("interest", presentation))
    assert answer.status_code == 403
    assert len(answer.context["refusals"]) == 1


def test_who_publishes_a_solution_takes_no_part_in_its_purchase(as_person, agent, presentation):
    publisher, colleague = agent(), agent()
    MembershipFactory(person=colleague.person, organisation=publisher.organisation)
    sheet = presentation.solutions.first().solution
    sheet.publisher = publisher.organisation
    sheet.save()
    for membership in (publisher, colleague):
        answer = as_person(membership.person).post(to("interest", presentation), posted(membership, presentation))
        assert answer.status_code == 403
    assert not Interest.objects.exists()


@pytest.mark.parametrize("solution", ["", "abc", "-1", str(10**30), "999999"])
def test_a_forged_solution_is_refused_at_its_field(as_person, agent, presentation, solution):
    membership = agent()
    typed = posted(membership, presentation, solutions=[solution])
    answer = as_person(membership.person).post(to("interest", presentation), typed)
    assert answer.status_code == 200
    assert answer.context["form"].errors["solutions"]
    assert not Interest.objects.exists()


def test_a_solution_of_another_presentation_is_refused(presentation, agent):
    other, membership = PresentationFactory(), agent()
    with pytest.raises(ValidationError) as refused:
        interests.say(presentation, membership.organisation, Said([int(rows(other)[0])]), membership.person)
    assert "solutions" in refused.value.error_dict


@pytest.mark.parametrize("organisation", ["", "x", str(10**30)])
def test_a_forged_authority_is_refused_at_its_field(as_person, agent, presentation, organisation):
    typed = posted(agent(), presentation, organisation=organisation)
    answer = as_person(agent().person).post(to("interest", presentation), typed)
    assert answer.status_code == 200
    assert "organisation" in answer.context["form"].errors


def test_nobody_says_so_for_the_authority_of_others(as_person, agent, presentation):
    other = agent()
    answer = as_person(agent().person).post(to("interest", presentation), posted(other, presentation))
    assert "organisation" in answer.context["form"].errors
    assert not Interest.objects.exists()


@pytest.mark.parametrize("day", ["2001-01-01", "2999-01-01", "hier"])
def test_an_impossible_day_is_refused_at_its_field(as_person, agent, presentation, day):
    membership = agent()
    answer = as_person(membership.person).post(
        to("interest", presentation), posted(membership, presentation, wished_on=day)
    )
    assert answer.context["form"].errors["wished_on"]
    assert day in answer.content.decode()


def test_it_is_taken_back_even_once_it_is_closed(as_person, presentation, first):
    with time_machine.travel(presentation.closes_at + dt.timedelta(days=1)):
        as_person(first.person).post(to("take_back", presentation), {"interest": Interest.objects.get().pk})
    assert not Interest.objects.exists()
    assert ModelLogEntry.objects.filter(action="purchasing.interest.take_back").exists()


@pytest.mark.parametrize("key", ["", "x", str(10**30), "999999"])
def test_a_forged_interest_is_not_there(as_person, presentation, first, key):
    assert as_person(first.person).post(to("take_back", presentation), {"interest": key}).status_code == 404


def test_that_of_another_authority_is_not_there_to_be_taken_back(as_person, presentation, first, agent):
    person = as_person(agent().person)
    assert person.post(to("take_back", presentation), {"interest": Interest.objects.get().pk}).status_code == 404
    assert Interest.objects.exists()


def test_it_is_not_taken_back_while_the_authority_is_in_a_group(presentation, first, second):
    group = groups.form(presentation, CATEGORY, first.organisation, first.person)
    said = Interest.objects.get(organisation=first.organisation)
    with pytest.raises(ValidationError):
        interests.take_back(said, first.person)
    groups.join(group, second.organisation, second.person)
    groups.leave(member_of(group, first), first.person, "Budget")
    interests.take_back(said, first.person)
    assert not Interest.objects.filter(organisation=first.organisation).exists()


def test_a_sheet_that_is_deleted_leaves_its_title_and_who_was_interested(client, presentation, first):
    presentation.solutions.first().solution.delete()
    assert Interest.objects.get().solutions.get().title == "Compteur"
    page = client.get(presentation.get_absolute_url())
    assert page.status_code == 200
    assert "Compteur" in page.content.decode()


def test_a_solution_that_interests_somebody_is_not_replaced_by_another(presentation, first):
    row = presentation.solutions.first()
    row.solution = SolutionPageFactory()
    with pytest.raises(ValidationError):
        row.full_clean()


def test_a_solution_is_presented_once(presentation):
    sheet = presentation.solutions.first().solution
    with pytest.raises(IntegrityError), transaction.atomic():
        PresentedSolution.objects.create(presentation=presentation, solution=sheet)
