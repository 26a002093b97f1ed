"""The WSGI application that the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
_django = get_wsgi_application()

from config.shortcut import with_short_links  # noqa: E402 - models can be imported only once Django is set up

application = with_short_links(_django)
