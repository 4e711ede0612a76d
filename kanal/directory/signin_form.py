"""The sign-in form in the words of our pages."""

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Alamat surel")
        self.fields["password"].label = _("Kata sandi")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
