"""The job that takes certificates from the watched folder, where one is set."""

from datetime import datetime

from supplier_qc.services.installation import Installation
from supplier_qc.services.watched_folder import FolderWatch

_WATCH = FolderWatch()
"""What lay there at the last look of this process; a new process looks twice before it takes."""


def take_from_watched_folder(installation: Installation, now: datetime) -> str | None:
    """Take what lies still since the last look; says what was done, or None for nothing."""
    path = installation.settings.watched_folder
    if path is None:
        return None
    looked = _WATCH.look(installation, path, now)
    if not looked.taken and not looked.refused:
        return None
    left = f"; left lying: {' '.join(looked.left)}" if looked.left else ""
    return f"{looked.taken} taken, {looked.refused} refused{left}"
