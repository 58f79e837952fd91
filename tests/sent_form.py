"""What a browser would send of the form on a page: the form of class app-form, every field as it stands."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    """Gathers names and values between the tags of the form."""

    def __init__(self):
        super().__init__()
        self.inside, self.fields, self.area, self.select = False, {}, None, None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form" and "app-form" in (given.get("class") or ""):
            self.inside = True
        if self.inside:
            self._take(tag, given)

    def _take(self, tag, given):
        if tag == "textarea":
            self.area = given["name"]
            self.fields[self.area] = ""
        elif tag == "select":
            self.select = given["name"]
            self.fields[self.select] = ""
        elif tag == "option" and "selected" in given:
            self.fields[self.select] = given.get("value", "")
        elif tag == "input" and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            self.fields[given["name"]] = given.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.inside and self.area:
            self.fields[self.area] += data.removeprefix("\n") if not self.fields[self.area] else data


def sent(page):
    """Return the fields of the form by name."""
    reader = _Form()
    reader.feed(page)
    return reader.fields
