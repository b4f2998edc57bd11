"""What people say of themselves: their name and their e-mail address."""

from flask_babel import lazy_gettext as _l

from civtech.people.sign_in.fields import email_field, person_name
from civtech.web.forms import Form


class AddressForm(Form):
    """Another e-mail address for one's account."""

    email = email_field(
        label=_l("New e-mail address"), hint=_l("We send a link to it, and one to the address you have.")
    )


class NameForm(Form):
    name = person_name()
