"""TEMPLATE OUTPUT COUNT: that many functions from a template of cookiecutter's."""

import sys

from cookiecutter.main import cookiecutter  # type: ignore[import-not-found]

template, output, count = sys.argv[1:]
for number in range(int(count)):
    values = {"name": f"invoices{number}"}
    cookiecutter(template, no_input=True, extra_context=values, output_dir=output, default_config=True)
