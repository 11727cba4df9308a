"""Kept files: whole or not at all, checked when read, no way out of the folder."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertise.store.blobs import Blobs, KeptFileError


def test_a_file_comes_back(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "files")
    kept = blobs.put_stream([b"ab", b"", b"c"], 3)
    assert kept.size == 3 and blobs.get(kept.sha256) == b"abc"
    assert blobs.put(b"abc") == kept
    assert list(blobs.names()) == [kept.sha256]


def test_one_byte_too_many_leaves_nothing(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "files")
    with pytest.raises(KeptFileError) as caught:
        blobs.put_stream([b"abc", b"d"], 3)
    assert caught.value.code == "expertise.file_too_large"
    assert [path for path in blobs.folder.rglob("*") if path.is_file()] == []


def test_a_broken_upload_leaves_nothing(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"abc"
        raise ConnectionError

    blobs = Blobs(tmp_path / "files")
    with pytest.raises(ConnectionError):
        blobs.put_stream(pieces(), 100)
    assert [path for path in blobs.folder.rglob("*") if path.is_file()] == []


def test_damage_and_loss_are_told(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "files")
    kept = blobs.put(b"abc")
    blobs.path(kept.sha256).write_bytes(b"abd")
    with pytest.raises(KeptFileError) as caught:
        blobs.get(kept.sha256)
    assert caught.value.code == "expertise.file_damaged"
    blobs.path(kept.sha256).unlink()
    with pytest.raises(KeptFileError) as caught:
        blobs.get(kept.sha256)
    assert caught.value.code == "expertise.file_missing"


@given(st.text(max_size=70))
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    blobs = Blobs(Path("/nowhere"))
    if len(name) == 64 and not set(name) - set("0123456789abcdef"):
        assert blobs.path(name).is_relative_to("/nowhere")
    else:
        with pytest.raises(ValueError):
            blobs.path(name)


def test_what_a_killed_upload_left_is_swept(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "files")
    kept = blobs.put(b"abc")
    (blobs.folder / ".coming-x").write_bytes(b"half")
    assert blobs.sweep(time.time() - 3600) == 0
    assert blobs.sweep(time.time() + 1) == 1
    assert list(blobs.names()) == [kept.sha256]


def test_what_arrived_and_was_not_settled_is_gone(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "files")
    there = blobs.put(b"there")
    with blobs.arriving() as coming:
        one, two, same = (coming.put_stream([content], 10) for content in (b"one", b"two", b"there"))
        assert one.size == 3 and list(blobs.names()) == [there.sha256]
        blobs.settle(one)
        blobs.settle(one)
    assert set(blobs.names()) == {there.sha256, one.sha256} and same == there
    assert blobs.get(one.sha256) == b"one" and not blobs.path(two.sha256).exists()
    assert not list(blobs.folder.glob(".coming-*"))
    with pytest.raises(OSError):
        blobs.settle(two)  # nothing may be named that is not there
