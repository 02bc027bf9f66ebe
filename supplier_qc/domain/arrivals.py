"""The ways a certificate comes in."""

from enum import StrEnum


class Arrival(StrEnum):
    UPLOAD = "upload"  # a person sent the file from a page
    FOLDER = "folder"  # found in the watched folder
    API = "api"  # sent by another program with a token


def sender_words(arrival: Arrival, person: str | None, token: str | None) -> str:
    """Who sent a certificate, for people to read."""
    if arrival is Arrival.API:
        return f"another program ({token or 'unknown token'})"
    if arrival is Arrival.FOLDER:
        return "the watched folder"
    return person or "an unknown person"
