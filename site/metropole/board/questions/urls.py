from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "questions"
urlpatterns = [
    path(_("workspace/questions/"), views.mine, name="mine"),
    path(_("workspace/questions/ask/<slug:slug>/"), views.ask, name="ask"),
    path(_("workspace/questions/<uuid:pk>/"), views.question, name="question"),
    path(_("workspace/questions/<uuid:pk>/correct/"), views.correct, name="correct"),
]
