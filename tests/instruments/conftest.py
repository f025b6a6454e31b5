"""An editor and a draft of theirs."""

import pytest

from instruments.actions.draft import copy_to_draft
from instruments.models import Version
from organisations.models import Organisation, User
from tests.factories import OrganisationFactory, UserFactory, published_ffit
from tests.instruments import kept


@pytest.fixture(autouse=True)
def loaded_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about loading and publishing: nothing is put back for them."""
    monkeypatch.setattr(kept, "_KEPT", {})


@pytest.fixture
def ours(db: None) -> Organisation:
    organisation: Organisation = OrganisationFactory.create()
    return organisation


@pytest.fixture
def editor(db: None) -> User:
    user: User = UserFactory.create(name="Edith Editor")
    return user


@pytest.fixture
def draft(ours: Organisation, editor: User) -> Version:
    return copy_to_draft(version=published_ffit(), organisation=ours, by=editor)
