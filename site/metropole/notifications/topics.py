"""What people choose to read by e-mail, or not: each kind of news is of one topic. Each app registers its own."""

from dataclasses import dataclass

from django.utils.functional import Promise

from .enums import Pace


@dataclass(frozen=True)
class Topic:
    """``label`` names it, ``explanation`` says in a sentence what is told; ``usual``: the pace of who has not chosen.

    A topic that is not ``optional`` protects the account: nobody can turn it off.
    """

    name: str
    label: str | Promise
    explanation: str | Promise
    order: int
    usual: Pace = Pace.NOW
    optional: bool = True


_topics: dict[str, Topic] = {}


def register_topics(*topics: Topic) -> None:
    """From ``AppConfig.ready()``."""
    for topic in topics:
        if topic.name in _topics:
            raise ValueError(f"There are two topics named {topic.name}.")
        _topics[topic.name] = topic


def topic_named(name: str) -> Topic:
    """Raises KeyError for a topic that is not, or not any more, in the code."""
    return _topics[name]


def all_topics() -> list[Topic]:
    return sorted(_topics.values(), key=lambda topic: topic.order)


def optional_topics() -> list[Topic]:
    """Those that people may choose the pace of."""
    return [topic for topic in all_topics() if topic.optional]
