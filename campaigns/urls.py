"""Addresses of campaigns. `-` is no campaign's short name, so nothing there can hide one."""

from django.urls import path

from campaigns.views import add_deals, ads, campaigns, deals, documents, links, qr, refresh, roster

app_name = "campaigns"
urlpatterns = [
    path("ads/", ads.ad_list, name="ads"),
    path("ads.csv", ads.ads_csv, name="ads_csv"),
    path("creators/rights/<int:pk>/ads/add/", ads.add, name="add_ad"),
    path("ads/<int:pk>/edit/", ads.edit, name="edit_ad"),
    path("ads/<int:pk>/remove/", ads.remove, name="remove_ad"),
    path("documents/", documents.document_list, name="documents"),
    path("documents.csv", documents.documents_csv, name="documents_csv"),
    path("documents/add/", documents.add, name="add_document"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("documents/<int:pk>/file/", documents.download, name="document_file"),
    path("documents/<int:pk>/remove/", documents.remove, name="remove_document"),
    path("campaigns/", campaigns.campaign_list, name="list"),
    path("campaigns/-/add/", campaigns.add_campaign, name="add"),
    path("campaigns/<str:slug>/", campaigns.campaign_page, name="campaign"),
    path("campaigns/<str:slug>/edit/", campaigns.edit_campaign, name="edit"),
    path("campaigns/<str:slug>/deals.csv", campaigns.deals_csv, name="deals_csv"),
    path("campaigns/<str:slug>/deals/add/", add_deals.add_one, name="add_deal"),
    path("campaigns/<str:slug>/deals/add-many/", add_deals.add_many, name="add_deals"),
    path("campaigns/<str:slug>/deals/status/", deals.move_many, name="move_deals"),
    path("campaigns/<str:slug>/refresh/", refresh.refresh, name="refresh"),
    path("campaigns/<str:slug>/links/", links.links_page, name="links"),
    path("campaigns/<str:slug>/links/make/", links.make_links_page, name="make_links"),
    path("campaigns/<str:slug>/links/destination/", links.change_destination, name="destination"),
    path("campaigns/<str:slug>/links/text/", links.links_text, name="links_text"),
    path("campaigns/<str:slug>/links/qr/", qr.qr_sheet, name="qr_sheet"),
    path("campaigns/<str:slug>/links.csv", links.links_csv, name="links_csv"),
    path("deals/<int:pk>/", deals.deal_page, name="deal"),
    path("deals/<int:pk>/edit/", deals.edit_deal_page, name="edit_deal"),
    path("deals/<int:pk>/status/", deals.move_deal, name="move_deal"),
    path("deals/<int:pk>/costs/", deals.add_cost_line, name="add_cost"),
    path("deals/<int:pk>/codes/", deals.add_code, name="add_code"),
    path("costs/<int:pk>/reverse/", deals.reverse_cost_line, name="reverse_cost"),
    path("links/<int:pk>/switch/", links.switch_link, name="switch_link"),
    path("links/<int:pk>/qr.svg", qr.link_qr, name="link_qr"),
    path("creators/import/", roster.upload, name="roster_upload"),
    path("creators/import/<int:pk>/columns/", roster.columns, name="roster_columns"),
    path("creators/import/<int:pk>/", roster.check, name="roster_check"),
    path("creators/import/<int:pk>/run/", roster.run, name="roster_run"),
    path("creators/import/<int:pk>/errors.csv", roster.errors, name="roster_errors"),
]
