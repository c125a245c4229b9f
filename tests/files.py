"""What end-to-end and interop tests both do to files."""
import contextlib


@contextlib.contextmanager
def changed(path, new):
    """The file with other bytes, for a while."""
    before = path.read_bytes()
    path.write_bytes(new)
    try:
        yield
    finally:
        path.write_bytes(before)
