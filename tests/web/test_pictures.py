"""Pictures: what a key tells of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.web.pictures import picture_file, picture_view

if TYPE_CHECKING:
    from flask import Flask


def test_a_key_tells_every_width_and_format(app: Flask) -> None:
    with app.test_request_context("/en/"):
        view = picture_view("photos/ab/cdef~1080~213", alt="Tea")
        small = picture_file("photos/ab/cdef~360~213")

    assert view is not None
    assert [one.type for one in view.sources] == ["image/avif", "image/webp"]
    base = "/media/photos/ab/cdef~1080~213"
    assert (
        view.sources[0].srcset
        == f"{base}-360.avif 360w, {base}-640.avif 640w, {base}-1080.avif 1080w"
    )
    assert view.src == f"{base}-640.jpg"
    assert view.largest == f"{base}-1080.webp"
    assert view.tone == "213"
    assert small == "/media/photos/ab/cdef~360~213-360.jpg"


def test_a_key_of_nothing_shows_nothing(app: Flask) -> None:
    with app.test_request_context("/en/"):
        for key in (None, "", "scene/nothing", "photos/ab/cd", "photos/../../etc~360~000"):
            assert picture_view(key) is None


def test_a_picture_just_received_shows_its_one_file(app: Flask) -> None:
    with app.test_request_context("/en/"):
        view = picture_view("fresh/ab/cdef~1200~213", alt="Tea")
        small = picture_view("fresh/ab/cdef~400~213")

    assert view is not None
    assert small is not None
    assert (view.sources, view.is_fresh, view.tone) == ((), True, "213")
    assert view.src == "/media/fresh/ab/cdef~1200~213-640.jpg"
    assert view.largest == "/media/fresh/ab/cdef~1200~213-1200.jpg"
    assert small.src == small.largest == "/media/fresh/ab/cdef~400~213-400.jpg"
