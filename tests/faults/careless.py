"""The control of the power cut: the same application, told not to wait until the disk has written anything down."""

from sqlalchemy import event

from review_app.config import Settings
from review_app.extensions.database import db
from review_app.factory import create_app


def _hurry(connection, _record):
    connection.execute("PRAGMA synchronous=OFF")


app = create_app(Settings())
with app.app_context():
    event.listen(db.engine, "connect", _hurry)
