import { join } from 'path';
import { CatalogStatement, catalogStatements } from './catalog-policies';
import { KeysSent, keysThatAreNotSent } from './condition-keys';
import { dataByPatterns } from './data-plane';
import { OTHER_FORMS } from './reference';
import { allowedInOneForm, Fit, fitOf } from './resource-patterns';
import { compare, readExplanations } from '../explained';
import { printFigures } from '../figures';

let statements: CatalogStatement[];
let fit: Fit;
let inOneForm: string[];
let unused: string[];
let keys: KeysSent;
let data: string[];

beforeAll(async () => {
  statements = catalogStatements();
  fit = await fitOf(statements);
  inOneForm = await allowedInOneForm(statements);
  unused = OTHER_FORMS.filter((form) => !fit.otherForms.has(form)).map(({ arnFormat }) => arnFormat);
  keys = await keysThatAreNotSent(statements);
  data = await dataByPatterns(statements);
}, 300_000);

test('every action of a policy fits a resource beside it, and every resource that is allowed an action', () => {
  expect(fit.misfits).toEqual([]);
});

test('what AWS writes in two forms is allowed in both', () => {
  expect(inOneForm).toEqual([]);
});

test('every form beside the reference\'s is in use', () => {
  expect(unused).toEqual([]);
});

test('every action sends every condition key of its statement, with every resource of it', () => {
  expect(keys.notSent).toEqual([]);
});

test('no pattern of actions allows anything of the data of a service from outside the network, but for a reason', () => {
  expect(compare(data, readExplanations(join(__dirname, 'data-by-patterns.json')))).toEqual({ unexplained: [], stale: [] });
});

afterAll(() => printFigures('service authorization reference', {
  'statements': statements.length,
  'patterns asked': fit.asked,
  'condition keys asked': keys.asked,
  'differences': fit.misfits.length + inOneForm.length + keys.notSent.length,
  'other forms explained': OTHER_FORMS.length,
}));
