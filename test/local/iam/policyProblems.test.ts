import { expect, it } from 'vitest'
import { policyProblems } from '../../../src/local/iam/policyProblems.ts'

const of = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement })
const good = { Sid: 'One', Effect: 'Allow', Action: ['ecs:Describe*', 'ecs:ListTasks'], Resource: '*' }

it('takes what IAM takes', () => {
  expect(policyProblems(of(good))).toEqual([])
  expect(policyProblems(JSON.stringify({ Id: 'x', Statement: { ...good, Sid: '' } }))).toEqual([])
  const Condition = { 'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': ['a'] }, Null: { 'ecs:cluster': 'true' } }
  expect(policyProblems(of({ Effect: 'Deny', NotAction: '*', NotResource: ['arn:aws:s3:::b'], Condition }))).toEqual([])
})

it.each<[document: string, problems: string[]]>([
  ['{', ['It is not JSON.']],
  ['[]', ['It is not a JSON object.']],
  ['{}', ['Statement: there is none.']],
  [
    JSON.stringify({ Version: '2020-01-01', Statements: [], Statement: [] }),
    ['Statements: a policy has no such element.', 'Version: it is 2012-10-17.', 'Statement: there is none.'],
  ],
  [of(good, good), ['Statement: several have the Sid One.']],
  [
    of({ ...good, Resource: 'arn:aws:s3:::home/${aws:username}/*' }),
    ['Statement/0: the local AWS fills in no policy variables like ${aws:username}.'],
  ],
  [JSON.stringify({ Statement: ['x'] }), ['Statement/0: it is not an object.']],
  [
    of({ Sid: 'a b', Effect: 'allow', Principal: '*' }),
    [
      'Statement/0/Principal: a statement of an identity-based policy has no such element.',
      'Statement/0/Sid: it is letters and digits.',
      'Statement/0/Effect: it is Allow or Deny.',
      'Statement/0/Action: there is none.',
      'Statement/0/Resource: there is none.',
    ],
  ],
  [
    of({ Effect: 'Allow', Action: ['deploy', 3], NotResource: [], Condition: [] }),
    [
      'Statement/0/Action: "deploy" is not ecs:UpdateService, ecs:* or *.',
      'Statement/0/Action: 3 is not ecs:UpdateService, ecs:* or *.',
      'Statement/0/NotResource: there is none.',
      'Statement/0/Condition: it is not an object.',
    ],
  ],
  [
    of({ ...good, NotAction: '*', Resource: 'web', Condition: { NumericEquals: {}, StringLike: 'x', Foo: {} } }),
    [
      'Statement/0/Action: there is a NotAction, too.',
      'Statement/0/Resource: "web" is not an ARN or *.',
      'Statement/0/Condition/NumericEquals: the local AWS compares only texts, ARNs, Bool and Null.',
      'Statement/0/Condition/StringLike: it is not an object.',
      'Statement/0/Condition/Foo: the local AWS compares only texts, ARNs, Bool and Null.',
    ],
  ],
])('says what is wrong with %s', (document, problems) => {
  expect(policyProblems(document)).toEqual(problems)
})
