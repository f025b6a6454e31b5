"""The people of the sample organisation, named by what they do."""

from dataclasses import dataclass

from organisations.models import Role


@dataclass(frozen=True)
class Account:
    """One sample person: role, and the unit whose subtree it covers (none: everything)."""

    address: str
    name: str
    role: Role
    unit: str = ""

    @property
    def email(self) -> str:
        return f"{self.address}@merrowfield.example"


ACCOUNTS = (
    Account("manager", "Manager of Ward 7", Role.MANAGER, "Ward 7 – care of older people"),
    Account("manager-9", "Manager of Ward 9", Role.MANAGER, "Ward 9 – stroke rehabilitation"),
    Account("manager-surgery", "Manager of Surgery", Role.MANAGER, "Surgery"),
    Account("lead", "Improvement lead", Role.LEAD),
    Account("reviewer", "Senior reviewer", Role.REVIEWER),
    Account("editor", "Question bank editor", Role.EDITOR),
    Account("administrator", "Administrator", Role.ADMINISTRATOR),
)
