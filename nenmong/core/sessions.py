"""Sessions as Django keeps them in the database, read by a statement that is written once.

Every page reads one, and Django takes longer to write the statement than the database to answer it.
"""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

READ = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Django's own, but for how one is read."""

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key or ""
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(READ, [key, now])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None  # so that a new one is begun under a key of ours
            return None
        return Session(session_key=key, session_data=found[0])
