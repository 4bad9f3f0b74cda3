"""SOURCES OUTPUT: parse each spec with libyaml, and write the files that were rendered of it before."""

import sys
from pathlib import Path

import yaml

sources, output = map(Path, sys.argv[1:])
for spec in sorted((sources / "specs").iterdir()):
    yaml.load(spec.read_bytes(), yaml.CSafeLoader)
    module = sources / "modules" / spec.stem
    for file in module.rglob("*"):
        target = output / file.relative_to(sources / "modules")
        if file.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
