from django.urls import path

from team.views import jobs

app_name = "team"
urlpatterns = [
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
]
