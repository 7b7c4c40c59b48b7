"""What editors present, and everybody reads."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from catalogue.models import Corroboration
from metropole.purchasing import groups
from metropole.purchasing.models import Presentation
from metropole.translation.recording import record_translation
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    PresentationFactory,
    SolutionPageFactory,
    UserFactory,
    language,
)

pytestmark = pytest.mark.one_database


def english(presentation):
    """The presentation in English, as translators write it."""
    words = Presentation(title="Counting bicycles", summary="Solutions for all.", reasons="Sheets confirmed this year.")
    locale = language("en")
    record_translation(presentation, words, locale)
    return Presentation.objects.get(translation_key=presentation.translation_key, locale=locale)


def listed(client):
    return client.get(reverse("purchasing:presentations")).content.decode()


def test_the_list_is_never_empty_without_a_word(client, frame):
    assert client.get(reverse("purchasing:presentations")).status_code == 200
    PresentationFactory(title="Compter les vélos")
    assert "Compter les vélos" in listed(client)


def test_what_is_a_draft_or_published_later_is_not_there(client, frame):
    draft = PresentationFactory(title="Brouillon", draft=True)
    later = PresentationFactory(title="Plus tard", published_at=timezone.now() + dt.timedelta(hours=1))
    assert not {"Brouillon", "Plus tard"} & set(listed(client).split(">"))
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(later.get_absolute_url()).status_code == 404
    with time_machine.travel(later.published_at):
        assert client.get(later.get_absolute_url()).status_code == 200


def test_the_page_says_that_nobody_pays_and_that_the_site_is_no_buyer_profile(client, presentation):
    with override("en"):
        page = client.get(presentation.get_absolute_url()).content.decode()
    assert "Nobody pays to be selected" in page
    assert "This site is no buyer profile" in page


def test_each_solution_has_its_level_of_evidence(client, frame):
    confirmed, declared = SolutionPageFactory(hosting_place="Paris"), SolutionPageFactory(origin="publisher")
    claim = confirmed.claims.get(field="hosting_place")
    Corroboration.objects.create(claim=claim, organisation=OrganisationFactory(commune=True), digest=claim.digest)
    page = PresentationFactory(sheets=[confirmed, declared, SolutionPageFactory()])
    with override("en"):
        text = client.get(page.get_absolute_url()).content.decode()
    for level in ("confirmed by an authority", "declared by its publisher", "drawn from public sources"):
        assert level in text


def test_a_presentation_asks_the_same_queries_however_many_solutions_it_has(
    client, frame, django_assert_max_num_queries
):
    few = PresentationFactory(sheets=[SolutionPageFactory()])
    many = PresentationFactory(sheets=[SolutionPageFactory() for _number in range(6)])
    client.get(few.get_absolute_url())
    with django_assert_max_num_queries(24) as counted:
        client.get(few.get_absolute_url() + "?a")
    with django_assert_max_num_queries(len(counted)):
        client.get(many.get_absolute_url() + "?a")


def test_it_is_read_in_english_where_it_is_translated(client, presentation):
    english(presentation)
    with override("en"):
        url = presentation.get_absolute_url()
        page = client.get(url).content.decode()
    assert "Counting bicycles" in page
    assert "Compteur" in page
    assert "Compter les vélos" in client.get(presentation.get_absolute_url()).content.decode()


def test_one_that_is_not_translated_says_its_language(client, presentation):
    with override("en"):
        page = client.get(presentation.get_absolute_url()).content.decode()
    assert '<h1 lang="fr">' in page


def test_a_translation_has_no_solutions_or_facts_of_its_own(client, presentation):
    translation = english(presentation)
    assert not translation.solutions.exists()
    Presentation.objects.filter(pk=presentation.pk).update(closes_at=timezone.now())
    with override("en"):
        page = client.get(presentation.get_absolute_url())
    assert page.context["state"] == "closed"
    assert Presentation.objects.published().count() == 1


def test_the_database_refuses_one_that_closes_before_it_opens(frame):
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        PresentationFactory(opens_at=now, closes_at=now)


def test_once_published_it_is_put_off_and_never_shortened(presentation):
    presentation.closes_at += dt.timedelta(days=1)
    presentation.full_clean()
    presentation.save()
    presentation.closes_at -= dt.timedelta(hours=1)
    with pytest.raises(ValidationError) as refused:
        presentation.full_clean()
    assert "closes_at" in refused.value.error_dict


def test_once_published_it_keeps_its_address_and_is_not_made_a_draft_again(presentation):
    for name, value in (("slug", "autre"), ("published_at", None)):
        changed = Presentation.objects.get(pk=presentation.pk)
        setattr(changed, name, value)
        with pytest.raises(ValidationError) as refused:
            changed.full_clean()
        assert name in refused.value.error_dict


def test_an_address_follows_from_the_title_and_is_free(frame):
    for expected in ("des-velos", "des-velos-2"):
        made = PresentationFactory.build(title="Des vélos", slug="", locale=language("fr"), sheets=[])
        made.full_clean()
        assert made.slug == expected
        made.save()


def test_a_moderator_archives_it_and_its_address_says_so(client, presentation):
    moderator, editor = UserFactory(group="Moderators"), UserFactory(editor=True)
    with pytest.raises(PermissionDenied):
        groups.archive_presentation(presentation, editor, "Erreur")
    with pytest.raises(ValidationError):
        groups.archive_presentation(presentation, moderator, " ")
    groups.archive_presentation(presentation, moderator, "Erreur")
    assert "Compter les vélos" not in listed(client)
    page = client.get(presentation.get_absolute_url())
    assert page.status_code == 200
    assert page.context["state"] == "closed"


def test_search_engines_are_told_of_what_is_published_in_its_languages(client, presentation, group):
    PresentationFactory(draft=True, slug="brouillon")
    urls = client.get(reverse("sitemap", args=["fr"])).content.decode()
    assert presentation.get_absolute_url() in urls
    assert group.get_absolute_url() in urls
    assert "brouillon" not in urls
    with override("en"):
        assert presentation.get_absolute_url() not in client.get(reverse("sitemap", args=["en"])).content.decode()
    english(presentation)
    with override("en"):
        assert presentation.get_absolute_url() in client.get(reverse("sitemap", args=["en"])).content.decode()


def test_a_page_of_the_list_that_is_not_there_is_not_found(client, frame):
    for page in ("0", "2", "x", str(10**30)):
        assert client.get(reverse("purchasing:presentations"), {"page": page}).status_code == 404


def test_company_members_see_what_the_public_sees(as_person, presentation, group):
    company = MembershipFactory(organisation=OrganisationFactory(), contributes=True, deposits=True)
    client = as_person(company.person)
    page = client.get(group.get_absolute_url())
    assert page.status_code == 200
    assert not page.context["may_enter"]
    assert client.get(reverse("purchasing:room", args=[group.key])).status_code == 404
