/** Why a warning of cfn-lint stands. */
export interface ExplainedWarning {
  readonly rule: string;
  /** Logical ids of the resources. */
  readonly resources: RegExp;
  readonly reason: string;
}

/** Every warning that stands; what is here and is found no more has to go. */
export const EXPLAINED_WARNINGS: ExplainedWarning[] = [
  {
    rule: 'W1028', // a branch that a condition of the resource rules out
    resources: /FirstMember(Contents)?[0-9A-F]{8}$/,
    reason: 'The name of the first member is nobody\'s where the form names none, for the domain\'s clean-up; the user profile is not made then.',
  },
  {
    rule: 'W6001', // an output that is an import
    resources: /^Outputs\.\w+DataBucket[0-9A-F]{8}$/,
    reason: 'The output tells people which data bucket it is; a given one is of another stack.',
  },
  {
    rule: 'W3005', // a dependency that a reference states already
    resources: /(DefaultSecurityGroup|CleanUp|Emptying|Publisher|ProductAssets|NetworkRange)HandlerFunction[0-9A-F]{8}$/,
    reason: 'The function waits for its role, and besides for the policies of the role, which no reference states; CDK lists both.',
  },
  {
    rule: 'W3005',
    resources: /(DefaultSecurityGroup|Contents|Remains|Emptying|Portfolios|Seed\d+|Program[a-z]+|ProjectsMonitor|Project\w+Template|Project\w+json)[0-9A-F]{8}$/,
    reason: 'The custom resource waits for its handler with everything that is part of it (policies, log group), so that its deletion still finds them; CDK lists all parts, the function among them.',
  },
  {
    rule: 'W3005',
    resources: /(PublisherObjects|MembersTemplate)[0-9A-F]{8}$/,
    reason: 'What is published waits for its bucket with the policy that is part of it, which no reference states; CDK lists both.',
  },
  {
    rule: 'W3005',
    resources: /FlowLogs[0-9A-F]{8}$/,
    reason: 'The flow log waits for its role with the policy that is part of it, which no reference states; CDK lists both.',
  },
  {
    rule: 'W3005',
    resources: /^(Usual|Everything)(Shadow)?Model[0-9A-F]{8}$/,
    reason: 'The model waits for its role with the policies that are part of it, which no reference states; CDK lists both.',
  },
  {
    rule: 'W3005',
    resources: /^(Controls|Corrective|Spending|SpendingIdle)Function[0-9A-F]{8}$/,
    reason: 'The function that corrects, meters, or finds what is idle, waits for its role, and besides for the policies of the role, which no reference states; CDK lists both.',
  },
  {
    rule: 'W3005',
    resources: /Mlflow[0-9A-F]{8}$/,
    reason: 'The tracking server waits for its role and its bucket with the policies that are part of them, which no reference states; CDK lists both.',
  },
  {
    rule: 'W3005',
    resources: /LaunchConstraint[0-9A-F]{8}$/,
    reason: 'The constraint waits for the association of product and portfolio, and as CDK writes it for both of them as well.',
  },
];
