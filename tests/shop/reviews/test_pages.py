"""Reading and writing reviews and questions in the browser."""

from __future__ import annotations

import io
import json
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from app.foundation import outbox
from app.foundation.actors import SYSTEM, Role, Scope
from app.foundation.clock import now
from app.foundation.database import db
from app.foundation.outbox import deliver_due
from app.foundation.storage import storage
from app.foundation.work import unit_of_work
from app.shop.orders.models import OrderGroup
from app.shop.reviews.models import Question, Review
from app.shop.reviews.services.questions import answer_question
from app.shop.reviews.services.reviews import refuse_review
from app.shop.reviews.states import QuestionState, ReviewState
from app.shop.reviews.views import voices
from tests.shop.reviews.making import (
    GOOD,
    asked,
    bought,
    deliver,
    path_of,
    product_of,
    received,
    reviewed,
    said,
    write,
)
from tests.support import make
from tests.support.buying import on_sale, placed
from tests.support.make import NOW
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from app.shop.reviews.queries.public import Purchase
    from tests.support.browser import Browser

WORDS = {"rating": "4", "title": "Thơm", "text": GOOD, "language": "vi", "shown_as": "province"}


def form_of(one: Purchase) -> str:
    """The address of the form, as the order's page links it."""
    return (
        f"/en/orders/{one.group.number}/review/{one.line.product_public_id}"
        f"?token={one.group.access_token}"
    )


def photo(name: str = "chè.jpg", data: bytes | None = None) -> tuple[io.BytesIO, str]:
    """A picture as a browser sends it."""
    if data is None:
        out = io.BytesIO()
        Image.new("RGB", (500, 400), (200, 30, 30)).save(out, "JPEG")
        data = out.getvalue()
    return io.BytesIO(data), name


def letters(instance: Path, to: str) -> list[Any]:
    """Deliver what is due; give the letters to somebody."""
    deliver_due(clock=now)
    found = [
        message_from_bytes(path.read_bytes(), policy=default)
        for path in sorted((instance / "mail").glob("*.eml"))
    ]
    return [one for one in found if one["To"] == to]


def text_of(letter: Any) -> str:
    """The words of a letter."""
    return str(letter.get_body(("plain",)).get_content())


def only_review() -> Review:
    """The one review there is, as the database has it now."""
    db.session.rollback()
    return db.session.query(Review).one()


def test_a_guest_follows_the_link_of_the_order_and_reviews(browser: Browser) -> None:
    order = placed({on_sale(): 1})
    number, token, order_number = order.group.number, order.group.access_token, order.number
    before = browser.get("orders.show", number=number, token=token)
    deliver(order_number)
    shown = browser.get("orders.show", number=number, token=token)
    link = next(one for one in shown.all("a") if "/review/" in (one.get("href") or ""))

    page = browser.open(link.get("href") or "")
    done = browser.follow(browser.send(link.get("href") or "", WORDS | {"token": token}))
    product = only_review().product
    seen = browser.open(f"/en/products/{path_of(product)}")

    assert not [one for one in before.all("a") if "/review/" in (one.get("href") or "")]
    assert "Verified purchase" in page
    assert page.response.headers["Cache-Control"] == "no-store"
    assert "Your review is published" in done
    assert seen.texts(data_testid="review")[0].startswith("★★★★☆A buyer in Hà Nội")
    assert [one.get("lang") for one in seen.all("p", class_="voice__text")] == ["vi"]
    assert "4.0 out of 5 1 review by a verified buyer" in seen


def test_what_was_typed_stays_when_something_is_wrong(browser: Browser) -> None:
    one = received()

    page = browser.send(form_of(one), WORDS | {"rating": "", "text": "zu kurz"}, status=422)

    assert "Choose from 1 to 5." in page
    assert "At least 10 characters, please." in page
    assert page.form_values(enctype="multipart/form-data")["title"] == "Thơm"
    assert page.form_values(enctype="multipart/form-data")["text"] == "zu kurz"
    assert page.form_values(enctype="multipart/form-data")["token"] == one.group.access_token
    assert db.session.query(Review).count() == 0


