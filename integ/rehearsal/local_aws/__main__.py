"""`python -m local_aws`: the local AWS, configured by ministack's environment variables (GATEWAY_PORT, AUTH, USE_SSL, …)."""
from . import (
    authorization,
    cloudformation,
    code_pipeline,
    codecommit,
    control,
    custom_resources,
    deletion_order,
    dependents,
    deployer,
    groups,
    interfaces,
    makers,
    native,
    network_firewall,
    organization,
    organizations_api,
    parameter_patterns,
    principals,
    roles,
    sagemaker,
    scaling,
    seed_code,
    service_catalog,
    service_sessions,
    stack_operations,
    stack_sets,
    stored_parameters,
)
from .emulator import app


def main() -> None:
    groups.install()
    sagemaker.install()
    scaling.install()
    seed_code.install()
    service_catalog.install()
    authorization.install()
    interfaces.install()
    dependents.install()
    principals.install()
    roles.install()
    native.install()
    network_firewall.install()
    service_sessions.install()
    code_pipeline.install()
    codecommit.install()
    makers.install()
    organization.install()
    organizations_api.install()
    stack_operations.install()
    stack_sets.install()
    deployer.install()
    custom_resources.install()
    deletion_order.install()
    stored_parameters.install()
    parameter_patterns.install()
    cloudformation.install()  # last: it makes providers, which take the behaviours that the others have added
    control.install()
    app.main()


if __name__ == "__main__":
    main()
