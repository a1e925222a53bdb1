"""The pages of this audience hang on this one blueprint."""

from flask import Blueprint

pages = Blueprint("admin", __name__, url_prefix="/admin")
