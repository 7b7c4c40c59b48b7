from django.utils.translation import gettext_lazy as _

YES_NO = [(None, "—"), (True, _("Yes")), (False, _("No"))]
