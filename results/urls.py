from django.urls import URLPattern, path

from results.views import receipts, redirect, reports

app_name = "results"
urlpatterns: list[URLPattern] = [
    # reports
    path("measure/", reports.measure, name="measure"),
    path("campaigns/<str:slug>/report/", reports.campaign, name="campaign"),
    path("campaigns/<str:slug>/report.csv", reports.campaign_csv, name="campaign_csv"),
    path("campaigns/<str:slug>/report.json", reports.campaign_json, name="campaign_json"),
    path("campaigns/<str:slug>/report/orders/", receipts.credited, name="credited"),
    path("campaigns/<str:slug>/report/costs/<int:deal>/", receipts.costs, name="costs"),
    # clicks
    path("r/<str:slug>", redirect.redirect, name="redirect"),
]
