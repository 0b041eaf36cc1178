"""The benchmark of sending reaches every cell."""

import pytest

from benchmarks.report import verdict
from benchmarks.sending import MOST_S, sent
from nenmong.core import ids
from nenmong.directives.models import Delivery


@pytest.mark.django_db
def test_a_document_comes_before_every_cell():
    ids.ensure_lease()
    found = sent(cells=7)
    assert (found["cells"], found["at_most_s"]) == (7, MOST_S)
    assert verdict(found["wall_s"], found["at_most_s"]) == "ok"
    assert Delivery.objects.count() == 7
