"""What the packages that we name need in turn, pinned too: make pins."""

import re
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
NAMED = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt")
NEEDED = ROOT / "constraints.txt"
_HEAD = "# What the packages of requirements.txt need in turn. Written by `make pins`.\n"
_PIN = re.compile(r"^([\w.\-]+)==([\w.]+)", re.MULTILINE)


def plain_name(name: str) -> str:
    """A package's name as the index knows it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(path: Path) -> dict[str, str]:
    """Versions by plain name, as a file of requirements pins them."""
    return {plain_name(name): at for name, at in _PIN.findall(path.read_text("utf-8"))}


def named() -> dict[str, str]:
    """What we ask for ourselves."""
    return {name: at for path in NAMED for name, at in pins(path).items()}


def needed() -> dict[str, str]:
    """What these need in turn, as it is installed here."""
    ours = named()
    found: dict[str, str] = {}
    waiting = [Requirement(name) for name in ours]
    while waiting:
        asked = waiting.pop()
        name = plain_name(asked.name)
        if name in found and not asked.extras:
            continue
        installed = distribution(name)
        found[name] = installed.version
        for line in installed.requires or ():
            requirement = Requirement(line)
            extras = asked.extras or {""}
            if requirement.marker is None or any(
                requirement.marker.evaluate({"extra": extra}) for extra in extras
            ):
                waiting.append(requirement)
    # pip is Python's own, whichever that is.
    return {name: found[name] for name in sorted(set(found) - set(ours) - {"pip"})}


if __name__ == "__main__":
    lines = [f"{name}=={at}\n" for name, at in needed().items()]
    NEEDED.write_text(_HEAD + "".join(lines), encoding="utf-8")
