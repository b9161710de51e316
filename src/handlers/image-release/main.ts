import { run } from './run';
import { BUILD_LOG } from '../programs/output';

/**
 * `node image-release.js`, the last step of a pipeline that builds an image. Finds the image by its tag, waits for the findings of
 * its scan, and releases it by its digest where none is as severe as `image.json` of the repository says: then it writes
 * `image.json` into its output, which says what was released and what the scan has found.
 *
 * What it calls, and as what its role must be allowed to:
 *
 * | action | resource |
 * |---|---|
 * | `ecr:BatchGetImage`, `ecr:DescribeImageScanFindings` | the repository of images |
 */
void run(BUILD_LOG).then((code) => {
  process.exitCode = code;
});
