"""The grant table, cell by cell: every role, every permission, its own department's case and another's."""

from dataclasses import dataclass
from itertools import product

import pytest

from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import (
    NEEDED_FOR,
    Actor,
    NotPermitted,
    NotVisible,
    Permission,
    Role,
    demand,
    is_granted,
    may_ever,
)

OWN, OTHER, NONE_YET = 7, 8, None
R, P = Role, Permission


@dataclass
class Case:
    department_id: int | None


# (role, permission) → for which case: "all", "own" department, or without a case at all.
EXPECTED = {
    (R.CLERK, P.USE_WORKBENCH): "all",
    (R.OFFICER, P.USE_WORKBENCH): "all",
    (R.HEAD, P.USE_WORKBENCH): "all",
    (R.AUDITOR, P.USE_WORKBENCH): "all",
    (R.CLERK, P.READ_CASE): "all",
    (R.OFFICER, P.READ_CASE): "own",
    (R.HEAD, P.READ_CASE): "all",
    (R.AUDITOR, P.READ_CASE): "all",
    (R.CLERK, P.SEE_IDENTITY): "all",
    (R.OFFICER, P.SEE_IDENTITY): "own",
    (R.CLERK, P.ASSIGN_CASE): "all",
    (R.OFFICER, P.WORK_ON_CASE): "own",
    (R.OFFICER, P.TRANSFER_CASE): "own",
    (R.CLERK, P.TRANSFER_CASE): "all",
    (R.OFFICER, P.RECORD_DISPUTE): "own",
    (R.CLERK, P.RECORD_DISPUTE): "all",
    (R.HEAD, P.RECORD_DISPUTE): "all",
    (R.HEAD, P.READ_REPORTS): "all",
    (R.AUDITOR, P.READ_REPORTS): "all",
    (R.ADMINISTRATOR, P.READ_REPORTS): "all",
    (R.OFFICER, P.PUBLISH_ITEMS): "own",
    (R.AUDITOR, P.CHECK_CASES): "all",
    **{(role, P.READ_HELP): "all" for role in R},
    (R.OFFICER, P.RECORD_DELIVERY): "own",
    (R.CLERK, P.RECORD_DELIVERY): "all",
    (R.OFFICER, P.RECORD_PAPERS): "own",
    (R.CLERK, P.RECORD_PAPERS): "all",
    (R.HEAD, P.DECIDE_EXTENSION): "all",
    (R.HEAD, P.DECIDE_REPLY): "all",
    (R.HEAD, P.DECIDE_FEE): "all",
    (R.HEAD, P.DECIDE_WORDING): "all",
    (R.HEAD, P.SEE_APPROVALS): "all",
    (R.CLERK, P.REGISTER_CASE): "all",
    (R.HEAD, P.DECIDE_RECEIPT_CHANGE): "all",
    (R.ADMINISTRATOR, P.ADMINISTER): "all",
}


def actor(role: Role) -> Actor:
    return Actor(id=1, name="某", roles=frozenset({role}), department_id=OWN)


@pytest.mark.parametrize(("role", "permission", "department"), list(product(Role, Permission, (OWN, OTHER, NONE_YET))))
def test_only_the_listed_grants_hold(role, permission, department):
    reach = EXPECTED.get((role, permission))
    expected = reach == "all" or (reach == "own" and department == OWN)
    assert is_granted(actor(role), permission, Case(department)) is expected


@pytest.mark.parametrize(("role", "permission"), list(product(Role, Permission)))
def test_a_route_opens_to_roles_that_could_be_granted_it(role, permission):
    assert may_ever(actor(role), permission) is ((role, permission) in EXPECTED)


def test_another_departments_case_does_not_exist_for_an_officer():
    with pytest.raises(NotVisible):
        demand(actor(Role.OFFICER), Permission.WORK_ON_CASE, Case(OTHER))


def test_a_readable_case_may_still_refuse_the_act():
    with pytest.raises(NotPermitted):
        demand(actor(Role.AUDITOR), Permission.WORK_ON_CASE, Case(OWN))


def test_an_officer_without_a_department_has_no_unassigned_cases_either():
    drifting = Actor(id=1, name="某", roles=frozenset({Role.OFFICER}), department_id=None)
    assert not is_granted(drifting, Permission.READ_CASE, Case(None))


def test_every_act_asks_for_a_permission():
    assert set(NEEDED_FOR) == set(Action)


def test_permission_codes_are_unique():
    assert len({permission.value for permission in Permission}) == len(Permission)
