from django.urls import path, re_path

from desk.views import bulk, cells, creator, creator_tabs, creators, import_undo, merging, person, views
from desk.views.sample import remove_sample
from desk.views.today import search, today

app_name = "desk"
urlpatterns = [
    path("", today, name="today"),
    path("search/", search, name="search"),
    path("creators/", creators.creator_list, name="creators"),
    re_path(r"^creators/export\.(?P<form>csv|xlsx)$", creators.export, name="creators_export"),
    path("creators/stage/", bulk.set_stage, name="creators_stage"),
    path("creators/tags/", bulk.set_tags, name="creators_tags"),
    path("creators/owner/", bulk.set_owner, name="creators_owner"),
    path("creators/campaign/", bulk.add_to_campaign, name="creators_campaign"),
    path("creators/vetting/ask/", bulk.ask_to_vet, name="creators_vet"),
    path("creators/refresh/these/", bulk.refresh, name="creators_refresh"),
    path("creators/views/save/", views.save, name="save_view"),
    path("creators/views/<int:pk>/", views.view, name="view"),
    path("creators/views/<int:pk>/remove/", views.remove, name="remove_view"),
    path("creators/<int:pk>/peek/", creators.peek, name="peek"),
    path("creators/<int:pk>/cell/<slug:column>/", cells.cell, name="cell"),
    path("creators/<int:pk>/", creator.creator, name="creator"),
    path("creators/<int:pk>/panels/", creator.panels, name="creator_panels"),
    path("creators/<int:pk>/cac/", creator.cac, name="creator_cac"),
    path("creators/<int:pk>/terms/", creator_tabs.terms, name="creator_terms"),
    path("creators/<int:pk>/next/", creator.next_step, name="creator_next"),
    path("creators/<int:pk>/timeline/", creator_tabs.timeline, name="creator_timeline"),
    path("creators/<int:pk>/money/", creator_tabs.money, name="creator_money"),
    path("creators/<int:pk>/stage/", creator.stage, name="creator_stage"),
    path("creators/merges/", merging.merges, name="merges"),
    path("creators/merges/<int:pk>/undo/", merging.undo_merge, name="undo_merge"),
    path("creators/<int:kept>/merge/<int:other>/", merging.merge, name="merge"),
    path("creators/<int:pk>/erase/", person.erase, name="erase"),
    path("creators/<int:pk>/export/", person.export_person, name="export_person"),
    path("creators/import/<int:pk>/undo/", import_undo.undo_import, name="undo_import"),
    path("sample/remove/", remove_sample, name="remove_sample"),
]
