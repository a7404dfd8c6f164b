"""Who may do what: permissions, roles, and the viewer that every query takes."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """Something that a person may do."""

    VIEW_OVERVIEW = "view_overview"
    VIEW_DEMAND = "view_demand"
    VIEW_REACH = "view_reach"
    VIEW_TIMELINESS = "view_timeliness"
    VIEW_AGENCIES = "view_agencies"
    VIEW_OUTCOMES = "view_outcomes"
    VIEW_ENGAGEMENTS = "view_engagements"
    VIEW_OWN_WORK = "view_own_work"
    VIEW_PARTNERS = "view_partners"
    VIEW_ABOUT = "view_about"
    VIEW_PUBLISHED = "view_published"
    VIEW_MATCHING = "view_matching"
    UPLOAD = "upload"
    MANAGE_PEOPLE = "manage_people"
    VIEW_TRAIL = "view_trail"
    BACK_UP = "back_up"
    REDACT = "redact"


@dataclass(frozen=True)
class Role:
    """A role: its name, a sentence that describes it, and its permissions."""

    name: str
    sentence: str
    permissions: frozenset[Permission]


_CHANGES = frozenset({Permission.UPLOAD, Permission.REDACT})
# A page about one's own engagements is for those who have some.
_DELIVERS = frozenset({Permission.VIEW_OWN_WORK})
_ADMINISTERS = frozenset(
    {Permission.MANAGE_PEOPLE, Permission.VIEW_TRAIL, Permission.BACK_UP}
)

ROLES = {
    role.name: role
    for role in (
        Role(
            "leadership",
            "Views all dashboards and the records behind the numbers. Can't change data.",
            frozenset(Permission) - _CHANGES - _ADMINISTERS - _DELIVERS,
        ),
        Role(
            "staff",
            "Views all dashboards, uploads files, and corrects records.",
            frozenset(Permission) - _ADMINISTERS - _DELIVERS,
        ),
        Role(
            "partner",
            "Views the engagements that the partner leads or supports, and their outcomes.",
            frozenset(
                {
                    Permission.VIEW_OWN_WORK,
                    Permission.VIEW_OUTCOMES,
                    Permission.VIEW_ENGAGEMENTS,
                    Permission.VIEW_PUBLISHED,
                    Permission.VIEW_ABOUT,
                }
            ),
        ),
        Role(
            "administrator",
            "Has all staff permissions. Also manages access, the audit log, and backups.",
            frozenset(Permission) - _DELIVERS,
        ),
    )
}


@dataclass(frozen=True)
class Viewer:
    """The person who is looking. Only the partner role has a partner_id."""

    role: str
    partner_id: str | None = None

    def may(self, permission: Permission) -> bool:
        """Whether this viewer's role has the permission. An unknown role has none."""
        role = ROLES.get(self.role)
        return role is not None and permission in role.permissions

    def params(self) -> dict[str, dict[str, str | None]]:
        """The parameter that every query takes: one struct of role and partner."""
        return {"viewer": {"role": self.role, "partner_id": self.partner_id}}


STAFF = Viewer("staff")


def viewer_named(text: str) -> Viewer:
    """The viewer for a role's name, or for 'partner:ID'.

    Raises ValueError for anything else; the message lists what is allowed.
    """
    role, _, partner_id = text.partition(":")
    if role == "partner" and partner_id:
        return Viewer("partner", partner_id)
    if role in ROLES and role != "partner" and not partner_id:
        return Viewer(role)
    others = ", ".join(role for role in ROLES if role != "partner")
    raise ValueError(f"'{text}' is not a viewer. Use {others}, or partner:ID.")
