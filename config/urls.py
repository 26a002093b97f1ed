"""Every address of Troupe. Who may open which stands in `config/access.py`."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from config.health import healthz

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler403 = "config.refused.not_allowed"
handler500 = "config.refused.broken"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("config.accounts")),
    path("", include("team.urls")),
    path("", include("creators.urls")),
    path("", include("campaigns.urls")),
    path("", include("results.urls")),
    path("", include("briefs.urls")),
    path("", include("desk.urls")),
]
