import { GIVEN, IS_GIVEN, one, RuleCases } from './case';

const notebook = (properties: Record<string, unknown>) => one('AWS::SageMaker::NotebookInstance', properties);

export const NOTEBOOKS: RuleCases[] = [
  {
    rule: 'NotebookDirectInternet',
    complies: [notebook({ DirectInternetAccess: 'Disabled' })],
    breaks: [
      [notebook({}), 'DirectInternetAccess is not given, and is then Enabled.'],
      [notebook({ DirectInternetAccess: 'Enabled' }), 'DirectInternetAccess is Enabled.'],
    ],
    unknown: [[notebook({ DirectInternetAccess: GIVEN }), `DirectInternetAccess ${IS_GIVEN}.`]],
  },
  {
    rule: 'NotebookRootAccess',
    complies: [notebook({ RootAccess: 'Disabled' })],
    breaks: [[notebook({}), 'RootAccess is not given, and is then Enabled.']],
    unknown: [[notebook({ RootAccess: GIVEN }), `RootAccess ${IS_GIVEN}.`]],
  },
];