def test_photos_are_drawn_anew_shown_and_taken_away(browser: Browser) -> None:
    one = received()
    product_id = one.product_id

    browser.send(form_of(one), WORDS | {"photos": [photo()]})
    fresh = only_review().photo_keys[0]
    at_once = browser.open(f"/en/products/{path_of(only_review().product)}/reviews")
    deliver_due(clock=now)
    key = only_review().photo_keys[0]
    page = browser.open(f"/en/products/{path_of(only_review().product)}/reviews")
    db.session.remove()
    browser.send(form_of(received_again(product_id)), WORDS | {"drop": "0"})

    assert [one for one in at_once.all("img") if fresh in (one.get("src") or "")]
    assert storage().exists(f"{key}-360.avif")
    assert [image.get("alt") for image in page.all("img") if key in (image.get("src") or "")] == [
        "Photo 1 by A buyer in Hà Nội"
    ]
    assert only_review().photo_keys == []


def received_again(product_id: int) -> Purchase:
    """The purchase of the only review there is."""
    review = db.session.query(Review).filter_by(product_id=product_id).one()
    group = db.session.query(OrderGroup).one()
    assert review.order_line_id == group.orders[0].lines[0].id
    return bought(group.orders[0].number)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("virus.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This file is not a picture"),
        ("leer.jpg", b"", "This picture is broken: it is empty"),
        ("page.png", b"<html><script>alert(1)</script>", "This file is not a picture"),
        ("large.jpg", b"\xff\xd8\xff" + bytes(9_000_000), "at most 8 MB"),
    ],
)
def test_what_is_no_photo_is_named_with_why_and_nothing_is_kept(
    browser: Browser, name: str, data: bytes, why: str
) -> None:
    files = [photo(name, data)]

    page = browser.send(form_of(received()), WORDS | {"photos": files}, status=422)

    assert f"“{name}”: " in page
    assert why in page
    assert "Please choose your photos again" in page
    assert db.session.query(Review).count() == 0


def test_five_photos_are_refused_before_any_is_drawn(browser: Browser) -> None:
    page = browser.send(
        form_of(received()), WORDS | {"photos": [photo() for _ in range(5)]}, status=422
    )

    assert "At most 4 photos, please." in page


def test_another_ones_order_does_not_exist(browser: Browser) -> None:
    one = received()
    path = form_of(one).partition("?")[0]

    browser.open(path, status=404)
    browser.open(f"{path}?token={'x' * 32}", status=404)
    browser.send(path, WORDS, status=404)
    browser.send(f"{path}/withdraw", {"token": "x" * 32}, status=404)
    browser.sign_in(make.user())
    db.session.commit()
    browser.open(path, status=404)


def test_whoever_sells_it_is_told_why_not(browser: Browser) -> None:
    one = received()
    browser.sign_in(make.user(Role.PRODUCER_STAFF, Scope.producer(one.order.producer_id)))
    db.session.commit()

    page = browser.send(form_of(one), WORDS, status=403)

    assert "Whoever works for a producer cannot review its goods." in page
    assert db.session.query(Review).count() == 0


def test_a_buyer_finds_their_reviews_in_the_account(browser: Browser) -> None:
    user = make.user()
    db.session.commit()
    user_id = user.id
    said_of = received(user_id=user_id)
    write(said_of)
    received(user_id=user_id)
    browser.sign_in(db.session.get_one(type(user), user_id))

    profile = browser.get("accounts.profile")
    page = browser.get("own_reviews.own")
    link = page.one(data_testid="own-review").findall(".//{*}a")[-1].get("href") or ""
    browser.open(link)
    browser.send(f"{link}/withdraw")

    assert "See your reviews" in profile
    assert len(page.all(data_testid="to-review")) == 1
    assert "Published" in page.texts(data_testid="own-review")[0]
    assert only_review().state is ReviewState.WITHDRAWN


def test_the_seventh_review_within_a_minute_is_too_many(browser: Browser) -> None:
    path = form_of(received())
    for _ in range(6):
        browser.send(path, {"rating": "9"}, status=422)

    page = browser.send(path, WORDS, status=429)

    assert "Retry-After" in page.response.headers


def test_a_visitor_counts_once(browser: Browser) -> None:
    public_id = reviewed().public_id

    browser.post("reviews.helpful", public_id=public_id)
    browser.post("reviews.helpful", public_id=public_id)
    browser.post("reviews.report", public_id=public_id)
    browser.post("reviews.report", public_id=public_id)

    row = only_review()
    assert (row.helpful, row.reports) == (1, 1)


def test_a_review_that_nobody_may_read_cannot_be_marked(browser: Browser) -> None:
    hidden = reviewed(text="Xem www.vi-du.example để biết thêm").public_id

    browser.post("reviews.helpful", public_id=hidden, status=404)
    browser.post("reviews.report", public_id=hidden, status=404)
    browser.post("reviews.report_question", public_id=asked().public_id, status=404)


