"""The application: settings in, a wired Flask app out."""

from flask import Flask
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from review_app import cli, tasks, web
from review_app.config import ROOT, Settings
from review_app.extensions import branding, database, logs, storage
from review_app.web import limits

csrf = CSRFProtect()
migrate = Migrate()


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application. It does not serve by itself: `flask serve` refuses without key and address."""
    settings = settings or Settings()
    app = Flask(
        "review_app",
        static_folder=str(settings.build_dir / "static"),
        template_folder=str(ROOT / "templates"),
        instance_path=str(settings.data_dir.resolve()),
    )
    app.config.from_mapping(_configuration(settings))
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    logs.bind(app)
    database.bind(app)
    storage.bind(app, settings)
    branding.bind(app, settings)
    migrate.init_app(app, database.db, directory=str(ROOT / "migrations"), render_as_batch=True)
    limits.bind(app)
    csrf.init_app(app)
    web.bind(app, settings)
    tasks.bind(app, settings)
    cli.bind(app)
    app.extensions["make_app"] = create_app
    if settings.proxy_count:
        hops = settings.proxy_count
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _configuration(settings: Settings) -> dict[str, object]:
    host = settings.address.split("://", 1)[1].split("/")[0].rsplit(":", 1)[0]
    prefix = "__Host-" if settings.is_https else ""
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.key(),
        "TESTING": settings.testing,
        "SQLALCHEMY_DATABASE_URI": settings.database,
        # What goes wrong in a statement may be logged; what somebody wrote into it may not.
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},
        "TRUSTED_HOSTS": [host, "127.0.0.1", "localhost"] if settings.demo or settings.testing else [host],
        "MAX_CONTENT_LENGTH": settings.form_bytes,
        "MAX_FORM_MEMORY_SIZE": settings.form_bytes,
        "MAX_FORM_PARTS": 600,
        "SESSION_COOKIE_NAME": f"{prefix}session",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "en_GB",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "review_app" / "translations"),
    }
