"""Serve an existing installation: `python run.py`. Commands: `flask --app run --help`."""

from supplier_qc.app import create_app, serve

__all__ = ["create_app"]

if __name__ == "__main__":
    serve()
