from metropole.core.translatable import PROMOTED, TranslatableFields, shared, translated

FILING: TranslatableFields = [
    *shared("organisations", "territories", "themes", "programme", "tagged_items", "date", "licence"),
    *translated("source"),
    *shared("source_url"),
]
"""The fields of the tab "Filing": who and where do not depend on the language."""


def content_fields(*own: TranslatableFields) -> TranslatableFields:
    """Those of a kind of content: its own, given in the order of its panels, amid those that all kinds have."""
    particular = [field for fields in own for field in fields]
    return [*translated("title", "summary"), *particular, *translated("body"), *FILING, *PROMOTED]