def test_reviews_are_read_by_pages_and_in_two_orders(browser: Browser) -> None:
    variant_id = on_sale(stock=100)
    for at in range(12):
        one = write(received(variant_id, email=f"b{at}@example.test"), said(text=f"{at}. {GOOD}"))
    with unit_of_work():
        db.session.query(Review).filter(Review.text.startswith("3. ")).one().helpful = 7
    path = f"/en/products/{path_of(product_of(variant_id))}/reviews"

    first, second = browser.open(path), browser.open(f"{path}?page=2")
    useful = browser.open(f"{path}?sort=useful")
    browser.open(f"{path}?page=3", status=404)
    browser.open(f"{path}?sort=rude")

    assert one.id
    assert [len(page.all(data_testid="review")) for page in (first, second)] == [10, 2]
    assert "3. " in useful.texts(data_testid="review")[0]


def test_an_old_address_leads_to_the_new_one(browser: Browser) -> None:
    review = reviewed()
    public_id, path = review.product.public_id, path_of(review.product)

    page = browser.open(f"/en/products/x-{public_id}/reviews", status=301)

    assert page.location == f"/en/products/{path}/reviews"


def test_a_guest_asks_proves_the_address_and_is_answered(browser: Browser, instance: Path) -> None:
    product = product_of(on_sale())
    path = path_of(product)

    told = browser.follow(
        browser.send(
            f"/en/products/{path}/questions",
            {"text": "How warm should the water be?", "language": "en", "email": "ann@example.com"},
        )
    )
    letter = letters(instance, "ann@example.com")[0].get_body(("plain",)).get_content()
    link = next(line for line in letter.splitlines() if "/questions/" in line)
    asks = browser.open(link.removeprefix("http://localhost"))
    browser.follow(browser.send(link.removeprefix("http://localhost")))
    db.session.rollback()
    question = db.session.query(Question).one()
    state, question_id = question.state, question.id
    hidden = browser.open(f"/en/products/{path}")
    with unit_of_work():
        found = db.session.get_one(Question, question_id)
        answer_question(found, "About 85 °C.", language="en", actor=SYSTEM, now=NOW)
    shown = browser.open(f"/en/products/{path}")
    again = browser.open(link.removeprefix("http://localhost"), status=303)

    assert "follow the link in the letter" in told
    assert asks.response.headers["Cache-Control"] == "no-store"
    assert asks.response.headers["Referrer-Policy"] == "same-origin"
    assert len(asks.all("meta", name="robots")) == 1
    assert state is QuestionState.OPEN
    assert hidden.all(data_testid="question") == []
    assert "About 85 °C." in shown.texts(data_testid="question")[0]
    assert again.location == f"/en/products/{path}"
    assert any("About 85 °C." in text_of(one) for one in letters(instance, "ann@example.com"))


def test_a_question_without_words_or_address_comes_back(browser: Browser) -> None:
    path = path_of(product_of(on_sale()))

    page = browser.send(
        f"/en/products/{path}/questions",
        {"text": "Eh?", "email": "nobody", "language": "en"},
        status=422,
    )

    assert "At least 10 characters, please." in page
    assert "This is not an e-mail address." in page
    assert page.form_values(action=f"/en/products/{path}/questions")["text"] == "Eh?"


def test_one_address_asks_six_times_a_day(browser: Browser) -> None:
    path = f"/en/products/{path_of(product_of(on_sale()))}/questions"
    form = {"text": "How warm should it be?", "language": "en", "email": "ann@example.com"}

    answers = [
        browser.client.post(path, data=form | {"csrf_token": token(browser)}).status_code
        for _ in range(4)
    ]

    assert answers == [303, 303, 303, 429]


def test_members_do_not_share_the_questions_of_a_day(browser: Browser) -> None:
    path = f"/en/products/{path_of(product_of(on_sale()))}/questions"
    lan, hoa = make.user(email="lan@example.test"), make.user(email="hoa@example.test")
    db.session.commit()
    form = {"text": "How warm should it be?", "language": "en"}

    def ask(at: int) -> int:
        """Ask from a network of its own."""
        data = form | {"csrf_token": token(browser)}
        with browser.app.app_context():
            answer = browser.client.post(
                path, data=data, environ_base={"REMOTE_ADDR": f"192.0.2.{at}"}
            )
        return int(answer.status_code)

    browser.sign_in(lan)
    of_lan = [ask(at) for at in range(1, 8)]
    browser.sign_in(hoa)
    of_hoa = ask(8)

    assert of_lan == [303] * 6 + [429]
    assert of_hoa == 303


