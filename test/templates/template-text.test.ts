import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnOutput, Lazy, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import * as fc from 'fast-check';
import { carried, carriedTemplate, Json } from './carried';
import { SelfContainedTemplate, TemplateContent } from '../../src/templates';
import { toYaml } from '../../src/templates/private/yaml';

describe('a file for a person', () => {
  test('is written where filePath says', () => {
    const made = carried({ fileName: 'topics.yaml' });
    new Topic(made.template, 'Topic');
    const { directory } = made.app.synth();
    expect(made.template.filePath).toBe('templates/topics.yaml');
    expect(readFileSync(join(directory, 'templates/topics.yaml'), 'utf8')).toBe('Resources:\n  TopicBFC7AF6E:\n    Type: AWS::SNS::Topic\n');
  });

  test('in a stage is below the assembly of the stage', () => {
    const app = new App();
    const template = new SelfContainedTemplate(new Stage(app, 'Production'), 'Template', { fileName: 'topics.json' });
    new Topic(template, 'Topic');
    const { directory } = app.synth();
    expect(template.filePath).toBe('assembly-Production/templates/topics.json');
    expect(existsSync(join(directory, template.filePath!))).toBe(true);
  });

  test('only where asked for', () => {
    const made = carried();
    expect(made.template.filePath).toBeUndefined();
    expect(existsSync(join(made.app.synth().directory, 'templates'))).toBe(false);
  });

  test.each(['topics', '../topics.json', 'a/b.yaml', '.yaml'])('%s is no name for it', (fileName) => {
    expect(() => carried({ fileName })).toThrow('[Parent/Template] fileName must be a file name');
  });
});

describe('the text', () => {
  test('is rendered no more often than the stack that carries it, however many do', () => {
    const made = carried();
    const rendered = new Map<Stack, number>([made.template, made.parent].map((stack) => [stack, 0]));
    for (const stack of rendered.keys()) {
      const count = ({ preparing }: { preparing: boolean }) => {
        if (!preparing) rendered.set(stack, rendered.get(stack)! + 1);
        return 'Alarms';
      };
      new Topic(stack, 'Topic', { displayName: Lazy.uncachedString({ produce: count }) });
    }
    new CfnOutput(made.parent, 'Json', { value: made.template.templateText() });
    new CfnOutput(made.parent, 'Yaml', { value: made.template.templateYaml() });
    expect(carriedTemplate(made).Resources.TopicBFC7AF6E.Properties).toEqual({ DisplayName: 'Alarms' });
    expect(rendered.get(made.template)).toBe(rendered.get(made.parent));
  });

  test('has what was added after it was looked at', () => {
    const made = carried();
    const look = () => Object.keys(JSON.parse(made.parent.resolve(made.template.templateBody) as string).Resources as Json);
    new Topic(made.template, 'First');
    expect(look()).toHaveLength(1);
    new Topic(made.template, 'Second');
    expect(look()).toHaveLength(2);
  });

  test('has what was added when the app is synthesized again', () => {
    const made = carried();
    new Topic(made.template, 'First');
    made.app.synth();
    new Topic(made.template, 'Second');
    const { Resources } = made.app.synth({ force: true }).getStackByName('Parent').template as Json;
    expect(Object.keys(JSON.parse(Resources.Carrier.Properties.TemplateBody as string).Resources as Json)).toHaveLength(2);
  });
});

describe('YAML', () => {
  test('is the same template, in a form that people read', () => {
    const { parent, template } = carried({ allowedContent: [TemplateContent.IAM_RESOURCES] });
    new Role(template, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    new CfnOutput(parent, 'Yaml', { value: template.templateYaml() });
    const { Value } = (Template.fromStack(parent).toJSON() as Json).Outputs.Yaml as Json;
    expect(Value).toBe(`Resources:
  Role1ABCC5F0:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Action: "sts:AssumeRole"
            Effect: Allow
            Principal:
              Service: "sagemaker.amazonaws.com"
        Version: "2012-10-17"
`);
  });

  test('reads back as what was written, whatever the texts are', () => {
    const texts = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('yes', 'Null', '2012-10-17', '1e3', '- a', '# b', '${a}', 'a: b', '\u2028', 'line\nline'));
    const values = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, texts, fc.integer(), fc.boolean(), tie('list'), tie('map')),
      list: fc.array(tie('value'), { minLength: 1, maxLength: 4 }),
      map: fc.dictionary(texts.filter((key) => !/^(Ref|Fn::|Condition|__proto__)/.test(key)), tie('value'), { minKeys: 1, maxKeys: 4 }),
    }));
    fc.assert(fc.property(values.map, (map) => {
      expect(readBack({ Metadata: { map } })).toEqual({ Metadata: { map } });
    }), { numRuns: 200 });
  });
});

/** What the CDK's own reader of YAML templates makes of a template. */
function readBack(template: object): unknown {
  const directory = mkdtempSync(join(tmpdir(), 'yaml-'));
  try {
    const templateFile = join(directory, 'template.yaml');
    writeFileSync(templateFile, toYaml(template));
    return new CfnInclude(new Stack(), 'Included', { templateFile })._toCloudFormation();
  } finally {
    rmSync(directory, { recursive: true });
  }
}
