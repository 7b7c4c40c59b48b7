"""How what is declared of a deployment goes on, as a table."""

from django.utils.translation import gettext_lazy as _

from metropole.core.audit import register_action
from metropole.core.lifecycle import Lifecycle, Transition

from .enums import DeploymentState, Stage

DECLARED, CONFIRMED, SOURCED, REFUSED, WITHDRAWN = DeploymentState

DECLARE = "catalogue.deploymentstage.declare"
DRAW_UP = "catalogue.deployment.draw_up"
WRITE_TO = "catalogue.deployment.write_to"

for action, label in {
    DECLARE: _("a stage of a deployment is declared"),
    DRAW_UP: _("a deployment is drawn up from public sources"),
    WRITE_TO: _("an authority is written to about a deployment"),
}.items():
    register_action(action, label)

STAGES = Lifecycle(
    "catalogue.deploymentstage",
    (
        Transition("confirm", (DECLARED,), CONFIRMED, "deployment.confirm", _("a stage of a deployment is confirmed")),
        Transition(
            "refuse",
            (DECLARED,),
            REFUSED,
            "deployment.confirm",
            _("a stage of a deployment is refused"),
            needs_reason=True,
        ),
        Transition("withdraw", (DECLARED,), WITHDRAWN, "deployment.withdraw", _("a declaration is taken back")),
        Transition("replace", (DECLARED,), WITHDRAWN, "deployment.withdraw", _("a declaration is written anew")),
        Transition(
            "take_over",
            (SOURCED,),
            CONFIRMED,
            "deployment.take_over",
            _("an authority confirms what sources say of it"),
        ),
        Transition(
            "contest",
            (SOURCED,),
            REFUSED,
            "deployment.take_over",
            _("an authority contests what sources say of it"),
            needs_reason=True,
        ),
        Transition(
            "retract",
            (SOURCED,),
            WITHDRAWN,
            "deployment.draw_up",
            _("the editors take back what they drew from public sources"),
            needs_reason=True,
        ),
        Transition("supersede", (SOURCED,), WITHDRAWN, None, _("what sources said gives way to the authority’s word")),
    ),
)

RUNNING = (Stage.TEST, Stage.PILOT, Stage.IN_USE)
NEXT_STAGES: dict[Stage, tuple[Stage, ...]] = {
    Stage.TEST: (Stage.PILOT, Stage.IN_USE, Stage.STOPPED),
    Stage.PILOT: (Stage.TEST, Stage.IN_USE, Stage.STOPPED),
    Stage.IN_USE: (Stage.TEST, Stage.PILOT, Stage.STOPPED),
    Stage.UNKNOWN: (*RUNNING, Stage.STOPPED),
    Stage.STOPPED: (),
}
"""What may come after each stage. What has stopped begins again as another deployment."""
