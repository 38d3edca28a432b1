// Runs once all other tests of this folder have.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, expect, inject, test } from 'vitest'

const python = inject('python') ?? { missing: 'None of the other tests of clients has run.' }
beforeEach(({ skip }) => skip(python.missing !== undefined, python.missing))

interface Judged {
  readonly count: number
  readonly problems: readonly string[]
}

/** What botocore's models say of the answers that were recorded in a folder. */
function judged(folder: string): Judged {
  const words = [fileURLToPath(new URL('answers.py', import.meta.url)), folder]
  const { stdout, stderr } = spawnSync(python.missing === undefined ? python.program : '', words, { encoding: 'utf8' })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

test('every answer that a client got has the members, types, enumerations, dates and statuses of botocore’s models', () => {
  const { count, problems } = judged(inject('answers'))
  expect(count).toBeGreaterThan(0)
  expect(problems).toEqual([])
})

test('an answer that deviates from its model is noticed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'answers-'))
  const recorded = (service: string, operation: string, body: string, more: object = {}): string =>
    JSON.stringify({ service, operation, status: 200, body: Buffer.from(body).toString('base64'), ...more })
  const service = {
    serviceName: 7,
    launchType: 'EC3',
    desiredCount: '2',
    enableExecuteCommand: 1,
    createdAt: 1_790_000_000_000,
    events: {},
    misspelt: true,
  }
  const answers = [
    recorded('ecs', 'DescribeServices', JSON.stringify({ services: [service] })),
    recorded('servicediscovery', 'GetNamespace', '{}', { status: 400, code: 'NamespaceNotFound' }),
    recorded(
      'route-53',
      'GetChange',
      '<R><ChangeInfo><Id>1</Id><Status>DONE</Status><SubmittedAt>soon</SubmittedAt><Who/></ChangeInfo></R>',
    ),
    recorded('ec2', 'DescribeInstances', '<R><reservationSet><member/></reservationSet></R>'),
    recorded('sns', 'CreateTopic', '<R><CreateTopicResult><Arn>x</Arn></CreateTopicResult></R>'),
  ]
  writeFileSync(join(folder, 'answers.jsonl'), answers.join('\n'))
  const { count, problems } = judged(folder)
  expect(count).toBe(5)
  expect(problems.map((problem) => problem.replace(/:.*/, ''))).toEqual([
    'ec2 DescribeInstances .reservationSet.member',
    'ecs DescribeServices .services[].createdAt',
    'ecs DescribeServices .services[].desiredCount',
    'ecs DescribeServices .services[].enableExecuteCommand',
    'ecs DescribeServices .services[].events',
    'ecs DescribeServices .services[].launchType',
    'ecs DescribeServices .services[].misspelt',
    'ecs DescribeServices .services[].serviceName',
    'route53 GetChange .ChangeInfo.Status',
    'route53 GetChange .ChangeInfo.SubmittedAt',
    'route53 GetChange .ChangeInfo.Who',
    'servicediscovery GetNamespace NamespaceNotFound',
    'sns CreateTopic .Arn',
  ])
})
