from django.urls import path, re_path

from creators.views import alerts, assessments, benchmarks, creators, edit, numbers, providers, reports

app_name = "creators"
urlpatterns = [
    path("creators/", creators.creator_list, name="list"),
    re_path(r"^creators/export\.(?P<form>csv|xlsx)$", creators.export, name="export"),
    path("creators/stage/", creators.set_stage, name="set_stage"),
    path("creators/add/", edit.add, name="add"),
    path("creators/<int:pk>/edit/", edit.edit, name="edit"),
    path("creators/benchmarks/", benchmarks.benchmarks, name="benchmarks"),
    path("creators/<int:pk>/numbers/", numbers.numbers, name="numbers"),
    path("creators/<int:pk>/numbers/posts/", numbers.posts, name="numbers_posts"),
    path("creators/<int:pk>/numbers/snapshots/", numbers.snapshots, name="numbers_snapshots"),
    path("creators/<int:pk>/numbers/posts.csv", numbers.posts_csv, name="posts_csv"),
    path("creators/<int:pk>/numbers/snapshots.csv", numbers.snapshots_csv, name="snapshots_csv"),
    path("creators/<int:pk>/numbers/cause/", numbers.add_cause, name="add_cause"),
    path("creators/posts/<int:pk>/campaign/", numbers.mark_campaign, name="mark_campaign"),
    path("creators/<int:pk>/numbers/reported/", reports.reported, name="reported"),
    path("creators/<int:pk>/numbers/report/", reports.report, name="report"),
    path("creators/reports/<int:pk>/screenshot/", reports.screenshot, name="screenshot"),
    path("creators/reports/import/", reports.reports_import, name="reports_import"),
    path("creators/reports/import/<int:pk>/", reports.reports_preview, name="reports_preview"),
    path("settings/providers/", providers.providers, name="providers"),
    path("settings/providers/add/", providers.provider_add, name="provider_add"),
    path("settings/providers/<int:pk>/", providers.provider, name="provider"),
    path("settings/providers/<int:pk>/test/", providers.provider_test, name="provider_test"),
    path("settings/providers/<int:pk>/remove/", providers.provider_remove, name="provider_remove"),
    path("settings/providers/answers/<int:pk>/", providers.payload, name="payload"),
    path("creators/signals/", assessments.signal_list, name="signals"),
    path("creators/signals.csv", assessments.signals_csv, name="signals_csv"),
    path("creators/signals/<int:pk>/", assessments.signal, name="signal"),
    path("creators/signals/<int:pk>/review/", assessments.review_signal, name="review"),
    path("creators/signals/<int:pk>/cause/", assessments.add_cause, name="signal_cause"),
    path("creators/alerts/", alerts.alert_list, name="alerts"),
    path("creators/alerts/done/", alerts.set_done, name="alerts_done"),
]
