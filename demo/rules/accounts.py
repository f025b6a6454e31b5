"""The people of the sample organisation, named by what they do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """One sample person: role, and the unit whose subtree it covers (none: everything)."""

    address: str
    name: str
    role: str
    unit: str = ""

    @property
    def email(self) -> str:
        return f"{self.address}@merrowfield.example"


ACCOUNTS = (
    Account("manager", "Manager of Ward 7", "manager", "Ward 7 – care of older people"),
    Account("manager-9", "Manager of Ward 9", "manager", "Ward 9 – stroke rehabilitation"),
    Account("manager-surgery", "Manager of Surgery", "manager", "Surgery"),
    Account("lead", "Improvement lead", "lead"),
    Account("reviewer", "Senior reviewer", "reviewer"),
    Account("editor", "Question bank editor", "editor"),
    Account("administrator", "Administrator", "administrator"),
)
