"""Disks that can be filled, frozen and pulled out: an image in a file, mounted where the machine allows it."""

import contextlib
import os
import shutil
import subprocess

import pytest

NEEDED = ("losetup", "mkfs.ext4", "mount", "umount", "chattr")


@contextlib.contextmanager
def disk(folder, *, megabytes=64, options="commit=300"):
    """Mount an empty disk until the block ends; skips the test where that is not allowed.

    The loop device writes past the cache of the machine, so the bytes of the image are what a power cut would leave.
    """
    _need_tools()
    folder.mkdir()
    image = folder / "image"
    with image.open("wb") as file:
        file.truncate(megabytes * 1_000_000)
    _run("mkfs.ext4", "-q", "-F", image)
    with mounted(image, folder / "disk", options):
        yield Disk(image, folder / "disk")


class Disk:
    """A mounted image."""

    def __init__(self, image, path):
        self.image, self.path = image, path

    def settle(self):
        """Write down all that was written so far: what the test itself laid there is not what it asks about."""
        _run("sync", "-f", self.path)

    def cut(self, copy):
        """Copy what a power cut at this moment would leave."""
        _run("cp", "--sparse=always", self.image, copy)

    def fill(self):
        """Leave no room at all."""
        with contextlib.suppress(OSError), (self.path / "ballast").open("wb", buffering=0) as file:
            while True:
                file.write(bytes(100_000))
        with contextlib.suppress(OSError), (self.path / "ballast2").open("wb", buffering=0) as file:
            while True:
                file.write(b"0")

    def empty(self):
        """Make room again."""
        for name in ("ballast", "ballast2"):
            (self.path / name).unlink(missing_ok=True)

    def break_down(self):
        """Let the file system find an error, upon which it takes nothing more: errors=remount-ro."""
        device = _run("findmnt", "-n", "-o", "SOURCE", self.path).strip().rsplit("/", 1)[-1]
        try:
            with open(f"/sys/fs/ext4/{device}/trigger_fs_error", "w") as trigger:  # noqa: PTH123 (no file, a switch)
                trigger.write("1")
        except OSError as trouble:
            pytest.skip(f"a file system cannot be made to fail here: {trouble}")


@contextlib.contextmanager
def mounted(image, path, options="noatime"):
    """Mount an image until the block ends."""
    path.mkdir(exist_ok=True)
    try:
        device = _run("losetup", "--find", "--show", "--direct-io=on", image).strip()
    except subprocess.CalledProcessError as refused:
        pytest.skip(f"no loop device can be made here: {refused.stderr.strip()}")
    try:
        try:
            _run("mount", "-o", options, device, path)
        except subprocess.CalledProcessError as refused:
            pytest.skip(f"nothing can be mounted here: {refused.stderr.strip()}")
        try:
            yield path
        finally:
            _run("umount", "--lazy", path)
    finally:
        _run("losetup", "--detach", device)


@contextlib.contextmanager
def frozen(*files):
    """Let nobody write into files, not even who has them open, until the block ends."""
    _need_tools()
    try:
        _run("chattr", "+i", *files)
    except subprocess.CalledProcessError as refused:
        pytest.skip(f"files cannot be made read-only for everybody here: {refused.stderr.strip()}")
    try:
        yield
    finally:
        _run("chattr", "-i", *files)


def _need_tools():
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing or os.geteuid() != 0:
        pytest.skip(f"a disk of its own needs root and {', '.join(missing or NEEDED)}")


def _run(*command):
    done = subprocess.run([str(one) for one in command], capture_output=True, text=True, check=True)
    return done.stdout
