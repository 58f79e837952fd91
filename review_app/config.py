"""Settings: read once from the environment, checked, and named in docs/acceptance.md."""

import secrets
from email.utils import parseaddr
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32


class Settings(BaseSettings):
    """What an installation can set; every name is the environment variable in capitals."""

    model_config = SettingsConfigDict(extra="ignore")

    data_dir: Path = Field(default=ROOT / "instance")
    database_url: str = ""
    secret_key: str = ""
    base_url: str = ""
    mail_url: str = ""
    mail_from: str = "Critical friend reviews <reviews@localhost>"
    queue_url: str = ""
    backup_dir: str = ""
    backup_keep: int = Field(default=14, ge=1)
    network_name: str = "Critical friend reviews"
    demo: bool = False
    proxy_count: int = 0
    build_dir: Path = Field(default=ROOT / "build")
    session_idle_hours: float = 12
    session_days: float = 14
    link_days: float = 14
    sign_in_link_minutes: float = 30
    form_bytes: int = 2_000_000
    raw_material_days: float = 365
    contact: str = ""
    import_bytes: int = 4_000_000
    files_url: str = ""
    file_bytes: int = 20_000_000
    review_file_bytes: int = 200_000_000
    person_file_bytes: int = 100_000_000
    most_files: int = 20
    testing: bool = False

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'reviews.sqlite'}"

    @property
    def address(self) -> str:
        """The address under which people reach the product, without a slash at the end."""
        return (self.base_url or "http://127.0.0.1:8080").rstrip("/")

    @property
    def contact_address(self) -> str:
        """The address that answers questions on privacy and accessibility: the sender of letters unless one is set."""
        return self.contact or parseaddr(self.mail_from)[1]

    @property
    def is_https(self) -> bool:
        """Whether cookies can be kept to encrypted connections."""
        return self.address.startswith("https://")

    @property
    def mail(self) -> str:
        """Where letters go: smtp://user:password@host:port, or file:///folder."""
        return self.mail_url or f"file://{self.data_dir.resolve() / 'mail'}"

    @property
    def reports_dir(self) -> Path:
        """The folder of printed reports."""
        return self.data_dir / "reports"

    @property
    def backups_dir(self) -> Path:
        """The folder where backups go when nothing else is said."""
        return Path(self.backup_dir) if self.backup_dir else self.data_dir / "backups"

    @property
    def upload_bytes(self) -> int:
        """The largest body an upload form may have: a file twice too large still comes back with a sentence."""
        return self.form_bytes + 2 * self.file_bytes

    @property
    def methods_dir(self) -> Path:
        """The folder where a network adds method files of its own."""
        return self.data_dir / "methods"

    @property
    def brand_dir(self) -> Path:
        """The folder where a network puts its look: brand.toml and its logo."""
        return self.data_dir / "brand"

    def key(self) -> str:
        """Return the secret key; a demo keeps its own in a file, a single command may do with a passing one."""
        return self.lasting_key() or secrets.token_hex(32)

    def lasting_key(self) -> str:
        """Return the secret key that will be the same tomorrow; empty for a command that was given none."""
        kept = self.data_dir / "secret_key"
        if self.secret_key:
            return self.secret_key
        return kept.read_text(encoding="ascii").strip() if kept.exists() else ""

    def refusals(self) -> list[str]:
        """Return why the product must not serve with these settings, in sentences."""
        found = []
        secret = self.key() if self.demo else self.secret_key
        if len(secret) < SHORTEST_SECRET:
            found.append(f"SECRET_KEY is missing or shorter than {SHORTEST_SECRET} characters.")
        if not self.base_url.startswith(("http://", "https://")):
            found.append(
                "BASE_URL is missing: the address under which people reach this site, with http:// or https://."
            )
        return found
