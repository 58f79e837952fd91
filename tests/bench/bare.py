"""What we are measured against: the plain tools, used as their manuals say."""

import shutil
import subprocess

from weasyprint import HTML

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
PATIENCE = 60


def weasyprint(html, folder):
    """Print a page whose styles and fonts lie in a folder."""
    return HTML(string=html, base_url=f"{folder}/").write_pdf(pdf_variant="pdf/ua-1")


def browser():
    """Return the Chromium of this machine, None without one."""
    return next((found for found in map(shutil.which, BROWSERS) if found), None)


def chromium(page, out):
    """Print a page that lies in a file."""
    out.unlink(missing_ok=True)
    command = [browser(), *FLAGS, f"--print-to-pdf={out}", page.as_uri()]
    subprocess.run(command, check=True, timeout=PATIENCE, capture_output=True)
    if not out.read_bytes().startswith(b"%PDF"):
        raise RuntimeError("Chromium printed nothing")
