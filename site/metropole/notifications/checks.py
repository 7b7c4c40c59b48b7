from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.translation import override

from .kinds import Kind, all_kinds
from .topics import topic_named
from .wording import faults_of


@register
def check_kinds(app_configs: Sequence[AppConfig] | None, **kwargs) -> list[CheckMessage]:
    """Each kind of news can be said in each language, and is of a topic that people know."""
    return [
        Error(f"The kind of news “{kind.name}”: {fault}.", id="notifications.E001")
        for kind in all_kinds()
        for fault in (*_faults_in_all_languages(kind), *_fault_of_topic(kind))
    ]


def _faults_in_all_languages(kind: Kind) -> list[str]:
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found += [f"in {code}, {fault}" for fault in faults_of(kind)]
    return found


def _fault_of_topic(kind: Kind) -> list[str]:
    try:
        topic_named(kind.topic)
    except KeyError:
        return [f"its topic “{kind.topic}” is not registered (notifications.topics.register_topics)"]
    return []
