import { mkdtempSync } from 'fs';
import { join } from 'path';
import { PROJECTS, seedEnvironment } from '../python/seed-environment';
import { AwsApi } from '../rehearsal/accounts/aws-api';
import { CodePipeline } from '../rehearsal/delivery/code-pipeline';
import { SageMakerPipeline } from '../rehearsal/delivery/sagemaker-pipeline';
import { LocalAws } from '../rehearsal/local-aws';

interface Execution { readonly PipelineExecutionArn: string }

/**
 * CodePipeline, CodeBuild and the jobs of SageMaker, which the local AWS does not run by itself. Here they do run: builds by their
 * commands, jobs by the pipeline that the build has written, each as the role that AWS would take, with IAM enforced.
 */
export class LocalServices {
  constructor(private readonly aws: LocalAws, private readonly api: AwsApi, private readonly account: string) {}

  /** What the launch of a project that trains brings about: a build, and the execution that it starts. */
  public async train(name: string, pipelineRole: string, vpc: string): Promise<void> {
    const { aws, api, account } = this, scene = { aws, api }, folder = mkdtempSync(join(aws.folder, 'services-'));
    const python = seedEnvironment(console.error);
    await new CodePipeline(`${name}-build`, { scene, account, folder, repository: () => PROJECTS.train }).execute();
    const { PipelineExecutionSummaries: [execution] } = await api.call<{ PipelineExecutionSummaries: Execution[] }>(
      account, 'sagemaker', 'list_pipeline_executions', { PipelineName: name });
    await SageMakerPipeline.play({ scene, account, folder, python, vpc, pipelineRole }, execution.PipelineExecutionArn);
  }
}
