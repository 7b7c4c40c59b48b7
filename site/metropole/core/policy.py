"""Who may do what. One object answers, whoever asks: pages, forms, API, files, feeds, commands, admin, e-mail.

Each app has a module ``policy`` that adds its rules when the site starts. An action's name is that of what it is done
to, then the verb: "organisation.manage".
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.core.exceptions import PermissionDenied

Person = AbstractUser | AnonymousUser
Rule = Callable[[Person, Any], bool]
"""Whether a person may do it to something."""


class Policy:
    def __init__(self) -> None:
        self._rules: dict[str, Rule] = {}
        self._public: set[str] = set()

    def rule(self, action: str, *, public: bool = False) -> Callable[[Rule], Rule]:
        """Makes a function the rule of an action.

        Unless the action is public, nobody is allowed it who has not signed in or whose account is closed: the rule is
        not even asked.
        """

        def add(function: Rule) -> Rule:
            if action in self._rules:
                raise ValueError(f"There are two rules for {action}.")
            self._rules[action] = function
            if public:
                self._public.add(action)
            return function

        return add

    def may(self, person: Person, action: str, target: Any = None) -> bool:
        """Whether a person may do something to a target; raises KeyError for an action that nobody has thought of."""
        rule = self._rules[action]
        if action not in self._public and not (person.is_authenticated and person.is_active):
            return False
        return rule(person, target)

    def require(self, person: Person, action: str, target: Any = None) -> None:
        """Raises PermissionDenied if the person may not."""
        if not self.may(person, action, target):
            raise PermissionDenied

    def actions(self) -> set[str]:
        return set(self._rules)


policy = Policy()
