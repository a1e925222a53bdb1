"""Settings: what a production start refuses, naming the setting; what a development start keeps."""

import pytest

from caseapp.app import create_app
from caseapp.config import UnsafeSetting, read_settings

GOOD = {
    "CASEAPP_ENV": "production",
    "SECRET_KEY": "ahgohk4ohl1ieHeiphah3aiquohk2ieg",
    "CASEAPP_DATA_KEY": "00112233445566778899aabbccddeeff" * 2,
}


def production(tmp_path, **changes):
    return {
        name: value for name, value in {**GOOD, "CASEAPP_DATA": str(tmp_path), **changes}.items() if value is not None
    }


def test_a_production_start_with_real_keys_is_accepted(tmp_path):
    settings = read_settings(production(tmp_path))
    assert settings.production
    assert create_app(settings).config["SESSION_COOKIE_SECURE"] is True


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY"),
        ({"SECRET_KEY": "changeme"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 64}, "SECRET_KEY"),
        ({"CASEAPP_DATA_KEY": None}, "CASEAPP_DATA_KEY"),
        ({"CASEAPP_DATA_KEY": "0" * 64}, "CASEAPP_DATA_KEY"),
        ({"CASEAPP_DATA_KEY": "no hex at all"}, "CASEAPP_DATA_KEY"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
        ({"CASEAPP_DEMONSTRATION": "1"}, "CASEAPP_DEMONSTRATION"),
    ],
)
def test_a_production_start_refuses_and_names_the_setting(tmp_path, changes, named):
    with pytest.raises(UnsafeSetting, match=named):
        read_settings(production(tmp_path, **changes))


def test_a_production_start_refuses_a_database_with_demonstration_accounts(app):
    settings = app.extensions["caseapp"].settings
    changed = read_settings(production(settings.data_folder, DATABASE_URL=settings.database_url))
    with pytest.raises(UnsafeSetting, match="CASEAPP_DEMONSTRATION"):
        create_app(changed)


def test_a_development_start_makes_its_keys_once_and_keeps_them(tmp_path):
    first = read_settings({"CASEAPP_DATA": str(tmp_path)})
    second = read_settings({"CASEAPP_DATA": str(tmp_path)})
    assert first.secret_key == second.secret_key
    assert first.data_key == second.data_key
    assert len(first.data_key) == 32
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
