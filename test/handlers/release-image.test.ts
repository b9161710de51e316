import { randomBytes } from 'crypto';
import { Answer, Refusal } from './fake-aws/answer';
import { EmulatedAws } from './fake-aws/emulated-aws';
import { FakeRegistry } from './fake-aws/fake-registry';
import { AWS_IMAGE, GROUP, OWN_IMAGE, ReleaseStage } from './fake-aws/release-stage';

const aws = new EmulatedAws();
const stage = new ReleaseStage(aws);
const OWN = `${EmulatedAws.ACCOUNT}/churn`;
const layers = [randomBytes(2500), randomBytes(1000), randomBytes(10)];
let digest: string;

beforeAll(() => aws.start(), 200_000);
afterAll(() => aws.stop());
beforeEach(async () => {
  await stage.set();
  digest = stage.registry.push(OWN, '1.0', layers);
  stage.container.Image = `${OWN_IMAGE}:1.0`;
  stage.container.ImageDigest = digest;
});
afterEach(() => stage.strike());

const releases = () => stage.registry.repository(`${EmulatedAws.ACCOUNT}/releases`);
const RELEASED = `${EmulatedAws.ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/releases`;
const of = (action: string) => aws.operations().filter((operation) => operation === `AmazonEC2ContainerRegistry.${action}`).length;

describe('an image of this account', () => {
  test('is copied by its digest, with a tag that says of which version it is', async () => {
    const { release } = await stage.run();
    expect(release!.image).toBe(`${RELEASED}@${digest}`);
    expect(releases().images.get(digest)).toEqual(stage.registry.repository(OWN).images.get(digest));
    expect(Object.fromEntries(releases().tags)).toEqual({ [`${GROUP}-3-${digest.slice(7, 19)}`]: digest });
    for (const layer of layers) expect(releases().blobs.get(FakeRegistry.digest(layer))).toEqual(layer);
  });

  test('is never in memory as a whole', async () => {
    await stage.run();
    expect(stage.registry.longestPart).toBe(1000);
    expect(of('UploadLayerPart')).toBe(3 + 1 + 1 + 1); // three layers, and the description
  });

  test('is copied once', async () => {
    await stage.run();
    const { code } = await stage.run();
    expect([code, of('CompleteLayerUpload')]).toEqual([0, 4]);
  });

  test('shares the layers that are there already', async () => {
    releases().blobs.set(FakeRegistry.digest(layers[0]), layers[0]);
    await stage.run();
    expect(of('CompleteLayerUpload')).toBe(3);
  });

  test('whose tag was moved is released as it was registered', async () => {
    stage.registry.push(OWN, '1.0', [randomBytes(20)]);
    expect((await stage.run()).release!.image).toBe(`${RELEASED}@${digest}`);
  });

  test('of which only the tag is known is looked up', async () => {
    delete stage.container.ImageDigest;
    expect((await stage.run()).release!.image).toBe(`${RELEASED}@${digest}`);
  });

  test('of which only the tag is known is not released when the tag moves meanwhile', async () => {
    delete stage.container.ImageDigest;
    stage.at(1, 'AmazonEC2ContainerRegistry.PutImage', () => stage.registry.push(OWN, '1.0', [randomBytes(20)]));
    expect((await stage.run()).failed).toContain(`the tag of the image ${OWN_IMAGE}:1.0 was moved while it was copied: release again`);
  });

  test('may be named by its digest', async () => {
    Object.assign(stage.container, { Image: `${OWN_IMAGE}@${digest}`, ImageDigest: undefined });
    expect((await stage.run()).release!.image).toBe(`${RELEASED}@${digest}`);
    expect(of('BatchGetImage')).toBe(1);
  });
});

describe('an image of AWS', () => {
  test('stays where it is', async () => {
    Object.assign(stage.container, { Image: `${AWS_IMAGE}:1.7-1`, ImageDigest: digest });
    expect((await stage.run()).release!.image).toBe(`${AWS_IMAGE}@${digest}`);
    expect(aws.operations().filter((operation) => operation.includes('Registry'))).toEqual([]);
  });

  test('of which only the tag is known is looked up where it is', async () => {
    const theirs = stage.registry.push('141502667606/sagemaker-xgboost', '1.7-1', [randomBytes(20)]);
    Object.assign(stage.container, { Image: `${AWS_IMAGE}:1.7-1`, ImageDigest: undefined });
    expect((await stage.run()).release!.image).toBe(`${AWS_IMAGE}@${theirs}`);
  });
});

