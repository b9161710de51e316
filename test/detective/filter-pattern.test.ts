import { matches } from './filter-pattern';

/** The examples of the page, with the answers that it gives. */
const TRAIL = {
  eventType: 'UpdateTrail', sourceIPAddress: '111.111.111.111', arrayKey: ['value', 'another value'], objectList: [{ name: 'a', id: 1 }, { name: 'b', id: 2 }],
};
const PEOPLE = {
  user: { id: 1, email: 'John.Stiles@example.com' },
  users: [{ id: 2, email: 'John.Doe@example.com' }, { id: 3, email: 'Jane.Doe@example.com' }],
  actions: ['GET', 'PUT', 'DELETE'],
  coordinates: [[0, 1, 2], [4, 5, 6], [7, 8, 9]],
};

test.each<[string, object, boolean]>([
  ['{ $.eventType = "UpdateTrail" }', TRAIL, true],
  ['{ $.sourceIPAddress != 123.123.* }', TRAIL, true],
  ['{ $.arrayKey[0] = "value" }', TRAIL, true],
  ['{ $.objectList[1].id = 2 }', TRAIL, true],
  ['{ $.SomeOtherObject NOT EXISTS }', TRAIL, true],
  ['{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', PEOPLE, true],
  ['{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }', PEOPLE, false],
  ['{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch && $.actions[2] = nomatch }', PEOPLE, true],
  ['{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch) && $.actions[2] = nomatch }', PEOPLE, false],
])('%s is answered as AWS says', (pattern, event, answer) => {
  expect(matches(pattern, event)).toBe(answer);
});

test.each([
  ['{ $.users = 1 }', '$.users must lead to a value, not to a list or an object'],
  ['{ $.user.email = "John*com" }', 'A wildcard is taken as such only at an end: John*com'],
  ['{ $.user.id > 1 }', 'Not understood: $.user.id >'],
])('%s is not guessed', (pattern, message) => {
  expect(() => matches(pattern, PEOPLE)).toThrow(message);
});
