"""What can go wrong at the desk: four families, and one class with one code for each case.

The message inside an exception is English, for the log, and holds no personal data. The sentence
for people stands in ``ui/texts.py`` under the same code; ``docs/errors.md`` explains each one. A
field given by keyword (``where="quầy 1"``) may be named in that sentence.

    DeskError
    ├── Refused      a rule says no; nothing was changed
    ├── Unavailable  a device or the network does not answer now; the work can be repeated
    ├── Conflict     the portal disagrees about one dossier; a person decides
    └── Damaged      local data cannot be trusted; stop and call support

Each area has a file, and everything is imported from here: the stars below hand on every class, so
that a new one is written in one place.
"""

from counter.errors.cards import *  # noqa: F403
from counter.errors.dossiers import *  # noqa: F403
from counter.errors.families import *  # noqa: F403
from counter.errors.hall import *  # noqa: F403
from counter.errors.money import *  # noqa: F403
from counter.errors.paper import *  # noqa: F403
from counter.errors.people import *  # noqa: F403
from counter.errors.portal import *  # noqa: F403
from counter.errors.settings import *  # noqa: F403
from counter.errors.store import *  # noqa: F403
from counter.errors.typed import *  # noqa: F403
