"""The one file that knows every room: settings in, application out."""

import os
from datetime import timedelta

from flask import Flask
from flask_wtf import CSRFProtect

from supplier_qc import commands, web
from supplier_qc.config import ROOT, Settings, settings_from
from supplier_qc.services.installation import Installation, open_installation


def create_app(installation: Installation | None = None) -> Flask:
    """The application over an installation; without one, over that of the environment."""
    installation = installation or open_installation(settings_from(os.environ))
    app = Flask(
        "supplier_qc",
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    _configure(app, installation.settings)
    CSRFProtect(app)
    web.install(app, installation)
    commands.install(app, installation)
    return app


def serve() -> None:
    """Serve the installation of the environment, scheduler included, until interrupted."""
    from supplier_qc.commands.serving import serve_installation

    installation = open_installation(settings_from(os.environ))
    serve_installation(create_app(installation), installation)


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.upload_megabytes * 2**20,
        PERMANENT_SESSION_LIFETIME=timedelta(minutes=settings.session_minutes),
        SESSION_COOKIE_NAME="supplier_qc",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(hours=1),
        WTF_CSRF_TIME_LIMIT=None,  # the token lives as long as the session
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
