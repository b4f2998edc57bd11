"""What people tell us about themselves: their name and email address."""

from civtech.people.sign_in.fields import email_field, person_name
from civtech.web.forms import Form
from civtech.web.translation import lazy_gettext as _l


class AddressForm(Form):
    """A new email address for your own account."""

    email = email_field(
        label=_l("New email address"),
        hint=_l("We’ll email one link to this address and another to your current address."),
    )


class NameForm(Form):
    name = person_name()
