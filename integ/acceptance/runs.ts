import { Scene } from './scene';
import { ApiError } from '../rehearsal/accounts/aws-api';

/** A run of a SageMaker pipeline. */
export interface PipelineRun {
  readonly PipelineExecutionArn: string;
  readonly PipelineExecutionStatus: string;
  readonly StartTime: string;
  readonly PipelineExecutionFailureReason?: string;
}

/** The runs of a SageMaker pipeline, the newest first; none before a build has made it. */
async function pipelineRuns(scene: Scene, PipelineName: string): Promise<PipelineRun[]> {
  try {
    const { PipelineExecutionSummaries: runs } = await scene.call<{ PipelineExecutionSummaries: PipelineRun[] }>(
      'sagemaker', 'list_pipeline_executions', { PipelineName, SortBy: 'CreationTime', SortOrder: 'Descending' });
    return runs;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'ResourceNotFound') return [];
    throw error;
  }
}

/** The newest run of a pipeline when it has ended, of those that have begun after something else. */
export async function pipelineRun(scene: Scene, name: string, minutes: number, after?: string): Promise<PipelineRun> {
  return scene.until(`the end of a run of ${name}`, minutes, async () => {
    const [newest] = await pipelineRuns(scene, name);
    const isMeant = newest !== undefined && (after === undefined || new Date(newest.StartTime) > new Date(after));
    return isMeant && ['Succeeded', 'Failed', 'Stopped'].includes(newest.PipelineExecutionStatus) ? newest : undefined;
  });
}
