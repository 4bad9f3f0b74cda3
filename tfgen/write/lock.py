"""One run at a time: a lock on output folders, held while modules are compared with them and written.

It is a lock of the system's on the file `.tfgen.lock` in the folder, and so ends with its process, however
that ends. The run that holds it removes the file. Where a run finds a file that nobody holds, another one was
killed, and what that one left is removed first.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tfgen.write.compare import OPEN_FLAGS
from tfgen.write.replace import make_folders, sweep

LOCK = ".tfgen.lock"
#: Seconds that a run waits for another one.
PATIENCE = 60.0
_PAUSE = 0.05  # seconds
_ATTEMPTS = 10  # at a file that others make and remove meanwhile
# The folder is read-only, full or a file: what is to be written there will fail, with a better reason.
_NO_FILE = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.ENOTDIR}

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: int) -> None:
        # Not `flock`: that one goes over to the processes of `-j`, and is none on NFS.
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Busy(Exception):  # noqa: N818 - nothing is wrong
    """Another run is at work in `folder`, and has been for longer than one waits."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder


@contextmanager
def locked(outputs: Iterable[Path], waiting: Callable[[Path], object]) -> Iterator[None]:
    """Hold the locks of output folders, which are made for it, and removed if nothing came into them.

    `waiting` is told of a folder that has to be waited for. Raises `Busy` where that takes too long. Where
    there are no locks, as in a folder that cannot be written and on some network file systems, runs go on
    without.
    """
    by_place = {os.path.realpath(output): output for output in outputs}
    with ExitStack() as locks:
        for _, output in sorted(by_place.items()):  # in one order, so that no two runs wait for each other
            lock = _Lock(output)
            locks.callback(lock.release)
            lock.take(waiting)
        yield


class _Lock:
    """The lock of a folder. It can be released in every state, for a run can be interrupted in all."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.path = output / LOCK
        self.made: list[Path] = []
        self.file: int | None = None
        self.is_held = False
        self.has_locks = True
        self.is_clean = False  # nothing is left of a killed run, so the file that tells of one can go

    def take(self, waiting: Callable[[Path], object]) -> None:
        """Wait for it, and hold it, if there can be one."""
        until, is_told = time.monotonic() + PATIENCE, False
        while (is_new := self._open()) is not None:
            self._try()
            if self.is_held and self._is_in_place():
                if self.has_locks and not is_new:
                    sweep(self.output, of_killed=True)
                self.is_clean = True
                return
            if not self.is_held and time.monotonic() > until:
                raise Busy(self.output)
            if not self.is_held and not is_told:
                waiting(self.output)
                is_told = True
            self._close()
            time.sleep(_PAUSE)

    def release(self) -> None:
        """Let go of it, and remove what was made for it."""
        try:
            self._release()
        except BaseException:  # a run that is interrupted just here has to do it all the same
            self._release()
            raise

    def _release(self) -> None:
        if self.is_clean:
            self._try()  # if it was made, and not even taken
        is_done = self.is_held and self.is_clean and self._is_in_place()
        if sys.platform == "win32":  # where no open file can be removed
            self._close()
        if is_done:
            with suppress(OSError):
                self.path.unlink()
        self._close()
        for folder in reversed(self.made):
            with suppress(OSError):  # there is something in it
                folder.rmdir()

    def _open(self) -> bool | None:
        """Open the file: whether it was not there; None where there can be none."""
        for flags in (os.O_CREAT | os.O_EXCL, 0) * _ATTEMPTS:
            try:
                make_folders(self.output, self.made)
                self.file = os.open(self.path, os.O_RDWR | OPEN_FLAGS | flags, 0o666)
            except (FileExistsError, FileNotFoundError):  # it is there, or gone meanwhile
                continue
            except OSError as error:
                if error.errno in _NO_FILE:
                    return None
                raise
            self.is_clean = bool(flags)
            return self.is_clean
        return None

    def _try(self) -> None:
        """Take the lock if nobody holds it. On a file system that has no locks, nobody does."""
        if self.is_held or self.file is None:
            return
        try:
            _lock(self.file)
        except (BlockingIOError, PermissionError):
            return
        except OSError:
            self.has_locks = False
        self.is_held = True

    def _is_in_place(self) -> bool:
        """Whether the open file is still the one that others find. Who held its lock removed it."""
        assert self.file is not None
        with suppress(FileNotFoundError):
            return os.path.samestat(os.fstat(self.file), os.lstat(self.path))
        return False

    def _close(self) -> None:
        file, self.file, self.is_held = self.file, None, False
        if file is not None:
            os.close(file)
