import { InputCheck } from '../../private/input-check';
import { describe } from '../../private/invalid-input';
import { SelfContainedTemplate } from '../../templates';
import { ProjectTemplate } from '../project-template';

/** What Studio gives every template: SageMaker refuses one that does not take it. */
const GIVEN = [ProjectTemplate.PROJECT_NAME, ProjectTemplate.PROJECT_ID];

/** A template of somebody's own must be one that Studio can launch, with the launch role; that it is self-contained it says itself. */
export function checkCustomTemplate(template: SelfContainedTemplate): void {
  const { allowedContent, maximumSize } = template._limits;
  new InputCheck(template)
    .that('allowedContent', allowedContent, (content) => content.length === 0, 'be empty for a project template',
      'Projects bring no roles, functions and custom resources: what they run, runs as roles of the environment')
    .that('maximumSize', maximumSize.toBytes(), (bytes) => bytes <= SelfContainedTemplate.INLINE_SIZE.toBytes(),
      `be at most the ${SelfContainedTemplate.INLINE_SIZE.toBytes()} bytes that CloudFormation takes inline, for a project template`)
    .throwIfInvalid();
  template.node.addValidation({
    validate: () => GIVEN.filter((name) => template.node.tryFindChild(name) === undefined).map((name) => describe({
      property: 'parameters',
      value: template.node.children.map(({ node }) => node.id).join(', '),
      rule: `include ${name}`,
      remedy: 'Studio gives a project\'s name and id to every template: make it a ProjectTemplate, or add both parameters',
    })),
  });
}
