"""The way in for a WSGI server and for `flask`: a server gets no app without a secret key and an address."""

import os

from review_app import create_app
from review_app.config import Settings

settings = Settings()
if os.environ.get("FLASK_RUN_FROM_CLI") != "true" and settings.refusals():
    raise SystemExit("\n".join(settings.refusals()))
app = create_app(settings)
