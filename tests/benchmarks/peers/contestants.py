"""Who takes part: tfgen, the floor, and each peer by its recipe."""

from __future__ import annotations

from tests.benchmarks.peers.recipes import cdktn, chalice, cookiecutter, copier, floor, sam, tfgen

TFGEN = tfgen.PEER
PEERS = (
    TFGEN,
    floor.IMPORTS,
    floor.FILES,
    cookiecutter.PEER,
    copier.PEER,
    chalice.PEER,
    sam.PEER,
    cdktn.PREBUILT,
    cdktn.BY_SERVICE,
)
