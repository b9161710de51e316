/** Sets a value of a declarative policy, which no unit or account below may set otherwise. */
const fixed = (value: string) => ({ '@@operators_allowed_for_child_policies': ['@@none'], '@@assign': value });

/**
 * What Amazon EC2 keeps to, whoever asks: nothing from the internet comes into a VPC, and no image, snapshot or console is open.
 * Out of a VPC leads what its owner has made for it, such as an inspected egress.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_ec2_syntax.html
 */
export const EC2_POLICY = {
  ec2_attributes: {
    vpc_block_public_access: { internet_gateway_block: { mode: fixed('block_ingress'), exclusions_allowed: fixed('disabled') } },
    image_block_public_access: { state: fixed('block_new_sharing') },
    snapshot_block_public_access: { state: fixed('block_all_sharing') },
    serial_console_access: { status: fixed('disabled') },
    // AWS recommends two hops where tokens are required, for containers.
    instance_metadata_defaults: { http_tokens: fixed('required'), http_put_response_hop_limit: fixed('2') },
  },
};

/**
 * What Amazon S3 keeps to: no bucket is public.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_s3_syntax.html
 */
export const S3_POLICY = { s3_attributes: { public_access_block_configuration: fixed('all') } };
