"""The door for the web server: `flask --app wsgi …`, or any WSGI server with `wsgi:app`."""

from caseapp.app import create_app

app = create_app()