describe('what comes between', () => {
  test.each<[string, string, number, Refusal | Answer]>([
    ['a busy registry', 'AmazonEC2ContainerRegistry.UploadLayerPart', 2, new Refusal('ThrottlingException', 'Rate exceeded')],
    ['a part whose answer was lost', 'AmazonEC2ContainerRegistry.UploadLayerPart', 2, new Refusal('InvalidLayerPartException', 'sent already')],
    ['an upload that was forgotten', 'AmazonEC2ContainerRegistry.CompleteLayerUpload', 1, new Refusal('UploadNotFoundException', 'gone')],
  ])('%s does not stop the copy', async (_, operation, n, fault) => {
    stage.at(n, operation, () => fault);
    expect(await stage.run()).toMatchObject({ code: 0, failed: '' });
    for (const layer of layers) expect(releases().blobs.get(FakeRegistry.digest(layer))).toEqual(layer);
  }, 20_000);

  test.each<[string, Answer]>([
    ['breaks off', Answer.none()], ['has expired', new Answer(403, 'application/xml', '')], ['brings something else', new Answer(200, 'application/octet-stream', 'else')],
  ])('a download that %s begins anew', async (_, answer) => {
    let times = 0;
    stage.onCall = ({ path }) => (path.startsWith('/layers/') && ++times === 1 ? answer : undefined);
    expect(await stage.run()).toMatchObject({ code: 0, failed: '' });
    for (const layer of layers) expect(releases().blobs.get(FakeRegistry.digest(layer))).toEqual(layer);
  });

  test('a layer that arrived though its answer was lost is not sent again', async () => {
    stage.at(1, 'AmazonEC2ContainerRegistry.CompleteLayerUpload', ({ body }) => {
      stage.registry.call('CompleteLayerUpload', JSON.parse(body.toString()) as Record<string, never>);
      return new Refusal('UploadNotFoundException', 'gone');
    });
    await stage.run();
    expect(of('InitiateLayerUpload')).toBe(4);
  });

  test('a download that never comes is told by its host', async () => {
    stage.onCall = ({ path }) => (path.startsWith('/layers/') ? new Answer(403, 'application/xml', '') : undefined);
    expect((await stage.run()).failed).toMatch(/the layer sha256:[0-9a-f]{64} could not be downloaded from 127\.0\.0\.1:\d+: HTTP 403/);
  });
});

describe('nothing is released', () => {
  test.each(['application/vnd.docker.distribution.manifest.list.v2+json', 'application/vnd.oci.image.index.v1+json'])('of an index, %s', async (type) => {
    stage.container.ImageDigest = stage.registry.push(OWN, '1.0', [], type);
    expect((await stage.run()).failed).toContain('is an index of images for several platforms: register the version with the image for one of them');
  });

  test('of an image of an old kind', async () => {
    stage.container.ImageDigest = stage.registry.push(OWN, '1.0', [], 'application/vnd.docker.distribution.manifest.v1+prettyjws');
    expect((await stage.run()).failed).toContain('has a manifest of another kind, application/vnd.docker.distribution.manifest.v1+prettyjws');
  });

  test('of an image that is not there', async () => {
    stage.container.ImageDigest = `sha256:${'0'.repeat(64)}`;
    expect((await stage.run()).failed).toContain(`there is no image sha256:${'0'.repeat(64)} in ${OWN_IMAGE}: Requested image not found`);
  });

  test('of an image in another region', async () => {
    stage.container.Image = `${OWN_IMAGE}:1.0`.replace('eu-west-1', 'eu-west-2');
    expect((await stage.run()).failed).toContain('is in eu-west-2, and must be in eu-west-1');
  });

  test.each([
    ['BatchGetImage', 'churn'], ['GetDownloadUrlForLayer', 'churn'], ['BatchCheckLayerAvailability', 'releases'], ['InitiateLayerUpload', 'releases'],
    ['UploadLayerPart', 'releases'], ['CompleteLayerUpload', 'releases'], ['PutImage', 'releases'],
  ])('when %s is refused, which is told with the repository %s', async (action, repository) => {
    stage.at(1, `AmazonEC2ContainerRegistry.${action}`, () => new Refusal('AccessDeniedException', 'not you'));
    expect(await stage.run()).toMatchObject({
      code: 1, failed: `Nothing is released: AccessDeniedException: ecr:${action} on the repository ${repository} of 111111111111 in eu-west-1: not you`,
    });
  });
});
