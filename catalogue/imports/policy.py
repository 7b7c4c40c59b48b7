from metropole.core.policy import Person, policy
from metropole.moderation.policy import is_editor


@policy.rule("solutions.import")
def may_import(person: Person, target: None) -> bool:
    """Bring many sheets at once, as drafts: for who draws them up one by one."""
    return is_editor(person)
