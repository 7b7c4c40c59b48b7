"""What agents contribute to the resource centre from the site itself, and in which steps."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from metropole.contributions.kinds import Kind, Step, register_kind
from metropole.contributions.models import ContributedFile, Contribution

from .models import ArticlePage, FeedbackPage, KitDocument, KitPage, PracticePage, ProjectPage

_FILING = ("territories", "themes", "programme", "organisations", "tags")


def _what(*own: str) -> Step:
    return Step(
        _("What it is"),
        ("title", "summary", *own, *_FILING),
        required=("themes",),
        intro=_("A colleague of another town must see at once what it is about, and where."),
    )


class KitFiles:
    """A kit has a list of files of its own."""

    def attach(self, page: KitPage, files: Sequence[ContributedFile], own: set[int]) -> None:
        others = [held for held in page.documents.all() if held.document_id not in own]
        known = {held.document_id: held for held in page.documents.all()}
        page.documents = [*others, *(_described(known.get(file.document_id), page, file) for file in files)]
        for rank, held in enumerate(page.documents.all()):
            held.sort_order = rank

    def attached(self, page: KitPage) -> set[int]:
        return {held.document_id for held in page.documents.all()}


def _described(held: KitDocument | None, page: KitPage, file: ContributedFile) -> KitDocument:
    held = held or KitDocument(document=file.document, locale=page.locale)
    held.title, held.accessible_version, held.licence = file.title, file.accessible_version, file.licence
    return held


def register() -> None:
    register_kind(
        Kind(
            "practice",
            PracticePage,
            _("Practice"),
            _("what your authority has done, and what it has learnt"),
            (
                _what("date"),
                Step(
                    _("The story"),
                    ("context", "actions", "results", "what_did_not_work", "advice"),
                    intro=_("What did not work helps as much as what did: it is asked of everybody."),
                ),
                Step(
                    _("What it takes"),
                    ("cost", "duration", "staff", "prerequisites"),
                    intro=_("Rough figures are better than none."),
                ),
            ),
        )
    )
    register_kind(
        Kind(
            "project",
            ProjectPage,
            _("Project"),
            _("what your authority is trying out or building"),
            (
                _what(),
                Step(_("The project"), ("problem", "approach", "results", "evaluation", "next_steps"), ("problem",)),
                Step(
                    _("Where it stands"),
                    ("stage", "started_on", "ended_on", "place", "carrier_role", "budget"),
                    required=("stage",),
                ),
            ),
        )
    )
    register_kind(
        Kind(
            "kit",
            KitPage,
            _("Kit or practical sheet"),
            _("a method to follow, with its files"),
            (_what("audience"), Step(_("The method"), ("steps", "checklist"), ("steps",))),
            files=KitFiles(),
        )
    )
    register_kind(
        Kind(
            "article",
            ArticlePage,
            _("Article"),
            _("news, an analysis, a report"),
            (_what("date"), Step(_("The text"), ("body", "source", "source_url"), ("body",))),
        )
    )
    register_kind(
        Kind(
            "feedback",
            FeedbackPage,
            _("Feedback on a practice"),
            _("what your authority has learnt from doing the same"),
            (
                Step(
                    _("Your feedback"),
                    ("summary", "date", "context", "what_worked", "what_did_not_work", "cost", "duration"),
                    intro=_("What did not work helps as much as what did: it is asked of everybody."),
                ),
            ),
            about=PracticePage,
            prepare=_prepare_feedback,
            files=None,
        )
    )


def _prepare_feedback(page: FeedbackPage, contribution: Contribution) -> None:
    """It is named after its organisation and the practice."""
    page.practice, page.by = contribution.about.specific, contribution.organisation
    names = {"organisation": contribution.organisation, "practice": contribution.about.title}
    with override(settings.LANGUAGE_CODE):
        page.title = (gettext("%(organisation)s on “%(practice)s”") % names)[:255]
