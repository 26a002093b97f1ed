from django.urls import path

from briefs.views import briefs, public

app_name = "briefs"
urlpatterns = [
    path("briefs/", briefs.brief_list, name="list"),
    path("campaigns/<slug:slug>/brief/", briefs.brief, name="campaign"),
    path("campaigns/<slug:slug>/brief/make/", briefs.make, name="make"),
    path("campaigns/<slug:slug>/brief/edit/", briefs.edit, name="edit"),
    path("campaigns/<slug:slug>/brief/assets/", briefs.add_asset, name="add_asset"),
    path("campaigns/<slug:slug>/brief/assets/<int:asset_id>/remove/", briefs.remove_asset, name="remove_asset"),
    path("campaigns/<slug:slug>/brief/messages/", briefs.message_list, name="messages"),
    path("campaigns/<slug:slug>/brief/messages.csv", briefs.messages_csv, name="messages_csv"),
    path("campaigns/<slug:slug>/brief/<int:deal_id>/", briefs.preview, name="preview"),
    path("campaigns/<slug:slug>/brief/<int:deal_id>/revoke/", briefs.revoke, name="revoke"),
    path("b/<str:token>/", public.public, name="public"),
    path("b/<str:token>/assets/<int:asset_id>/", public.asset, name="asset"),
]
