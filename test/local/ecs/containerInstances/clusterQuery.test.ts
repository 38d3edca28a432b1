import { expect, test } from 'vitest'
import { clusterQuery } from '../../../../src/local/ecs/containerInstances/clusterQuery.ts'

const small = {
  containerInstance: {
    ec2InstanceId: 'i-small',
    agentConnected: true,
    versionInfo: { agentVersion: '1.14.5' },
    registeredAt: Date.UTC(2018, 5, 18, 22, 28, 28) / 1000,
    runningTasksCount: 1,
    attributes: [
      { name: 'ecs.instance-type', value: 't2.small' },
      { name: 'ecs.availability-zone', value: 'us-east-1a' },
      { name: 'stack', value: 'prod' },
      { name: 'ssd' },
    ],
  },
  groups: ['service:production', 'family:job'],
}

test.each([
  'attribute:ecs.instance-type == t2.small',
  'attribute:ecs.instance-type equals t2.small',
  "attribute:ecs.instance-type == 't2.small'",
  'attribute:stack==prod',
  'attribute:stack != test',
  'attribute:ecs.instance-type =~ t2.*',
  'attribute:ecs.instance-type =~ t2.*|g2.*',
  'attribute:ecs.instance-type matches t[0-9].small',
  'attribute:ecs.instance-type !~ g2.*',
  'attribute:ecs.availability-zone in [us-east-1a, us-east-1b]',
  'attribute:ecs.availability-zone !in [us-east-1c]',
  'attribute:ecs.availability-zone not_in [us-east-1c]',
  'attribute:ssd exists',
  'attribute:hdd !exists',
  'attribute:hdd not_exists',
  'ec2InstanceId in [\'i-small\', "i-large"]',
  'ec2InstanceId =~ i-.*',
  'agentConnected == true',
  'agentVersion < 1.14.10',
  'agentVersion >= 1.14.5',
  'agentVersion != 1.15',
  'registeredAt < 2018-06-19',
  'registeredAt > 2018-06-18',
  'registeredAt == 2018-06-18T22:28:28',
  'registeredAt >= 2018-06-18T22:28:28+00:00',
  'runningTasksCount == 1',
  'runningTasksCount greater_than 0',
  'runningTasksCount <= 1.0',
  'task:group == service:production',
  'task:group != database',
  'not(task:group == database)',
  '!(task:group == database) && attribute:stack == prod',
  'attribute:stack == test or attribute:stack == prod and runningTasksCount == 1',
  '(attribute:stack == test || attribute:ssd exists) and not attribute:hdd exists',
])('%s is true of the instance', (expression) => {
  expect(clusterQuery(expression)(small)).toBe(true)
})

test.each([
  'attribute:ecs.instance-type == t2.large',
  'attribute:ecs.instance-type =~ t2',
  'attribute:hdd == yes',
  'attribute:hdd != yes',
  'attribute:ssd !exists',
  'attribute:stack not_equals prod',
  'ec2InstanceId not_in [i-small]',
  'agentConnected != true',
  'agentVersion < 1.9.0',
  'registeredAt < 2018-06-18',
  'runningTasksCount > 1',
  'runningTasksCount != 1',
  'task:group != family:job',
  '(attribute:stack == prod or attribute:ssd exists) and attribute:hdd exists',
])('%s is not true of the instance', (expression) => {
  expect(clusterQuery(expression)(small)).toBe(false)
})

test.each([
  '',
  'attribute:stack',
  'attribute:stack ==',
  'stack == prod',
  'attribute:stack == prod and',
  'attribute:stack == prod or or attribute:ssd exists',
  '(attribute:stack == prod',
  'attribute:stack == prod)',
  'attribute:stack == prod attribute:ssd exists',
  'attribute:stack = prod',
  'attribute:stack > prod',
  'attribute:stack =~ [',
  'attribute:stack =~ *',
  'attribute:stack in prod',
  'agentVersion =~ 1.*',
  'runningTasksCount == many',
  'runningTasksCount in [1]',
  'registeredAt < yesterday',
  'ec2InstanceId > i-1',
  'constructor == x',
  'attribute:stack constructor x',
])('%j is refused as no expression', (expression) => {
  expect(() => clusterQuery(expression)).toThrow(
    expect.objectContaining({ code: 'InvalidParameterException', message: `Invalid expression: '${expression}'.` }),
  )
})
