import { setTimeout as sleep } from 'timers/promises';
import { Refusal } from './fake-aws/answer';
import { aws, DOMAIN, stack } from './studio-of-a-domain';

const properties = { DomainId: DOMAIN, Record: '/record', RemovalPolicy: 'destroy' };

describe('of a domain, when it is made', () => {
  test('keeps in mind what must be known after the domain is gone', async () => {
    const told = await stack.create('StudioDomainContents', { ...properties, FileSystemId: 'fs-1' });
    expect(told).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: DOMAIN });
    expect(JSON.parse(aws.parameters.get('/record') ?? '')).toEqual({ domainId: DOMAIN, fileSystemId: 'fs-1' });
  });

  test('keeps in mind a file system that is added later', async () => {
    await stack.create('StudioDomainContents', properties);
    const told = await stack.update('StudioDomainContents', DOMAIN, { ...properties, FileSystemId: 'fs-2' }, properties);
    expect(told).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: DOMAIN });
    expect(JSON.parse(aws.parameters.get('/record') ?? '')).toEqual({ domainId: DOMAIN, fileSystemId: 'fs-2' });
  });

  test('touches nothing that people have', async () => {
    aws.sagemaker.space('alice-space', 'alice');
    await stack.update('StudioDomainContents', DOMAIN, properties, { ...properties, RemovalPolicy: 'retain' });
    expect(aws.calls).toEqual(['SSM.PutParameter']);
  });
});

describe('of a domain, with removal policy DESTROY', () => {
  const remove = (remaining?: () => number) => stack.remove('StudioDomainContents', DOMAIN, properties, remaining);

  test('deletes apps, then spaces, then profiles', async () => {
    aws.sagemaker.profile('mallory');
    aws.sagemaker.space('one', 'mallory');
    aws.sagemaker.app('one');
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.calls.filter((call) => call.includes('.Delete'))).toEqual(['SageMaker.DeleteApp', 'SageMaker.DeleteSpace', 'SageMaker.DeleteUserProfile']);
    expect(aws.sagemaker.spaces).toEqual([]);
    expect(aws.sagemaker.profiles).toEqual([]);
  });

  test('deletes an app of a profile, as the older ones are', async () => {
    aws.sagemaker.apps.push({ profile: 'alice', type: 'JupyterServer', name: 'default', status: 'InService', looks: 0 });
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.sagemaker.apps[0].status).toBe('Deleted');
  });

  test('finds them on every page', async () => {
    for (let i = 0; i < 250; i++) {
      aws.sagemaker.space(`space-${i}`, 'alice');
      aws.sagemaker.app(`space-${i}`);
    }
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.calls.filter((call) => call === 'SageMaker.DeleteApp')).toHaveLength(250);
    expect(aws.sagemaker.spaces).toEqual([]);
  }, 30_000);

  test('finds what stands behind hundreds of spaces that stay, and of apps that SageMaker still lists', async () => {
    for (let i = 0; i < 150; i++) {
      aws.sagemaker.app('one', `old-${i}`, 'JupyterLab', 'Deleted');
      aws.sagemaker.profile(`user-${i}`);
      aws.sagemaker.space(`space-${i}`, `user-${i}`);
    }
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect([aws.sagemaker.spaces, aws.sagemaker.profiles]).toEqual([[], []]);
  }, 30_000);

  test('waits for what is on its way out already', async () => {
    aws.sagemaker.space('one');
    aws.sagemaker.app('one', 'default', 'JupyterLab', 'Deleting');
    aws.sagemaker.apps[0].looks = 3;
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.calls).not.toContain('SageMaker.DeleteApp');
  });

  test('leaves alone apps that were deleted and are still listed', async () => {
    aws.sagemaker.app('one', 'default', 'JupyterLab', 'Deleted');
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.calls).not.toContain('SageMaker.DeleteApp');
  });

  test('tries again when an app is still starting', async () => {
    aws.sagemaker.space('one');
    aws.sagemaker.app('one', 'default', 'CodeEditor', 'Pending');
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.calls.filter((call) => call === 'SageMaker.DeleteApp')).toHaveLength(2);
  });

  test('catches an app that is started meanwhile', async () => {
    aws.sagemaker.space('one');
    aws.sagemaker.app('one');
    let late = true;
    aws.fault = (operation) => {
      if (operation === 'SageMaker.DeleteSpace' && late) {
        late = false;
        aws.sagemaker.app('one', 'late');
      }
      return undefined;
    };
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.sagemaker.apps.map((app) => app.status)).toEqual(['Deleted', 'Deleted']);
  });

  test('bears with throttling', async () => {
    aws.sagemaker.space('one');
    aws.sagemaker.app('one');
    let throttled = 4;
    aws.fault = (operation) => (operation.startsWith('SageMaker') && throttled-- > 0 ? new Refusal('ThrottlingException', 'Rate exceeded') : undefined);
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
  }, 30_000);

  test('bears with a service that fails for a moment', async () => {
    aws.sagemaker.space('one');
    let failures = 2;
    aws.fault = (operation) => (operation === 'SageMaker.DeleteSpace' && failures-- > 0 ? new Refusal('InternalFailure', 'oops', 500) : undefined);
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
  }, 30_000);

  test('names what is in the way when its time is over, and goes on with the next deletion', async () => {
    aws.sagemaker.slowness = 3;
    aws.sagemaker.space('one');
    aws.sagemaker.app('one');
    expect(await remove(() => 20_000)).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: DOMAIN,
      Reason: 'Studio domain d-churn: the time of the function is over and this is still in the way: app one/JupyterLab/default. '
        + 'Delete again to go on. (log stream log-stream)',
    });
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.sagemaker.spaces).toEqual([]);
  });

  test('does not wait for a permission that is missing', async () => {
    aws.sagemaker.app('one');
    aws.fault = (operation) => (operation === 'SageMaker.DeleteApp' ? new Refusal('AccessDeniedException', 'not authorized to perform sagemaker:DeleteApp') : undefined);
    expect(await remove()).toMatchObject({
      Status: 'FAILED',
      Reason: 'AccessDeniedException: not authorized to perform sagemaker:DeleteApp (log stream log-stream)',
    });
  });

  test('deletes nothing more once CloudFormation was told that it failed', async () => {
    for (let i = 0; i < 5; i++) aws.sagemaker.app('one', `app-${i}`);
    let others = 4;
    aws.fault = (operation) => {
      if (operation !== 'SageMaker.DeleteApp') return undefined;
      return others-- > 0 ? new Refusal('ThrottlingException', 'Rate exceeded') : new Refusal('AccessDeniedException', 'no');
    };
    expect((await remove()).Status).toBe('FAILED');
    aws.fault = () => undefined;
    const atTheAnswer = aws.calls.length;
    await sleep(2_000);
    expect(aws.calls.slice(atTheAnswer)).toEqual([]);
  });

  test('may be called twice', async () => {
    aws.sagemaker.space('one');
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
  });

  test('may be called late, when the domain is gone', async () => {
    aws.sagemaker.domains.clear();
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
  });
});

