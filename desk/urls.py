from django.urls import path

from desk.views import creator, creator_tabs, merging
from desk.views.sample import remove_sample
from desk.views.today import search, today

app_name = "desk"
urlpatterns = [
    path("", today, name="today"),
    path("search/", search, name="search"),
    path("creators/<int:pk>/", creator.creator, name="creator"),
    path("creators/<int:pk>/panels/", creator.panels, name="creator_panels"),
    path("creators/<int:pk>/timeline/", creator_tabs.timeline, name="creator_timeline"),
    path("creators/<int:pk>/money/", creator_tabs.money, name="creator_money"),
    path("creators/<int:pk>/stage/", creator.stage, name="creator_stage"),
    path("creators/merges/", merging.merges, name="merges"),
    path("creators/merges/<int:pk>/undo/", merging.undo_merge, name="undo_merge"),
    path("creators/<int:kept>/merge/<int:other>/", merging.merge, name="merge"),
    path("sample/remove/", remove_sample, name="remove_sample"),
]
