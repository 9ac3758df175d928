"""Syncs files on a thread of its own, so that whoever writes never waits for the disk.

Group commit: while one sync runs, what is written gathers; the next begins as soon as the last has ended.
"""

import os
import threading
from contextlib import suppress

from warc.openfile import fsync


class Syncer:
    """``request`` and ``wait`` are called by the one thread that writes.

    A mark counts captures: once ``synced`` has reached it, those up to it are on disk. A failed sync is final:
    ``failure`` says why, and ``synced`` stays where it was.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._wanted: tuple[int, int] | None = None  # descriptor, mark
        self._ends = False
        self._thread: threading.Thread | None = None
        self.synced = 0
        self.failure: OSError | None = None

    def request(self, descriptor: int, mark: int) -> None:
        """Sync the file and then reach the mark. The descriptor becomes the syncer's own, to be closed."""
        with self._changed:
            if self._wanted is not None:
                os.close(self._wanted[0])
            self._wanted = (descriptor, mark)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="warc-sync", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def reached(self, mark: int) -> None:
        """Note that the caller has synced up to the mark itself."""
        with self._changed:
            if self._wanted is not None and self._wanted[1] <= mark:
                os.close(self._wanted[0])
                self._wanted = None
            self.synced = max(self.synced, mark)

    def wait(self, mark: int) -> None:
        """Until the mark is reached. Raises the OSError that prevents it."""
        with self._changed:
            self._changed.wait_for(lambda: self.synced >= mark or self.failure is not None)
            if self.synced < mark and self.failure is not None:
                raise self.failure

    def close(self) -> None:
        """End the thread after the sync under way; what waits is not synced."""
        with self._changed:
            self._ends = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._wanted is not None:
            os.close(self._wanted[0])
            self._wanted = None

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted is not None or self._ends)
                if self._ends or self._wanted is None:
                    return
                (descriptor, mark), self._wanted = self._wanted, None
            error = _sync(descriptor)
            with self._changed:
                if error is None:
                    self.synced = max(self.synced, mark)
                else:
                    self.failure = error
                    self._ends = True
                self._changed.notify_all()


def _sync(descriptor: int) -> OSError | None:
    try:
        fsync(descriptor)
    except OSError as error:
        return error
    finally:
        with suppress(OSError):
            os.close(descriptor)
    return None