describe('of a domain, with removal policy RETAIN', () => {
  const remove = () => stack.remove('StudioDomainContents', DOMAIN, { ...properties, RemovalPolicy: 'retain' });

  test('lets an empty domain go', async () => {
    aws.sagemaker.app('one', 'default', 'JupyterLab', 'Deleted');
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
  });

  test('stops while there is work of people, names it, and deletes nothing', async () => {
    aws.sagemaker.space('alice-space', 'alice');
    aws.sagemaker.app('alice-space');
    aws.sagemaker.profile('mallory');
    expect(await remove()).toMatchObject({
      Status: 'FAILED',
      Reason: 'Studio domain d-churn is kept because people\'s work is in it: app alice-space/JupyterLab/default, space alice-space, user profile mallory. '
        + 'Delete these in Studio or in the SageMaker console and delete again, or first deploy with removalPolicy DESTROY, which deletes them with their volumes. '
        + '(log stream log-stream)',
    });
    expect(aws.calls.filter((call) => call.includes('.Delete'))).toEqual([]);
  });

  test('waits for what people are deleting already', async () => {
    aws.sagemaker.app('one', 'default', 'JupyterLab', 'Deleting');
    aws.sagemaker.apps[0].looks = 2;
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
  });

  test('names the first of hundreds', async () => {
    for (let i = 0; i < 300; i++) aws.sagemaker.space(`space-${i}`);
    const { Reason } = await remove();
    expect(Reason).toContain('space space-7 and 292 more');
    expect(Reason.length).toBeLessThan(1024);
  });
});

