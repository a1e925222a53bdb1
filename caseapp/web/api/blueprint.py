"""The address under which programs find what is here."""

from flask import Blueprint

pages = Blueprint("api", __name__, url_prefix="/api/v1")
