from django import template

from .. import workspace

register = template.Library()


@register.simple_tag(takes_context=True)
def workspace_menu(context: template.Context) -> list[workspace.MenuEntry]:
    request = context["request"]
    return workspace.workspace_menu(request.user, request.path)