describe('of users', () => {
  const users = (UserProfileNames: string[], RemovalPolicy = 'destroy') => ({ DomainId: DOMAIN, UserProfileNames, RemovalPolicy });
  const give = (...names: string[]) => {
    for (const name of names) {
      aws.sagemaker.profile(name);
      aws.sagemaker.space(`of-${name}`, name);
      aws.sagemaker.app(`of-${name}`);
    }
  };

  test('is named after the domain, whoever they are, and does nothing when it is made', async () => {
    expect(await stack.create('StudioUserContents', users(['alice']))).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'd-churn/users' });
    expect(aws.calls).toEqual([]);
  });

  test('deletes what they have, and nothing of anybody else', async () => {
    give('alice', 'bob', 'carol');
    expect(await stack.remove('StudioUserContents', 'd-churn/users', users(['alice', 'carol']))).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.sagemaker.spaces.map((space) => space.name)).toEqual(['of-bob']);
    expect(aws.sagemaker.apps.map((app) => app.status)).toEqual(['Deleted', 'InService', 'Deleted']);
    expect(aws.sagemaker.profiles.map((profile) => profile.name)).toEqual(['alice', 'bob', 'carol']);
  });

  test('says of a member from a form what there is to do there', async () => {
    aws.sagemaker.space('of-carol', 'carol');
    const ofForm = { ...users(['carol'], 'retain'), Remedy: 'Delete these in Studio or in the SageMaker console and terminate again' };
    expect((await stack.remove('StudioUserContents', 'd-churn/users', ofForm)).Reason)
      .toContain('user carol of Studio domain d-churn is kept because people\'s work is in it: space of-carol. Delete these in Studio or in the SageMaker console and terminate again.');
  });

  test('stops with removal policy RETAIN while one of them has something', async () => {
    aws.sagemaker.space('of-alice', 'alice');
    aws.sagemaker.space('of-bob', 'bob');
    const told = await stack.remove('StudioUserContents', 'd-churn/users', users(['alice', 'carol'], 'retain'));
    expect(told.Status).toBe('FAILED');
    expect(told.Reason).toContain('users alice, carol of Studio domain d-churn are kept because people\'s work is in it: space of-alice. ');
  });

  test('of an update deletes what those have who are removed, because CloudFormation deletes the profiles next', async () => {
    give('alice', 'bob');
    expect(await stack.update('StudioUserContents', 'd-churn/users', users(['bob']), users(['alice', 'bob']))).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.sagemaker.spaces.map((space) => space.name)).toEqual(['of-bob']);
  });

  test.each([['retain', 'destroy'], ['destroy', 'retain'], ['retain', 'retain']])('of an update from %s to %s deletes nothing, and says so', async (from, to) => {
    give('alice', 'bob');
    const told = await stack.update('StudioUserContents', 'd-churn/users', users(['bob'], to), users(['alice', 'bob'], from));
    expect(told).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('user alice of Studio domain d-churn is kept') });
    expect(aws.calls.filter((call) => call.includes('.Delete'))).toEqual([]);
  });

  test('of an update waits for what those are deleting who are removed', async () => {
    aws.sagemaker.app('of-alice', 'default', 'JupyterLab', 'Deleting');
    aws.sagemaker.space('of-alice', 'alice', 'Deleting');
    aws.sagemaker.apps[0].looks = 2;
    aws.sagemaker.spaces[0].looks = 2;
    expect(await stack.update('StudioUserContents', 'd-churn/users', users([], 'retain'), users(['alice'], 'retain'))).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.sagemaker.spaces).toEqual([]);
  });

  test('of an update that removes nobody looks at nothing', async () => {
    await stack.update('StudioUserContents', 'd-churn/users', users(['alice', 'bob']), users(['alice']));
    expect(aws.calls).toEqual([]);
  });

  test('of nobody deletes nothing, and not the whole domain', async () => {
    give('alice');
    const nobody = { DomainId: DOMAIN, RemovalPolicy: 'destroy' }; // a list that is empty may be left out
    expect(await stack.remove('StudioUserContents', 'd-churn/users', nobody)).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.calls.filter((call) => call.includes('.Delete'))).toEqual([]);
  });
});

test('an unknown custom resource is refused', async () => {
  expect(await stack.create('Other', {})).toMatchObject({ Status: 'FAILED', Reason: 'no such custom resource: Custom::Other (log stream log-stream)' });
});
