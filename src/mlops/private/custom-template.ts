import { describe } from '../../private/invalid-input';
import { SelfContainedTemplate } from '../../templates';
import { ProjectTemplate } from '../project-template';

/** What Studio gives every template: SageMaker refuses one that does not take it. */
const GIVEN = [ProjectTemplate.PROJECT_NAME, ProjectTemplate.PROJECT_ID];

/** A template of somebody's own must be one that Studio can launch; that it is self-contained and small enough it says itself. */
export function checkCustomTemplate(template: SelfContainedTemplate): void {
  template.node.addValidation({
    validate: () => GIVEN.filter((name) => template.node.tryFindChild(name) === undefined).map((name) => describe({
      property: 'parameters',
      value: template.node.children.map(({ node }) => node.id).join(', '),
      rule: `include ${name}`,
      remedy: 'Studio gives a project\'s name and id to every template: make it a ProjectTemplate, or add both parameters',
    })),
  });
}
