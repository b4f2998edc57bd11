"""What a web server loads."""

from civtech import create_app

app = create_app()
