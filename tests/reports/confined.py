"""Run by a test in its own interpreter: print under an audit hook, and tell what was opened and what was asked for.

Arguments: the project's folder, a file with pages as JSON, and perhaps a folder for the papers. Prints JSON.
"""

import json
import sys
import tempfile
from pathlib import Path
from types import ModuleType

ROOT = Path(sys.argv[1])
bare = ModuleType("review_app")
bare.__path__ = [str(ROOT / "review_app")]
sys.modules["review_app"] = bare
sys.path.insert(0, str(ROOT))

from review_app.reports.materials import Materials  # noqa: E402
from review_app.reports.printing import pdf, room  # noqa: E402

pages = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
materials = Materials.of(ROOT)
assets = pdf.Assets.read(materials)
room._warm(materials, assets)

opened, asked = [], []
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "urllib.Request", "ftplib.", "http.")


def listen(event, details):
    if event == "open" and isinstance(details[0], (str, bytes)):
        opened.append(str(details[0]))
    elif event.startswith(FORBIDDEN) and not str(details).startswith("('data:image/svg+xml,"):
        asked.append(f"{event} {details}")


sys.addaudithook(listen)
answers = {}
for name, page in pages["snapshots"].items():
    told, *paper = room.printed(page.encode(), materials, assets)
    answers[name] = json.loads(told)
    if paper and len(sys.argv) > 3:
        Path(sys.argv[3], f"{name}.pdf").write_bytes(paper[0])
for name, html in pages["pages"].items():
    try:
        answers[name] = {"pages": pdf.render(html, assets, identifier="0").pages}
    except pdf.Refused as refused:
        answers[name] = {"refused": refused.addresses}
    except (RecursionError, ZeroDivisionError, MemoryError) as trouble:
        answers[name] = {"trouble": type(trouble).__name__}

print(
    json.dumps(
        {
            "answers": answers,
            "opened": sorted(set(opened)),
            "asked": asked,
            "scratch": tempfile.gettempdir(),
            "prefixes": [sys.prefix, sys.base_prefix],
            "loaded": sorted({name.split(".")[0] for name in sys.modules}),
        }
    )
)
