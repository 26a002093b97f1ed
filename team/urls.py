from django.urls import path

from team.views import brands, jobs, people, settings, setup, you

app_name = "team"
urlpatterns = [
    path("setup/<str:token>/", setup.setup, name="setup"),
    path("login/<str:token>/", setup.login_link, name="login_link"),
    path("invitation/<str:token>/", setup.invitation, name="invitation"),
    path("settings/", settings.settings, name="settings"),
    path("settings/you/", you.you, name="you"),
    path("settings/brands/", brands.brands, name="brands"),
    path("settings/brands/new/", brands.brand_new, name="brand_new"),
    path("settings/brands/<int:pk>/", brands.brand, name="brand"),
    path("settings/people/", people.people, name="people"),
    path("settings/people/<int:pk>/role/", people.person_role, name="person_role"),
    path("settings/people/<int:pk>/remove/", people.person_remove, name="person_remove"),
    path("settings/people/invitations/<int:pk>/revoke/", people.invitation_revoke, name="invitation_revoke"),
    path("brand/", brands.switch, name="switch"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
]
