import { writeFileSync } from 'fs';
import { join } from 'path';
import { releasedImage } from './image';
import { settingsOf } from './settings';
import { described } from '../aws/faults';
import type { Output } from '../programs/output';

/** The program. Answers its exit code: 0 with an image that is released, 1 with a reason and without one. */
export async function run(output: Output): Promise<number> {
  try {
    const settings = settingsOf(process.env);
    const image = await releasedImage(settings, output.say);
    const file = join(settings.outputDirectory, 'image.json');
    writeFileSync(file, `${JSON.stringify(image, undefined, 2)}\n`);
    output.say(`Wrote ${file}`);
    return 0;
  } catch (error) {
    output.fail(`No image is released: ${described(error)}`);
    return 1;
  }
}
