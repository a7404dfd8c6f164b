"""Known weaknesses of the pinned packages, where the network answers: make audit."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_NOT_TRIED = (
    "\n*** NOT AUDITED: {why}. The pinned packages were not looked up. ***\n"
    "*** Run `make audit` again where pypi.org can be reached.           ***\n"
)


def verdict(answer: str, error: str) -> tuple[int, str]:
    """What to end with and say: 1 for weaknesses; 0 for none, or where none answered."""
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError):
        why = (error.strip().splitlines() or ["no answer"])[-1]
        return 0, _NOT_TRIED.format(why=why[:300])
    weak = [
        f"{package['name']} {package['version']}: {found['id']}, put right in "
        f"{', '.join(found['fix_versions']) or 'no version yet'}"
        for package in packages
        for found in package.get("vulns", ())
    ]
    if weak:
        return 1, "\n".join(weak)
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    if skipped:
        return 0, _NOT_TRIED.format(why=f"no answer about {', '.join(skipped)}")
    return 0, f"No known weakness in {len(packages)} pinned packages."


def main() -> int:
    """Ask for what the dashboard runs on, and all that this needs in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wait", type=int, default=180, help="seconds at most")
    wait = parser.parse_args().wait
    files = [ROOT / "requirements.txt", ROOT / "constraints.txt"]
    command = [sys.executable, "-m", "pip_audit", *(f"-r{path}" for path in files)]
    # As pinned, with no virtual environment made to find out what else comes along.
    options = ["--no-deps", "--disable-pip", "-f", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(
            [*command, *options, "--timeout", "5"],
            capture_output=True,
            text=True,
            timeout=wait,
            check=False,
        )
        status, said = verdict(done.stdout, done.stderr)
    except subprocess.TimeoutExpired:
        status, said = 0, _NOT_TRIED.format(why=f"no answer within {wait} seconds")
    print(said, file=sys.stderr if status else sys.stdout)
    return status


if __name__ == "__main__":
    raise SystemExit(main())
