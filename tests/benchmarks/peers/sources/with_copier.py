"""TEMPLATE OUTPUT COUNT: that many functions from a template of copier's."""

import sys

from copier import run_copy  # type: ignore[import-not-found]

template, output, count = sys.argv[1:]
for number in range(int(count)):
    run_copy(template, output, data={"name": f"invoices{number}"}, defaults=True, quiet=True)
