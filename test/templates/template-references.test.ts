import { App, Aws, CfnCondition, CfnMapping, CfnOutput, CfnParameter, CfnResource, Fn, PhysicalName, Stack } from 'aws-cdk-lib';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { carried, Carried, carriedTemplate, Json } from './carried';
import { SelfContainedTemplate } from '../../src/templates';

describe('references', () => {
  const RULE = 'must stay within the template that leaves the app';

  test.each([
    ['of the same environment', undefined],
    ['of a known account and region', { account: '111111111111', region: 'eu-west-1' }],
  ])('to a resource of another stack %s are refused with both paths', (_, env) => {
    const app = new App();
    const outer = new Topic(new Stack(app, 'Outer', { env }), 'Topic');
    const template = new SelfContainedTemplate(new Stack(app, 'Parent', { env }), 'Template');
    new StringParameter(template, 'Told', { stringValue: outer.topicArn });
    expect(() => app.synth()).toThrow(`[Parent/Template] reference of Parent/Template/Told/Resource ${RULE}, got "Outer/Topic/Resource[Ref]". Read the value from an SSM parameter (addStoredParameter), or give`);
  });

  test('all of them are told at once, whatever they are in', () => {
    const { app, parent, template } = carried();
    const bucket = new CfnBucket(parent, 'Bucket');
    const parameter = new CfnParameter(parent, 'Name');
    new CfnOutput(template, 'One', { value: Fn.join('', ['arn:', bucket.attrArn, '/*']) });
    new CfnResource(template, 'Two', { type: 'AWS::SNS::Topic', properties: { TopicName: parameter.valueAsString, Tags: [{ Key: 'stack', Value: parent.stackId }] } });
    expect(() => app.synth()).toThrow(new RegExp(['Template/One .* got "Parent/Bucket\\[Arn\\]"', 'Template/Two .* got "Parent/Name\\[Ref\\]"', 'Template/Two .* got "Parent\\[AWS::StackId\\]"'].join('[^]*')));
  });

  test('of many resources to the same thing are told once', () => {
    const { app, parent, template } = carried();
    const topic = new Topic(parent, 'Topic');
    for (const id of ['A', 'B', 'C']) new StringParameter(template, id, { stringValue: topic.topicArn });
    const messages = () => {
      try {
        return String(app.synth());
      } catch (error) {
        return (error as Error).message.split('\n');
      }
    };
    expect(messages()).toEqual([expect.stringMatching(/^\[Parent\/Template\] reference of Parent\/Template\/A\/Resource and 2 others must stay within .* got "Parent\/Topic\/Resource\[Ref\]"/)]);
  });

  test('a fixed name is carried', () => {
    const made = carried();
    const topic = new Topic(made.parent, 'Topic', { topicName: 'told' });
    const generated = new Bucket(made.parent, 'Generated', { bucketName: PhysicalName.GENERATE_IF_NEEDED });
    new CfnOutput(made.template, 'Arn', { value: topic.topicArn });
    new CfnOutput(made.template, 'Name', { value: generated.bucketName });
    const { Outputs } = carriedTemplate(made);
    expect(Outputs.Arn.Value).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sns:eu-west-1:111111111111:told']] });
    expect(Outputs.Name.Value).toMatch(/^parentparentgenerated[0-9a-f]{20}$/);
  });

  test.each<[string, string, (made: Carried) => void]>([
    ['a condition', 'Condition OuterCondition', ({ parent, template }) => {
      const condition = new CfnCondition(parent, 'OuterCondition', { expression: Fn.conditionEquals(Aws.REGION, 'eu-west-1') });
      new CfnBucket(template, 'Bucket').cfnOptions.condition = condition;
    }],
    ['a mapping', 'Fn::FindInMap OuterMapping', ({ template }) => void new CfnOutput(template, 'Value', { value: Fn.findInMap('OuterMapping', Aws.REGION, 'b') })],
    ['a name in a text', 'Fn::Sub OuterBucket', ({ template }) => void new CfnOutput(template, 'Value', { value: Fn.sub('${AWS::Region}/${!Literal}/${own}/${OuterBucket.Arn}', { own: 'x' }) })],
    ['a name by hand', 'Ref OuterBucket', ({ template }) => void new CfnOutput(template, 'Value', { value: Fn.ref('OuterBucket') })],
    ['an attribute by hand', 'Fn::GetAtt OuterBucket', ({ template }) => void new CfnOutput(template, 'Value', { value: Fn.getAtt('OuterBucket', 'Arn').toString() })],
    ['an order', 'DependsOn OuterBucket', ({ template }) => new CfnBucket(template, 'Bucket').addOverride('DependsOn', ['OuterBucket'])],
    ['an import', 'Fn::ImportValue \\"of-another-stack\\"', ({ template }) => void new CfnOutput(template, 'Value', { value: Fn.importValue('of-another-stack') })],
  ])('%s that the template does not have is refused', (_, dangling, use) => {
    const made = carried();
    use(made);
    expect(() => made.app.synth()).toThrow(`[Parent/Template] names in the template must be names of its own parameters, resources, conditions and mappings, got "${dangling}"`);
  });

  test('a mapping of the app comes along', () => {
    const made = carried();
    const mapping = new CfnMapping(made.parent, 'OuterMapping', { mapping: { a: { b: 'c' } } });
    new CfnOutput(made.template, 'Value', { value: mapping.findInMap(Aws.REGION, 'b') });
    expect(Object.values(carriedTemplate(made).Mappings as Json)).toEqual([{ a: { b: 'c' } }]);
  });

  test('its own names are its own', () => {
    const made = carried();
    const parameter = made.template.addParameter('Name');
    const condition = new CfnCondition(made.template, 'Condition', { expression: Fn.conditionEquals(parameter.valueAsString, 'x') });
    const mapping = new CfnMapping(made.template, 'Mapping', { mapping: { a: { b: 'c' } } });
    const bucket = new CfnBucket(made.template, 'Bucket', { bucketName: Fn.sub('${Name}-${AWS::AccountId}') });
    bucket.cfnOptions.condition = condition;
    new CfnBucket(made.template, 'Second', { bucketName: Fn.conditionIf('Condition', bucket.attrArn, mapping.findInMap('a', 'b')).toString() }).addDependency(bucket);
    expect(Object.keys(carriedTemplate(made).Resources as Json)).toEqual(['Bucket', 'Second']);
  });

  test('a stack of the app that uses what the template makes is refused', () => {
    const app = new App();
    const template = new SelfContainedTemplate(app, 'Template');
    const topic = new Topic(template, 'Topic');
    new CfnOutput(new Stack(app, 'Other'), 'Arn', { value: topic.topicArn });
    expect(() => app.synth()).toThrow('[Template] exported value must not be used by a stack of the app, got "Template/Topic/Resource[Ref]"');
    expect(() => template.exportStringListValue(['a'], { name: 'list' })).toThrow('got "list"');
  });
});

