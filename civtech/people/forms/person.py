"""What people say of themselves: their name and their e-mail address."""

from flask_babel import lazy_gettext as _l

from civtech.people.sign_in.fields import email_field, person_name
from civtech.web.forms import Form


class AddressForm(Form):
    """Another e-mail address for one's account."""

    email = email_field(
        label=_l("New email address"),
        hint=_l("We’ll email one link to this address and another to your current address."),
    )


class NameForm(Form):
    name = person_name()
