"""The API keeps to its own description, whatever it is asked (schemathesis, over HTTP)."""

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection

from reports.api.v1 import api
from tests.conftest import Site
from tests.reports.api.conftest import Program

schema = schemathesis.openapi.from_dict(api.get_openapi_schema())


@schema.parametrize()
@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_answer_is_as_described(
    case: schemathesis.Case, site: Site, program: Program
) -> None:
    slug = case.path_parameters.get("slug")
    if slug is not None and len(str(slug)) % 2:
        case.path_parameters["slug"] = program.token.organisation.slug
    case.call_and_validate(
        base_url=site.url,
        headers={"Authorization": f"Bearer {program.secret}"},
        # A parameter that we do not know is passed over, as on the pages.
        excluded_checks=[negative_data_rejection],
    )
