"""The pages of this audience hang on this one blueprint."""

from flask import Blueprint

pages = Blueprint("casework", __name__, url_prefix="/cases")
