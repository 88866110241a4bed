"""The portal and what it says of a dossier."""

from __future__ import annotations

from counter.errors.families import Conflict, Refused, Unavailable


class PortalSilent(Unavailable):
    """The portal cannot be reached or answers nothing that can be used."""

    code = "portal.silent"


class PortalRefusedDesk(Refused):
    """The portal does not let this desk in."""

    code = "portal.refused_desk"


class PortalRefusedMessage(Refused):
    """The portal calls a message wrong; its dossier waits for an officer."""

    code = "portal.refused_message"


class PortalConflict(Conflict):
    """The portal holds another version of the dossier."""

    code = "portal.conflict"


class ClientTooOld(Refused):
    """The portal wants a newer version of this program."""

    code = "portal.client_too_old"
