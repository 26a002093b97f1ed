"""The WSGI application that the web server runs."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
_django = get_wsgi_application()

from config.shortcut import with_short_links  # noqa: E402 - models can be imported only once Django is set up

# A thread that waits for Python's lock asks for it after so many seconds. By default (0.005) a visitor behind the
# other threads of a worker waits for up to three times as long, however short each answer is.
sys.setswitchinterval(0.0005)

application = with_short_links(_django)
