import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { Client } from '../../handlers/aws/client';
import { CredentialsProvider, remembered } from '../../handlers/aws/credentials';
import { assume } from '../../handlers/aws/sts';
import { Account } from '../aws/account';
import { WrongUse } from '../wrong-use';
import { Place } from './place';

/** Ways into accounts, as they were given: `222222222222=staging` names a profile, `222222222222=arn:…` a role. */
export interface Ways {
  readonly profile?: string[];
  readonly role?: string[];
}

const SESSION = 'clean-up';
const HOUR = 3_600;

/** The account of the credentials that AWS's tools find, and those that were named. */
export async function placesOf(environment: string, region: string, { profile = [], role = [] }: Ways): Promise<Place[]> {
  const own = defaultProvider();
  const named: [account: string, credentials: CredentialsProvider][] = [
    ...pairs('--profile', profile).map(([account, name]): [string, CredentialsProvider] => [account, remembered(defaultProvider({ profile: name, ignoreCache: true }))]),
    ...pairs('--role', role).map(([account, roleArn]): [string, CredentialsProvider] => (
      [account, remembered(() => assume(new Client({ name: 'sts', region }, own), { roleArn, seconds: HOUR, session: SESSION }))]
    )),
  ];
  const places = [await placeOf(environment, region, own)];
  for (const [account, credentials] of named) {
    const place = await placeOf(environment, region, credentials);
    if (place.account !== account) throw new WrongUse(`The credentials that were named for ${account} are for ${place.account}.`);
    if (!places.some((one) => one.account === account)) places.push(place);
  }
  return places;
}

async function placeOf(environment: string, region: string, credentials: CredentialsProvider): Promise<Place> {
  const aws = new Account(region, credentials);
  const identity = await aws.query('sts', { action: 'sts:GetCallerIdentity', subject: 'whose credentials these are' });
  return { account: String(identity?.Account), region, aws, environment };
}

function pairs(option: string, given: string[]): [account: string, value: string][] {
  return given.map((text) => {
    const [, account, value] = /^(\d{12})=(.+)$/.exec(text) ?? [];
    if (account === undefined) throw new WrongUse(`${option} ${text} names no account: say ${option} 222222222222=${option === '--role' ? '<ARN>' : '<profile>'}.`);
    return [account, value];
  });
}
