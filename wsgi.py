"""The way in for a WSGI server and for `flask`: a server gets no app without a secret key and an address."""

import os

from review_app.config import Settings
from review_app.factory import create_app
from review_app.services import starting

settings = Settings()
serves = os.environ.get("FLASK_RUN_FROM_CLI") != "true"
if serves and settings.refusals():
    raise SystemExit("\n".join(settings.refusals()))
app = create_app(settings)
if serves:
    with app.app_context():
        refusals = starting.refusals(settings)
    if refusals:
        raise SystemExit("\n".join(refusals))
