"""The guides for each role, inside the product."""

import re

import pytest
from flask.testing import FlaskClient

from civtech.transparency.guides import FOLDER, GUIDES, INDEX, page_of, slug_of
from tests.support.markup import parsed
from tests.support.messages import wording

PAGES = ["/help", *(f"/help/{name}" for name in GUIDES)]


@pytest.mark.parametrize("path", PAGES)
def test_g_every_guide_is_a_page_for_everyone(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    document = (FOLDER / f"{path.removeprefix('/help').strip('/') or INDEX}.md").read_text()
    title = document.splitlines()[0].removeprefix("# ")
    assert re.findall(r"<h1[^>]*>([^<]*)</h1>", answer.text) == [title]
    for heading in re.findall(r"^##+ (.*)$", document, re.MULTILINE):
        assert f'id="{slug_of(heading)}"' in answer.text
    assert len(re.findall(r"<table", answer.text)) == len(re.findall(r"^\| ?-", document, re.MULTILINE))
    assert parsed(answer.text.removeprefix("<!DOCTYPE html>")) is not None


@pytest.mark.parametrize("name", GUIDES)
def test_g_tables_and_code_scroll_in_a_region_of_their_own(client: FlaskClient, name: str) -> None:
    main = client.get(f"/help/{name}").text.split("<main")[1].split("</main>")[0]
    regions = re.findall(r'<div [^>]*class="scroll"[^>]*>\s*<(table|pre)', main)
    assert regions == re.findall(r"<(table|pre)\b", main)


def test_g_links_between_guides_lead_to_pages_and_places_that_exist(client: FlaskClient) -> None:
    followed = set()
    for path in PAGES:
        main = client.get(path).text.split("<main")[1].split("</main>")[0]
        for target in re.findall(r'<a href="(/help[^"]*|#[^"]*)"', main):
            page, _hash, place = target.partition("#")
            found = client.get(page or path)
            assert found.status_code == 200, (path, target)
            assert not place or f'id="{place}"' in found.text, (path, target)
            followed.add(page)
        assert ".md" not in re.findall(r'href="([^"]*)"', main)
    assert followed >= {f"/help/{name}" for name in GUIDES}


@pytest.mark.parametrize("name", ["nothing", "README", "operators", "..%2FREADME", "%00"])
def test_g_what_is_no_guide_is_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/help/{name}").status_code == 404


def test_g_a_link_to_a_document_that_is_no_guide_is_plain_text() -> None:
    html = page_of(INDEX, "/help").html
    assert "Operators" in html
    assert "operators.md" not in html
    assert "ARCHITECTURE.md" in html
    assert 'href="../ARCHITECTURE.md"' not in html


def test_g_help_is_at_the_foot_of_every_page(client: FlaskClient) -> None:
    foot = client.get("/").text.split("<footer")[1]
    assert re.search(rf'href="/help"[^>]*>{wording("Help")}', foot)
