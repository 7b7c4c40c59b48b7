from typing import Any

from metropole.content.forms import ContentForm


class EvaluationForm(ContentForm):
    """The editor's form: an evaluation is of the solution below which it is made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.solution_id is None and self.parent_page is not None:
            self.instance.solution = self.parent_page.specific
