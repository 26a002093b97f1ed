from django.urls import path, re_path

from creators.views import creators, edit

app_name = "creators"
urlpatterns = [
    path("creators/", creators.creator_list, name="list"),
    re_path(r"^creators/export\.(?P<form>csv|xlsx)$", creators.export, name="export"),
    path("creators/stage/", creators.set_stage, name="set_stage"),
    path("creators/add/", edit.add, name="add"),
    path("creators/<int:pk>/edit/", edit.edit, name="edit"),
]
