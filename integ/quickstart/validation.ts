import { App } from 'aws-cdk-lib';
import { SynthesizedTemplate } from '../../test/apps/catalog/synthesized';
import { findings, findingsInAll } from '../../test/apps/compliance/findings';
import { excesses } from '../../test/apps/template/limits';
import { ResourceGraph } from '../../test/apps/template/resource-graph';
import { lint } from '../checks/lint/lint';

/** Checks an app as a whole; the same checks as for every app in `test/apps`. */
export async function validate(app: App, templates: SynthesizedTemplate[]): Promise<{ passed: string[]; faults: string[] }> {
  const circles = templates.flatMap(({ template }) => ResourceGraph.of(template).circles());
  const all = templates.map(({ template }) => template);
  const tooLarge = templates.flatMap(({ template, body }) => excesses(template, body, all));
  const unexplained = findings(app), found = findingsInAll(app);
  const linted = await lint(templates.map(({ file }) => file));
  return {
    passed: [
      `cfn-lint: no errors, ${linted.explained} warnings, each with a reason`,
      `cdk-nag (AWS Solutions, NIST 800-53 r4 and r5, HIPAA, PCI DSS, Serverless): nothing open, ${found.length} findings acknowledged one by one`,
      'no circular dependency; names, policies and template within every limit of AWS',
    ],
    faults: [
      ...circles.map((circle) => `circular dependency: ${circle.join(' → ')}`),
      ...tooLarge.map(({ what, size, limit }) => `${what}: ${size}, limit ${limit}`),
      ...unexplained.map(({ id, construct }) => `${construct}: ${id}`),
      ...linted.faults,
    ],
  };
}
