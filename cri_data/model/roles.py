"""Who may do what: permissions, roles and the viewer that every query takes."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """One thing that a person may do."""

    VIEW_OVERVIEW = "view_overview"
    VIEW_DEMAND = "view_demand"
    VIEW_OUTCOMES = "view_outcomes"
    VIEW_ENGAGEMENTS = "view_engagements"
    VIEW_ABOUT = "view_about"
    VIEW_PUBLISHED = "view_published"
    UPLOAD = "upload"
    MANAGE_PEOPLE = "manage_people"
    VIEW_TRAIL = "view_trail"
    BACK_UP = "back_up"
    REDACT = "redact"


@dataclass(frozen=True)
class Role:
    """A name, a sentence for people, and what its holders may do."""

    name: str
    sentence: str
    permissions: frozenset[Permission]


_CHANGES = frozenset({Permission.UPLOAD, Permission.REDACT})
_ADMINISTERS = frozenset(
    {Permission.MANAGE_PEOPLE, Permission.VIEW_TRAIL, Permission.BACK_UP}
)

ROLES = {
    role.name: role
    for role in (
        Role(
            "leadership",
            "Sees every dashboard and the rows behind every number; changes nothing.",
            frozenset(Permission) - _CHANGES - _ADMINISTERS,
        ),
        Role(
            "staff",
            "Sees every dashboard, uploads files and undoes uploads.",
            frozenset(Permission) - _ADMINISTERS,
        ),
        Role(
            "partner",
            "Sees the engagements that it leads or supports, and their outcomes.",
            frozenset(
                {
                    Permission.VIEW_OUTCOMES,
                    Permission.VIEW_ENGAGEMENTS,
                    Permission.VIEW_PUBLISHED,
                    Permission.VIEW_ABOUT,
                }
            ),
        ),
        Role(
            "administrator",
            "Does what staff does; says who may sign in, reads the trail, keeps backups.",
            frozenset(Permission),
        ),
    )
}


@dataclass(frozen=True)
class Viewer:
    """Who is looking. A partner is bound to one partner_id; others to none."""

    role: str
    partner_id: str | None = None

    def may(self, permission: Permission) -> bool:
        """Whether this viewer's role holds the permission; no role holds none."""
        role = ROLES.get(self.role)
        return role is not None and permission in role.permissions

    def params(self) -> dict[str, dict[str, str | None]]:
        """The parameter that every query takes: one struct of role and partner."""
        return {"viewer": {"role": self.role, "partner_id": self.partner_id}}


STAFF = Viewer("staff")


def viewer_named(text: str) -> Viewer:
    """The viewer that the name of a role, or 'partner:ID', names.

    Raises ValueError, with what may be given, for anything else.
    """
    role, _, partner_id = text.partition(":")
    if role == "partner" and partner_id:
        return Viewer("partner", partner_id)
    if role in ROLES and role != "partner" and not partner_id:
        return Viewer(role)
    others = ", ".join(role for role in ROLES if role != "partner")
    raise ValueError(f"'{text}' is no viewer: give {others} or partner:ID.")
