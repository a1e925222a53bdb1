"""A member of staff at a browser without JavaScript: opens pages, fills in their forms, reads what is said."""

from contextvars import Context

from bs4 import BeautifulSoup

from caseapp import clock
from caseapp.services.demonstration import PASSWORD


class StaffDesk:
    """One signed-in person at a moment; `page` is the last page seen, `status` its status.

    Every request runs in a context of its own, as on a server: nothing of the test's session leaks into the page.
    """

    def __init__(self, app, sign_in_name, *, at):
        self.client, self.at = app.test_client(), at
        self.open("/staff/sign-in")
        self.send(sign_in_name=sign_in_name, password=PASSWORD)

    def open(self, path):
        self.path = path
        self._read(self._ask(self.client.get, path))
        return self.page

    def send(self, *, to=None, without=(), **typed):
        """Send the page's form with these answers; follow where it leads."""
        fields = {name: value for name, value in self.typed().items() if name not in without} | typed
        answer = self._ask(self.client.post, to or self.path, data=fields)
        if answer.status_code == 302:
            self.path = answer.headers["Location"]
            answer = self._ask(self.client.get, self.path)
        self._read(answer)
        return self.page

    def _ask(self, method, path, **options):
        def asked():
            with clock.stopped_at(self.at):
                return method(path, **options)

        return Context().run(asked)

    def typed(self):
        """Return what the form of the page holds."""
        fields = {}
        for one in self.page.select("main form[method=post] :is(input, textarea, select)[name]"):
            if one.name == "select":
                fields[one["name"]] = (one.select_one("option[selected]") or one.select_one("option"))["value"]
            elif one.name == "textarea":
                fields[one["name"]] = one.text.removeprefix("\r\n").removeprefix("\n")
            elif one.get("type") not in ("radio", "checkbox") or one.has_attr("checked"):
                fields[one["name"]] = one.get("value", "")
        return fields

    def _read(self, answer):
        self.status = answer.status_code
        self.page = BeautifulSoup(answer.data, "html.parser")

    @property
    def said(self):
        return [words.get_text(strip=True) for words in self.page.select(".flashes p")]

    @property
    def errors(self):
        return [words.get_text(strip=True) for words in self.page.select(".error-summary li")]

    def error_at(self, name):
        """Return the words at the field, which must be tied to it, and to which the summary must lead."""
        field = self.page.select_one(f"main [name={name}]")
        group = field.find_parent("fieldset") or field
        assert group["aria-invalid"] == "true"
        targets = [link["href"].removeprefix("#") for link in self.page.select(".error-summary a")]
        assert field["id"] in targets
        if group is not field:  # of a group, the words stand inside it
            return "".join(words.get_text(strip=True).removeprefix("错误：") for words in group.select(".error"))
        ids = [id for id in group["aria-describedby"].split() if "-error-" in id]
        return "".join(self.page.find(id=id).get_text(strip=True).removeprefix("错误：") for id in ids)
