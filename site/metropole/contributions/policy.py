"""Who may write, send and read contributions: they belong to an organisation, whose contributors share them."""

from metropole.core.policy import Person, policy

from .models import ContributedFile, Contribution


@policy.rule("contribution.edit")
def may_edit(person: Person, contribution: Contribution) -> bool:
    return policy.may(person, "organisation.contribute", contribution.organisation)


@policy.rule("contribution.submit")
def may_submit(person: Person, contribution: Contribution) -> bool:
    return policy.may(person, "organisation.contribute", contribution.organisation)


@policy.rule("file.read", public=True)
def may_read_file(person: Person, file: ContributedFile) -> bool:
    """Everybody, once the page that holds it is published; before that its organisation, and who reviews the page.

    Nobody reads what the antivirus has not passed.
    """
    if not file.is_clean:
        return False
    return file.is_public or policy.may(person, "file.read_before_publication", file)


@policy.rule("file.read_before_publication")
def may_read_unpublished_file(person: Person, file: ContributedFile) -> bool:
    if policy.may(person, "contribution.edit", file.contribution):
        return True
    return file.document_id is not None and policy.may(person, "moderation.queue")
