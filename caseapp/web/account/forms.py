"""The form of the staff door."""

from wtforms import HiddenField, PasswordField

from caseapp.web.kit.forms import BaseForm, LineField, Required


class SignInForm(BaseForm):
    sign_in_name = LineField(
        "账号", validators=[Required("请填写账号。")], render_kw={"autocomplete": "username", "autocapitalize": "none"}
    )
    password = PasswordField(
        "密码", validators=[Required("请填写密码。")], render_kw={"autocomplete": "current-password"}
    )
    next = HiddenField()
    kept = HiddenField()  # what was being submitted when the session had ended, sealed


class ResumeForm(BaseForm):
    """A form that only carries the token."""
