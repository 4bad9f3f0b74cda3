"""SOURCES OUTPUT: translate each template into CloudFormation. No policy is named, so none is looked up."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

from samtranslator.translator.transform import transform  # type: ignore[import-not-found]
from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-not-found]

sources, output = map(Path, sys.argv[1:])
output.mkdir(exist_ok=True)
for template in sorted(sources.iterdir()):
    translated = transform(yaml_parse(template.read_text()), {}, SimpleNamespace(load=dict))
    (output / f"{template.stem}.json").write_text(json.dumps(translated, indent=2))
