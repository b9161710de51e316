import { existsSync, readFileSync, writeFileSync } from 'fs';

/** What is deployed and tried only if somebody asks for it, because it costs. */
export enum Extra {
  FIREWALL = 'firewall',
  MLFLOW = 'mlflow',
}

/** What there is to pay for each while the environment stands, us-east-1, November 2026. */
export const COSTS: Record<Extra, string> = {
  [Extra.FIREWALL]: 'a firewall in each of two zones and a NAT gateway, about 0.85 dollars an hour',
  [Extra.MLFLOW]: 'a small MLflow server and its endpoint, about 0.65 dollars an hour',
};

/** The extras of an environment are those of the run that made it: another choice would change what has been tried. */
export function extrasOf(file: string, asked: Extra[]): Extra[] {
  if (!existsSync(file)) {
    writeFileSync(file, JSON.stringify(asked));
    return asked;
  }
  const made = JSON.parse(readFileSync(file, 'utf8')) as Extra[];
  const more = asked.filter((one) => !made.includes(one));
  if (more.length > 0) throw new Error(`An earlier run has begun without --${more.join(' and --')}. Remove what it has made with --finish, and begin again.`);
  return made;
}
