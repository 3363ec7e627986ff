"""The sample branch in a store of either kind, and its HR."""

import pytest

from bot.wiring import Parts
from tests.appraisal.office import Office, filled


@pytest.fixture
def office(joined: Parts) -> Office:
    return Office(filled(joined))
