from django.urls import path

from desk.views import today

app_name = "desk"
urlpatterns = [path("", today, name="today")]
