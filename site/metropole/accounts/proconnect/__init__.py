"""Sign-in through ProConnect, the State's identity for professionals, where the settings hold its credentials.

A person is known by the identifier that ProConnect gives (``sub``), never by an e-mail address alone.
"""
