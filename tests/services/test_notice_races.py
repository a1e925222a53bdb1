"""Two workers at once: every message is taken by one of them, none by both."""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from caseapp.db import db, transaction
from caseapp.models import Notice
from caseapp.services import jobs
from tests.makers import moment
from tests.services.test_replies import DAY


class Carrier:
    def __init__(self):
        self.taken, self.lock = [], Lock()

    def deliver(self, *, phone, words, at):
        with self.lock:
            self.taken.append(words)


def test_four_workers_send_twenty_messages_once_each(app, maker):
    for _ in range(20):
        maker.issued(maker.case(), on=DAY)
    db.session.rollback()
    carrier = Carrier()

    def work():
        with app.app_context():
            try:
                return jobs.run(carrier, transaction=transaction, now=lambda: moment(DAY, 18))
            finally:
                db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(lambda _: work(), range(4)))

    assert sum(sent) == len(carrier.taken) == len(set(carrier.taken)) == 20
    assert {row.state.value for row in db.session.query(Notice)} == {"sent"}
