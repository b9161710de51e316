import { TextClasses } from './classes';
import { RequestSymbols } from './request-symbols';
import { weigh } from './statements';
import { literal } from './terms';
import { Vocabulary } from './vocabulary';
import { churn } from '../../access/churn-app';
import { PolicyDocument } from '../../access/policy-document';
import { Solver } from '../solver';

const policyOf = (Resource: string[]): PolicyDocument => ({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource }] });

async function classesOf(...documents: PolicyDocument[]): Promise<{ request: RequestSymbols; classes: TextClasses }> {
  const request = new RequestSymbols(documents);
  const vocabulary = await Vocabulary.of('s3', ['arn:aws:s3:::b', 'arn:aws:s3:::b/x']);
  for (const document of documents) weigh(document, request, vocabulary);
  return { request, classes: new TextClasses(request) };
}

test('texts that no pattern tells apart are one class, and there is one for each way in which patterns overlap', async () => {
  const { classes } = await classesOf(policyOf(['arn:aws:s3:::b/*', 'arn:aws:s3:::*/c', 'arn:aws:s3:::b/c']));

  expect(Object.fromEntries(classes.all().map(([, { example, holding }]) => [example, holding.size]))).toEqual({
    '': 0, 'arn:aws:s3:::/c': 1, 'arn:aws:s3:::b/': 1, 'arn:aws:s3:::b/c': 3, 'arn:aws:s3:::b//c': 2,
  });
});

test('what the classes of the app\'s own bucket policies say of a text, z3 says of it too', async () => {
  const { request, classes } = await classesOf(...[...churn().reader.bucketPolicies().values()].map(({ document }) => document));
  const checks = classes.all().flatMap(([text, { example, holding }]) => request.atoms.filter((atom) => atom.text === text)
    .map((atom) => `(simplify (let ((${text} ${literal(example)})) (= ${request.meaning(atom)} ${holding.has(atom.name)})))`));
  const answers = (await Solver.start()).values([...request.declarations(), ...checks]);

  expect(answers.length).toBeGreaterThan(500);
  expect(new Set(answers)).toEqual(new Set(['true']));
});
