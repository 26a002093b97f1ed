from django.urls import path

from desk.views import search, today

app_name = "desk"
urlpatterns = [
    path("", today, name="today"),
    path("search/", search, name="search"),
]
