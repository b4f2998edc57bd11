"""B4: amounts of SBRI include VAT; the register and the front page said that they exclude it."""

import pytest
from flask.testing import FlaskClient

from tests.support.messages import wording
from tests.world import Age
from tests.world.kept import Worlds

pytestmark = [
    pytest.mark.usefixtures("now"),
    pytest.mark.xfail(strict=True, reason="Waits for the issue that says one basis of VAT everywhere."),
]


@pytest.mark.parametrize("address", ["/", "/register/{slug}"])
def test_pages_say_that_the_amounts_of_the_stages_include_vat(
    worlds: Worlds, client: FlaskClient, address: str
) -> None:
    world = worlds(Age.PREPARED, pathway="sbri")
    challenge = world.published()
    page = client.get(address.format(slug=challenge.slug)).text
    assert "£50,000" in page or "£200,000" in page
    assert wording("including VAT") in page


def test_the_register_does_not_say_that_amounts_including_vat_exclude_it(worlds: Worlds, client: FlaskClient) -> None:
    world = worlds(Age.PREPARED, pathway="sbri")
    page = client.get(f"/register/{world.published().slug}").text
    path = page.split('class="path-frame"')[1].split("</section>")[0].split("<h2")[0]
    assert wording("Amounts exclude VAT.") not in path