describe('waiting', () => {
  test('a resource that waits for a construct with a template in it waits for the rest', () => {
    const app = new App();
    const [first, second] = ['First', 'Second'].map((id) => new Stack(app, id));
    const group = new Construct(first, 'Group');
    new CfnBucket(group, 'Bucket');
    new Topic(new SelfContainedTemplate(group, 'Template'), 'Topic');
    new CfnBucket(first, 'Beside').node.addDependency(group);
    new CfnBucket(second, 'Elsewhere').node.addDependency(group);
    const assembly = app.synth();
    expect((assembly.getStackByName('First').template as Json).Resources.Beside.DependsOn).toEqual([expect.stringMatching(/^GroupBucket/)]);
    expect(assembly.getStackByName('Second').dependencies.map(({ id }) => id).filter((id) => !id.endsWith('.assets'))).toEqual(['First']);
    expect(assembly.getStackByName('First').dependencies.map(({ id }) => id).filter((id) => !id.endsWith('.assets'))).toEqual([]);
  });

  test('what is in the template still waits for what else is in it', () => {
    const { app, parent, template } = carried();
    const [first, second] = ['First', 'Second'].map((id) => new CfnBucket(template, id));
    second.addDependency(first);
    new CfnBucket(parent, 'Beside').node.addDependency(template);
    app.synth();
    expect((JSON.parse(parent.resolve(template.templateBody) as string) as Json).Resources.Second.DependsOn).toEqual(['First']);
  });

  test('the template waits for nothing, so no circle closes', () => {
    const { app, parent, template } = carried();
    const first = new CfnBucket(parent, 'First');
    new Topic(template, 'Topic').node.addDependency(first);
    first.node.addDependency(template);
    expect(() => app.synth()).not.toThrow();
  });
});
