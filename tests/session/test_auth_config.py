"""What secrets.toml says of sign-in, and what it lacks."""

from pathlib import Path

import pytest
import streamlit as st

from cri_ui.session import auth_config

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def secrets(tmp_path):
    """Write a secrets file of its own for Streamlit to read."""
    singleton = auth_config.st.secrets

    def written(text: str) -> auth_config.SignIn | None:
        path = tmp_path / "secrets.toml"
        path.write_text(text)
        st.config.set_option("secrets.files", [str(path)])
        singleton._reset()
        return auth_config.configured()

    before = st.get_option("secrets.files")
    yield written
    st.config.set_option("secrets.files", before)
    singleton._reset()


EXAMPLE = (ROOT / ".streamlit" / "secrets.toml.example").read_text()


def test_without_a_section_there_is_no_sign_in(secrets):
    assert secrets('[other]\nname = "x"\n') is None


def test_a_file_that_is_no_toml_lets_nobody_in(secrets):
    assert secrets("[auth\n").problems == ("secrets.toml cannot be read as TOML.",)


def test_the_example_names_what_is_still_to_be_filled_in(secrets):
    found = secrets(EXAMPLE)
    assert found.providers == ("microsoft", "okta")
    assert "[auth] has no cookie_secret." in found.problems
    assert "[auth.okta] has no client_id." in found.problems
    filled = EXAMPLE.replace('= ""', f'= "{"x" * 40}"')
    assert secrets(filled).problems == ()
    in_the_clear = filled.replace("https://YOUR-ORGANIZATION", "http://YOUR-ORGANIZATION")
    assert secrets(in_the_clear).problems == (
        "[auth.okta] server_metadata_url must begin with https://.",
    )


def test_one_provider_can_stand_without_a_name(secrets):
    found = secrets('[auth]\nredirect_uri = "http://x/"\ncookie_secret = "short"\n')
    assert found.problems == (
        "[auth] redirect_uri must end with /oauth2callback.",
        "[auth] cookie_secret must have at least 32 characters.",
        "[auth] has no client_id.",
        "[auth] has no client_secret.",
        "[auth] has no server_metadata_url.",
    )
