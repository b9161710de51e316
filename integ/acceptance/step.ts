import { Extra } from './extras';
import { Scene } from './scene';

/** One thing that only an AWS account can show, as something that a program does. */
export interface Step {
  /** Short name, by which a run knows what it has done already. */
  readonly id: string;
  /** The claim. */
  readonly claim: string;
  /** The AWS page that the claim rests on. */
  readonly page: string;
  /** What to look at, and what to do, if it does not hold. */
  readonly remedy: string;
  /** Steps without which this one means nothing. */
  readonly after: string[];
  /** Why the local AWS cannot show it; without a reason it must. */
  readonly onlyOnAws?: string;
  /** The extra that it is about; without one it is always played. */
  readonly onlyWith?: Extra;
  /** Does it, and says what was seen. Throws if the claim does not hold. */
  readonly play: (scene: Scene) => Promise<string>;
}
