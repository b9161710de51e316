import { cleanUp } from './clean-up';
import { controls } from './controls';
import { monitors } from './monitors';
import { multiAccount } from './multi-account';
import { projects } from './projects';
import { retirement } from './retirement';
import { roleChain } from './role-chain';
import { selfService } from './self-service';
import { story } from './story';
import { AccountsVariant } from './variants';

/** What is rehearsed over several accounts. */
export function accountsVariants(): AccountsVariant[] {
  return [roleChain(), monitors(), multiAccount(), retirement(), cleanUp(), controls(), projects(), selfService(), story()];
}
