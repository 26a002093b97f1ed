from django.urls import URLPattern, path

from results.views import clicks, fair_rate, imports, orders, rates, receipts, redirect, reports, storefront

app_name = "results"
urlpatterns: list[URLPattern] = [
    # orders
    path("orders/", orders.orders, name="orders"),
    path("orders/orders.csv", orders.orders_export, name="orders_export"),
    path("orders/<int:pk>/", orders.order, name="order"),
    path("orders/import/", imports.import_orders, name="import"),
    path("orders/import/<int:pk>/", imports.import_preview, name="import_preview"),
    path("orders/import/<int:pk>/problems.csv", imports.import_problems, name="import_problems"),
    path("orders/rates/", rates.rates, name="rates"),
    path("orders/rates/<int:pk>/remove/", rates.remove, name="remove_rate"),
    # reports
    path("measure/", reports.measure, name="measure"),
    path("campaigns/<str:slug>/report/", reports.campaign, name="campaign"),
    path("campaigns/<str:slug>/report.csv", reports.campaign_csv, name="campaign_csv"),
    path("campaigns/<str:slug>/report.json", reports.campaign_json, name="campaign_json"),
    path("campaigns/<str:slug>/report/orders/", receipts.credited, name="credited"),
    path("campaigns/<str:slug>/report/costs/", reports.campaign_costs, name="campaign_costs"),
    path("campaigns/<str:slug>/report/costs/<int:deal>/", receipts.costs, name="costs"),
    # fair rates
    path("creators/<int:pk>/fair-rate/", fair_rate.fair_rate, name="fair_rate"),
    path("campaigns/<str:slug>/fair-rates/", fair_rate.fair_rates_of_pick, name="fair_rates_of_pick"),
    path("creators/<int:pk>/fair-rates/", fair_rate.fair_rates_panel, name="fair_rates"),
    # clicks
    path("r/<str:slug>", redirect.redirect, name="redirect"),
    path("clicks/", clicks.clicks, name="clicks"),
    path("store/snippet.js", storefront.snippet, name="snippet"),
    path("settings/storefront/", storefront.storefront, name="storefront"),
]