def token(browser: Browser) -> str:
    """A token of some form."""
    if not browser.token:
        browser.get("security.forgot_password")
    return browser.token


def test_a_product_of_nobody_cannot_be_asked_about(browser: Browser) -> None:
    product = make.registered()
    db.session.commit()
    path = path_of(product)

    page = browser.open(f"/en/products/{path}")
    browser.send(
        f"/en/products/{path}/questions",
        {"text": "Who makes this, please?", "language": "en", "email": "ann@example.com"},
        status=404,
    )

    assert page.all(data_testid="ask") == []


def test_the_buyer_of_a_refused_review_is_told_why(browser: Browser, instance: Path) -> None:
    review = reviewed()

    with unit_of_work():
        refuse_review(
            db.session.get_one(Review, review.id), reason="Không về hàng", actor=SYSTEM, now=NOW
        )
    letter = letters(instance, "lan@example.test")[-1]

    assert letter["Subject"].startswith("Your review of")
    text = letter.get_body(("plain",)).get_content()
    assert "Không về hàng" in text
    link = next(line for line in text.splitlines() if "/review/" in line)
    browser.open(link.removeprefix("http://localhost"))


def test_search_engines_read_reviews_that_are_real(browser: Browser) -> None:
    real, made_up = reviewed(4), reviewed(5)
    with unit_of_work():
        db.session.get_one(Review, made_up.id).is_illustrative = True

    page = browser.open(f"/vi/products/{path_of(real.product)}")
    other = browser.open(f"/vi/products/{path_of(made_up.product)}")

    (script,) = page.texts("script", type="application/ld+json")
    found = next(one for one in json.loads(script) if one["@type"] == "Product")
    assert [one["reviewRating"]["ratingValue"] for one in found["review"]] == [4]
    assert found["aggregateRating"]["reviewCount"] == 1
    assert '"review"' not in other.texts("script", type="application/ld+json")[0]
    assert "Đã mua hàng" in page.texts(data_testid="review")[0]
    assert "Đã mua hàng" not in other.texts(data_testid="review")[0]
    assert "Minh họa" in other.texts(data_testid="review")[0]


def test_markup_in_a_review_is_text(browser: Browser) -> None:
    review = reviewed(text="<script>alert(1)</script> rất ngon <b>thật</b>")

    page = browser.open(f"/vi/products/{path_of(review.product)}")

    assert "<script>alert(1)</script> rất ngon" in page.texts(data_testid="review")[0]


def test_voices_cost_three_statements_once_and_none_while_nothing_changes(app: Flask) -> None:
    review = reviewed()
    product_id = review.product_id
    asked(product=review.product)

    with app.test_request_context("/vi/"):
        for wanted in (5, 1):
            db.session.remove()
            with counted_statements() as seen:
                voices(product_id, "vi")
            assert len(seen) <= wanted, seen  # the product and the stamp are the page's own


def test_each_letter_can_be_written_in_both_languages(app: Flask, instance: Path) -> None:
    product = product_of(on_sale(by=make.producer(email="maker@example.test")))
    question, review = asked(product=product), reviewed()
    for language in ("vi", "en"):
        for is_published in (True, False):
            with unit_of_work():
                found = db.session.get_one(Question, question.id)
                found.letter_language = language
                found.token = "abc"  # noqa: S105 - of a link
                found.answer, found.answer_language = "Khoảng 85 độ.", "vi"
                found.reason = "Không về hàng"
                found.state = QuestionState.REFUSED if is_published else QuestionState.UNCONFIRMED
                judged = db.session.get_one(Review, review.id)
                judged.state = ReviewState.PUBLISHED if is_published else ReviewState.REFUSED
                judged.reason = "Không về hàng"
                db.session.query(OrderGroup).one().language = language
                for topic in ("confirm", "question", "answer", "question_refused"):
                    payload = {"question_id": question.id}
                    outbox.enqueue(f"reviews.{topic}_letter", payload, now=NOW)
                outbox.enqueue("reviews.judged_letter", {"review_id": review.id}, now=NOW)
            delivery = deliver_due(clock=now)
            assert delivery.failed == 0

    subjects = {str(one["Subject"]) for one in letters(instance, "lan@example.test")}
    assert len(letters(instance, "maker@example.test")) == 5
    assert len(letters(instance, "hoa@example.test")) == 2 * 4
    assert {one for one in subjects if "Đánh giá của bạn" in one}
    assert {one for one in subjects if "is not published" in one}
