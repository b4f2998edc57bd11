"""Whom to ask stands where people look for it."""

import pytest
from flask.testing import FlaskClient

from tests.support.messages import wording

CONTACT = "help@civtech.example"


@pytest.mark.parametrize("path", ["/accessibility", "/privacy"])
def test_the_pages_about_rights_say_whom_to_write_to(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    main = page[page.index("<main") : page.index("</main>")]
    assert f'<a class="govuk-link" href="mailto:{CONTACT}">{wording("Email %(address)s", address=CONTACT)}</a>' in main


@pytest.mark.parametrize("path", ["/", "/challenges", "/sign-in"])
def test_every_page_ends_with_where_to_get_help(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert f'href="mailto:{CONTACT}">Help' in page[page.index('<footer class="footer">') :]
