"""How a purchasing group goes on, as a table; what each step asks besides is in ``steps``."""

from django.utils.translation import gettext_lazy as _

from metropole.core.audit import register_action
from metropole.core.lifecycle import Lifecycle, Transition

from .enums import GroupState

FORMING, CONSTITUTED, CONSULTING, ENDED, GIVEN_UP = GroupState

GROUPS = Lifecycle(
    "purchasing.purchasinggroup",
    (
        Transition(
            "constitute",
            (FORMING,),
            CONSTITUTED,
            "purchase_group.coordinate",
            _("a purchasing group is constituted: its convention is signed"),
        ),
        Transition(
            "consult",
            (CONSTITUTED,),
            CONSULTING,
            "purchase_group.coordinate",
            _("a purchasing group launches its official consultation"),
        ),
        Transition("end", (CONSULTING,), ENDED, "purchase_group.coordinate", _("a purchasing group ends")),
        Transition(
            "give_up",
            (FORMING, CONSTITUTED, CONSULTING),
            GIVEN_UP,
            "purchase_group.give_up",
            _("a purchasing group is given up"),
            needs_reason=True,
        ),
    ),
)

STEP_LABELS = {
    "constitute": _("Constitute the group"),
    "consult": _("Launch the official consultation"),
    "end": _("End the group"),
    "give_up": _("Give the group up"),
}
"""What the coordinator's agents choose; the table's own words are those of the log."""

SAY_INTEREST = "purchasing.interest.say"
TAKE_BACK = "purchasing.interest.take_back"
FORM = "purchasing.purchasinggroup.form"
JOIN = "purchasing.purchasinggroup.join"
LEAVE = "purchasing.purchasinggroup.leave"
DESIGNATE = "purchasing.purchasinggroup.designate"
ACCEPT = "purchasing.purchasinggroup.accept_coordination"
DECLINE = "purchasing.purchasinggroup.decline_coordination"
CHECK = "purchasing.purchasinggroup.check_item"
SHARE = "purchasing.purchasinggroup.say_own_part"
REMOVE = "purchasing.purchasinggroup.remove_message"
REPORT = "purchasing.purchasinggroup.report_message"
SETTLE = "purchasing.purchasinggroup.settle_report"
ARCHIVE_GROUP = "purchasing.purchasinggroup.archive"
ARCHIVE_PRESENTATION = "purchasing.presentation.archive"


def register_actions() -> None:
    for action, label in {
        SAY_INTEREST: _("say that an authority is interested in solutions"),
        TAKE_BACK: _("take back that an authority is interested in solutions"),
        FORM: _("form a purchasing group"),
        JOIN: _("join a purchasing group"),
        LEAVE: _("leave a purchasing group"),
        DESIGNATE: _("designate a coordinator"),
        ACCEPT: _("accept to coordinate a purchasing group"),
        DECLINE: _("decline to coordinate a purchasing group"),
        CHECK: _("change an item of a purchasing group’s checklist"),
        SHARE: _("say an authority’s part in a purchasing group"),
        REMOVE: _("remove a message of a purchasing group"),
        REPORT: _("report a message of a purchasing group"),
        SETTLE: _("settle the report of a message"),
        ARCHIVE_GROUP: _("archive a purchasing group"),
        ARCHIVE_PRESENTATION: _("archive a presentation of solutions"),
    }.items():
        register_action(action, label)
