import { must } from '../claim';
import { TRAIN, DEPLOY, groupOf, launch, settled } from '../projects';
import { Step } from '../step';

/** What is launched from Studio. */
export const PROJECTS: Step[] = [
  {
    id: 'project',
    claim: 'A data scientist finds the project template in Studio and launches it: Service Catalog takes the launch role, which may do what the template needs',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-projects-templates-custom.html',
    remedy: 'The stack SC-<account>-pp-… has the event that failed; a denial in it names the action that the launch role lacks',
    after: ['own-name'],
    play: async (scene) => {
      await launch(scene, TRAIN, 'Train');
      return settled(scene, TRAIN, 'CreateCompleted');
    },
  },
  {
    id: 'deploy-project',
    claim: 'A data scientist launches a project that deploys what the other one trains',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-projects-templates-custom.html',
    remedy: 'The stack SC-<account>-pp-… has the event that failed; a denial in it names the action that the launch role lacks',
    after: ['project'],
    play: async (scene) => {
      const ModelPackageGroupName = await groupOf(scene);
      must(ModelPackageGroupName.length <= 63, `The group's name ${ModelPackageGroupName} is too long.`);
      await launch(scene, DEPLOY, 'Deploy', { ModelPackageGroupName });
      return settled(scene, DEPLOY, 'CreateCompleted');
    },
  },
];
