"""The pages for applicants hang on this one blueprint."""

from flask import Blueprint

pages = Blueprint("public", __name__)
