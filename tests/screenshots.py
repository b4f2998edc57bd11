"""`make screenshots`: every page of every role at both widths, into `screenshots/`."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright
from sqlalchemy import select

from civtech.core import clock
from civtech.core.db import db
from civtech.people.models import User
from tests.support.browser import launch_options
from tests.support.demonstration import ROLES, everybody, played
from tests.support.live import serving, sign_in
from tests.support.walk import walk

PLACE = Path("screenshots")
WIDTHS = (1280, 320)


def main() -> None:
    """Take all the screenshots."""
    with TemporaryDirectory() as folder:
        app = played(Path(folder) / "pictures.db", Path(folder), now=clock.now())
        with app.app_context():
            people = {
                role: db.session.execute(
                    select(User.email, User.fs_uniquifier)
                    .where(User.email.like(f"{role}.%@demo.civtech.example"))
                    .order_by(User.id)
                ).first()
                for role in ROLES
            }
            db.session.remove()
        clients = everybody(app)
        with serving(app) as address, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(**launch_options())
            for role in ("visitor", *ROLES):
                who, identity = people.get(role) or ("visitor", None)
                visits = [visit for visit in walk(app, clients[who], each=1) if visit.response.mimetype == "text/html"]
                for width in WIDTHS:
                    context = chromium.new_context(viewport={"width": width, "height": 900}, locale="en-GB")
                    if identity:
                        sign_in(context, app, address, identity)
                    page = context.new_page()
                    for visit in visits:
                        page.goto(f"{address}{visit.url}")
                        name = re.sub(r"\W+", "-", visit.endpoint)
                        picture = PLACE / role / f"{name}-{width}.png"
                        picture.parent.mkdir(parents=True, exist_ok=True)
                        page.screenshot(path=picture, full_page=True)
                    context.close()
            chromium.close()
    print(f"{len(list(PLACE.rglob('*.png')))} pictures in {PLACE}/")


if __name__ == "__main__":
    main()
