"""Two needs of an authority that does not exist, on which the whole board can be tried: one open, one to be opened."""

import datetime as dt
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from metropole.accounts.models import User
from metropole.board.enums import QuestionState
from metropole.board.lifecycle.effects import digest
from metropole.board.lifecycle.guards import latest_questions
from metropole.board.models import Need, Question
from metropole.core.datafiles import read_yaml
from metropole.moderation.working_days import is_working_day
from metropole.organisations.models import Organisation
from metropole.responses.content import criteria_of, digest_of
from metropole.responses.enums import ReceiptKind
from metropole.responses.models import Receipt, Response
from metropole.responses.sealing import seal_data
from metropole.responses.writing.completeness import handed_in

from . import schema
from .english import read_wordings
from .needs import save_need, translate_need

FOLDER, FILE = Path(__file__).parent / "data" / "example", "needs.yaml"
ONE_HOUR = dt.timedelta(hours=1)


@transaction.atomic
def publish_example_needs(company: Organisation, carrier: User) -> None:
    """With a published question, and the response of the example company. What is there keeps its dates."""
    entries = read_yaml(FOLDER / FILE, schema.ExampleNeed)
    wordings = {wording.of: wording for wording in read_wordings(FOLDER, FILE, entries)}
    for entry in entries:
        is_new = not Need.objects.filter(slug=entry.slug).exists()
        save_need(entry)
        need = Need.objects.get(slug=entry.slug)
        _complete(need, entry, is_new=is_new)
        translate_need(entry, wordings[entry.slug])
        if is_new:
            _publish_questions(need, entry)
            _deposit(need, entry, company, carrier)


def _complete(need: Need, entry: schema.ExampleNeed, *, is_new: bool) -> None:
    """What such a need says besides its words."""
    need.value_low, need.value_high, need.value_is_public = entry.value_low, entry.value_high, True
    need.weightings = [weighting.model_dump() for weighting in entry.weightings]
    need.no_early_contacts = True
    if is_new:
        while not is_working_day(timezone.localdate(need.closes_at)):
            need.closes_at += dt.timedelta(days=1 if entry.closes_in_days > 0 else -1)
        need.questions_close_at = latest_questions(need.closes_at)
        need.answers_due_at = need.closes_at - dt.timedelta(days=1)
    need.digest = digest(need)
    need.save()


def _publish_questions(need: Need, entry: schema.ExampleNeed) -> None:
    for pair in entry.questions:
        Question.objects.create(
            need=need,
            state=QuestionState.PUBLISHED,
            text=pair.question,
            asked_at=need.published_at + ONE_HOUR,
            published_text=pair.question,
            answer=pair.answer,
            published_at=need.published_at + 2 * ONE_HOUR,
        )


def _deposit(need: Need, entry: schema.ExampleNeed, company: Organisation, carrier: User) -> None:
    """As the company would have deposited it before the closing."""
    if entry.response is None:
        return
    answers = entry.response.model_dump(exclude={"criteria"})
    answers |= {
        criterion.field: answer for criterion, answer in zip(criteria_of(need), entry.response.criteria, strict=True)
    }
    draft = {"answers": answers, "words": {}, "files": []}
    response = Response(need=need, organisation=company, begun_by=carrier, draft=seal_data(draft))
    content = handed_in(response, draft)
    response.deposited, response.digest, response.version = seal_data(content), digest_of(content), 1
    response.submitted_at = need.closes_at - ONE_HOUR
    response.save()
    Receipt.objects.create(
        response=response,
        kind=ReceiptKind.DEPOSITED,
        at=response.submitted_at,
        version=response.version,
        digest=response.digest,
        person=carrier,
    )
