import { expect, it } from 'vitest'
import { holds } from '../../../src/local/iam/condition.ts'

const context = new Map([
  ['ecs:cluster', ['arn:aws:ecs:us-east-1:1:cluster/shop']],
  ['iam:passedtoservice', ['ecs-tasks.amazonaws.com']],
  ['ecs:enable-execute-command', ['true']],
  ['aws:tagkeys', ['team', 'stage']],
])

it.each<[condition: object, holding: boolean | undefined]>([
  [{}, true],
  [{ StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } }, true],
  [{ StringEquals: { 'iam:PassedToService': ['events.amazonaws.com', 'ecs-tasks.amazonaws.com'] } }, true],
  [{ StringEquals: { 'iam:PassedToService': 'ECS-tasks.amazonaws.com' } }, false],
  [{ StringEqualsIgnoreCase: { 'iam:PassedToService': 'ECS-tasks.amazonaws.com' } }, true],
  [{ StringNotEquals: { 'iam:PassedToService': 'events.amazonaws.com' } }, true],
  [{ StringNotEquals: { 'iam:PassedToService': ['events.amazonaws.com', 'ecs-tasks.amazonaws.com'] } }, false],
  [{ StringNotEquals: { 'ecs:service': 'web' } }, true],
  [{ StringLike: { 'iam:PassedToService': 'ecs-*' } }, true],
  [{ StringNotLike: { 'iam:PassedToService': 'ecs-*' } }, false],
  [{ StringEquals: { 'ecs:service': 'web' } }, false],
  [{ StringEqualsIfExists: { 'ecs:service': 'web' } }, true],
  [{ StringLikeIfExists: { 'iam:PassedToService': 'events.*' } }, false],
  [{ ArnEquals: { 'ecs:cluster': 'arn:aws:ecs:us-east-1:1:cluster/shop' } }, true],
  [{ ArnEquals: { 'ecs:cluster': 'arn:aws:ecs:us-east-1:1:cluster/other' } }, false],
  [{ ArnLike: { 'ECS:Cluster': 'arn:aws:ecs:*:*:cluster/*' } }, true],
  [{ ArnNotLike: { 'ecs:cluster': 'arn:aws:ecs:*:*:cluster/*' } }, false],
  [{ Bool: { 'ecs:enable-execute-command': 'true' } }, true],
  [{ Bool: { 'ecs:enable-execute-command': false } }, false],
  [{ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }, true],
  [{ Null: { 'ecs:cluster': 'false', 'ecs:service': 'true' } }, true],
  [{ Null: { 'ecs:cluster': true } }, false],
  [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'stage', 'owner'] } }, true],
  [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } }, false],
  [{ 'ForAllValues:StringEquals': { 'ecs:subnet': ['subnet-1'] } }, true],
  [{ 'ForAnyValue:StringLike': { 'aws:TagKeys': 't*' } }, true],
  [{ 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'owner' } }, false],
  [{ 'ForAnyValue:StringEquals': { 'ecs:subnet': 'subnet-1' } }, false],
  [{ 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': 'team' } }, true],
  [{ NumericLessThan: { 'ecs:task-cpu': '1024' } }, undefined],
  [{ BoolNot: { 'ecs:enable-execute-command': 'true' } }, undefined],
  [{ NumericLessThan: { 'ecs:task-cpu': '1024' }, StringEquals: { 'iam:PassedToService': 'x' } }, false],
])('%j is %s', (condition, holding) => {
  expect(holds(condition, context)).toBe(holding)
})
