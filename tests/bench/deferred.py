"""The control of P7: the same application, told that every request only reads, so its transactions begin deferred."""

from review_app.config import Settings
from review_app.factory import create_app
from review_app.web import headers

headers.SAFE = (*headers.SAFE, "POST")
app = create_app(Settings())
