import { Found, stateOf } from './found';
import { Input } from './inputs';
import { CONTROLS_SOURCE } from '../../checks/core/published';
import { Rule } from '../../checks/core/rule';

/** For people: what is broken first, then what only the deployment will tell. */
export function textOf(found: readonly Found[], inputs: readonly Input[], rules: readonly Rule[], isColored: boolean): string {
  const paint = (code: number, text: string) => (isColored ? `\u001b[${code}m${text}\u001b[0m` : text);
  const of = (state: string) => found.filter((one) => stateOf(one) === state);
  const [violations, unknown] = [of('violation'), of('unknown')];
  const lines = [...violations, ...unknown].map(({ kind, file, line, resource, rule, message, mapping: { controls } }) => (
    `${kind === 'violation' ? paint(31, 'violation') : paint(33, 'unknown')} ${file}:${line} ${resource.logicalId} (${[rule.id, ...controls].join(', ')}): ${message}\n`
    + `          ${rule.remedy}`
  ));
  const end = `${violations.length} violations, ${unknown.length} unknown, ${of('acknowledged').length} acknowledged, by ${rules.length} rules over ${inputs.length} templates.`;
  return `${[...lines, paint(violations.length > 0 ? 31 : unknown.length > 0 ? 33 : 32, end)].join('\n')}\n`;
}

/** For machines. */
export function jsonOf(found: readonly Found[], inputs: readonly Input[]): object {
  return {
    templates: inputs.map(({ file }) => file),
    findings: found.map((one) => ({
      state: stateOf(one),
      rule: one.rule.id,
      severity: one.rule.severity,
      template: one.file,
      line: one.line,
      resource: one.resource.logicalId,
      type: one.resource.type,
      property: one.path,
      message: one.message,
      remedy: one.rule.remedy,
      reason: one.reason,
      ...one.mapping,
    })),
  };
}

/** What is no failure has no level (3.27.10 of the specification). */
const LEVELS = { violation: { kind: 'fail', level: 'error' }, unknown: { kind: 'open', level: 'none' } };

/** SARIF 2.1.0, as code hosts show it beside the lines: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarifOf(found: readonly Found[], rules: readonly Rule[]): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'cdk-secure-mlops check',
          informationUri: CONTROLS_SOURCE.page,
          rules: rules.map(({ id, title, remedy, page, severity, controls = [], configRules = [] }) => ({
            id,
            name: id,
            shortDescription: { text: title },
            help: { text: remedy },
            helpUri: page,
            defaultConfiguration: { level: 'error' },
            properties: { 'tags': [severity, ...controls, ...configRules], 'security-severity': { high: '8.0', medium: '5.0', low: '2.0' }[severity] },
          })),
        },
      },
      results: found.map((one) => ({
        ruleId: one.rule.id,
        ruleIndex: rules.indexOf(one.rule),
        ...LEVELS[one.kind],
        message: { text: `${one.resource.logicalId}: ${one.message} ${one.rule.remedy}` },
        locations: [{
          physicalLocation: { artifactLocation: { uri: uriOf(one.file) }, region: { startLine: one.line } },
          logicalLocations: [{ name: one.resource.logicalId, kind: 'resource', fullyQualifiedName: `${one.resource.logicalId}${one.path && `.${one.path}`}` }],
        }],
        ...one.reason !== undefined && { suppressions: [{ kind: 'inSource', justification: one.reason }] },
        properties: { ...one.mapping },
      })),
    }],
  };
}

/** A reference to a file, as URIs have it (RFC 3986): relative if it was named so, what is no letter of a URI in percents. */
export function uriOf(file: string): string {
  const path = file.split('\\').join('/').split('/').map((part) => encodeURIComponent(part).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)).join('/');
  if (/^[A-Za-z]%3A\//.test(path)) return `file:///${path.replace('%3A', ':')}`;
  return path.startsWith('/') ? `file://${path}` : path;
}

/** JUnit's XML, as build servers read it: a suite for each template, a case for each rule. What is unknown is skipped, with the reason. */
export function junitOf(found: readonly Found[], inputs: readonly Input[], rules: readonly Rule[]): string {
  const suites = inputs.map(({ file }) => {
    const here = found.filter((one) => one.file === file);
    const cases = rules.map(({ id }) => {
      const of = (state: string) => here.filter((one) => one.rule.id === id && stateOf(one) === state).map(({ resource, message }) => `${resource.logicalId}: ${message}`);
      const [violations, unknown] = [of('violation'), of('unknown')];
      const inside = violations.length > 0 ? `<failure message="${escaped(violations[0])}">${escaped(violations.join('\n'))}</failure>`
        : unknown.length > 0 ? `<skipped message="${escaped(unknown.join(' '))}"/>` : '';
      return { text: `    <testcase classname="${escaped(file)}" name="${id}">${inside}</testcase>`, isFailed: violations.length > 0, isSkipped: violations.length === 0 && unknown.length > 0 };
    });
    const counts = `tests="${cases.length}" failures="${cases.filter(({ isFailed }) => isFailed).length}" skipped="${cases.filter(({ isSkipped }) => isSkipped).length}" errors="0"`;
    return [`  <testsuite name="${escaped(file)}" ${counts}>`, ...cases.map(({ text }) => text), '  </testsuite>'].join('\n');
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="cdk-secure-mlops check">\n${suites.join('\n')}\n</testsuites>\n`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\t': '&#9;' };

function escaped(text: string): string {
  // XML has no other control characters, escaped or not, nor halves of a character.
  return text.replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '�').replace(/[&<>"\n\t]/g, (one) => ENTITIES[one]);
}
