import { withShortPolicies } from '../../src/templates/private/short-policies';

const short = (statement: object) => withShortPolicies({ PolicyDocument: { Statement: [statement] } });
const written = (statement: object) => ({ PolicyDocument: { Statement: [statement] } });
const OWN = { 'Fn::Sub': 'arn:aws-us-gov:iam::${AWS::AccountId}:root' };

describe('a statement', () => {
  test('that allows needs no id', () => {
    expect(short({ Sid: 'Readers', Effect: 'Allow', Action: 's3:GetObject' })).toEqual(written({ Effect: 'Allow', Action: 's3:GetObject' }));
  });

  test('that denies keeps it: people look a denial up by it', () => {
    const denial = { Sid: 'DenyForeignSubnets', Effect: 'Deny', Action: 's3:*' };
    expect(short(denial)).toEqual(written(denial));
  });
});

describe('a principal', () => {
  test('that is the whole of the own account is its number', () => {
    expect(short({ Effect: 'Allow', Principal: { AWS: OWN } })).toEqual(written({ Effect: 'Allow', Principal: { AWS: { Ref: 'AWS::AccountId' } } }));
  });

  test('that is the whole of another account is that number, in a list as well', () => {
    expect(short({ Effect: 'Deny', Principal: { AWS: ['arn:aws:iam::111111111111:root', OWN] } }))
      .toEqual(written({ Effect: 'Deny', Principal: { AWS: ['111111111111', { Ref: 'AWS::AccountId' }] } }));
  });

  test.each([
    ['everybody', '*'],
    ['a service', { Service: 'sagemaker.amazonaws.com' }],
    ['a role', { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/churn--studio' } }],
    ['a role of another account', { AWS: 'arn:aws:iam::111111111111:role/root' }],
  ])('that is %s stays as it is', (_, Principal) => {
    expect(short({ Effect: 'Allow', Principal })).toEqual(written({ Effect: 'Allow', Principal }));
  });
});

test('a root that is no principal stays an ARN: conditions compare texts', () => {
  const condition = { Effect: 'Deny', Condition: { ArnNotEquals: { 'aws:PrincipalArn': OWN } } };
  expect(short(condition)).toEqual(written(condition));
});

test('what is no statement stays as it is', () => {
  expect(withShortPolicies({ Sid: 'Here', Value: [{ Sid: 'There' }] })).toEqual({ Sid: 'Here', Value: [{ Sid: 'There' }] });
});
