import { describe, expect, it } from 'vitest'
import type { Service } from '@aws-sdk/client-ecs'
import type { Declared, ServiceUpdate } from '../../../src/definition/definition.ts'
import { serviceChanges } from '../../../src/deploy/differences/serviceChanges.ts'
import { service, taskDefinition } from './declared.ts'
import { diff, linesOf, running } from './support.ts'

const plain: Declared = { taskDefinition: { ...taskDefinition, networkMode: 'awsvpc' }, updateServices: [service] }
const withSettings = (more: Partial<ServiceUpdate>): Declared => ({
  ...plain,
  updateServices: [{ ...service, ...more }],
})

/** Settings, and the same in another order, with AWS's defaults left out or filled in. */
const settings: [string, Partial<ServiceUpdate>, Partial<ServiceUpdate>][] = [
  [
    'a network',
    {
      networkConfiguration: {
        awsvpcConfiguration: { subnets: ['subnet-1', 'subnet-2'], securityGroups: ['sg-1', 'sg-2'] },
      },
    },
    {
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: ['subnet-2', 'subnet-1'],
          securityGroups: ['sg-2', 'sg-1'],
          assignPublicIp: 'DISABLED',
        },
      },
    },
  ],
  [
    'placement constraints',
    { placementConstraints: [{ type: 'distinctInstance' }, { type: 'memberOf', expression: 'attribute:a == b' }] },
    { placementConstraints: [{ type: 'memberOf', expression: 'attribute:a == b' }, { type: 'distinctInstance' }] },
  ],
  [
    'a deployment configuration',
    {
      deploymentConfiguration: {
        alarms: { alarmNames: ['a', 'b'], enable: true, rollback: true },
        maximumPercent: 150,
      },
    },
    {
      deploymentConfiguration: {
        alarms: { alarmNames: ['b', 'a'], enable: true, rollback: true },
        strategy: 'ROLLING',
      },
    },
  ],
]

describe('settings that a service has as they were sent are no difference in another order', () => {
  it.each(settings)('%s', async (_, sent, again) => {
    const staged = running(plain)
    staged.call('ecs', 'UpdateService', { ...service, ...sent })
    expect(linesOf(await diff(staged, withSettings(sent)))).toEqual([])
    expect(linesOf(await diff(staged, withSettings(again)))).toEqual([])
  })
})

describe('of the settings of a service', () => {
  const changesOf = (is: Service, declared: Partial<ServiceUpdate>): string[] =>
    serviceChanges({ service: 'web', ...declared }, is).map(({ path }) => path)

  it.each<[string, Service, Partial<ServiceUpdate>, string[]]>([
    [
      'capacity providers are told apart by their names, whose weights and bases have defaults',
      {
        capacityProviderStrategy: [
          { capacityProvider: 'a', weight: 1, base: 0 },
          { capacityProvider: 'b', weight: 0, base: 0 },
        ],
      },
      { capacityProviderStrategy: [{ capacityProvider: 'b' }, { capacityProvider: 'a', weight: 2 }] },
      ['capacityProviderStrategy/a/weight'],
    ],
    [
      'a member of the deployment configuration that is not declared stays',
      { deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 50, bakeTimeInMinutes: 5 } },
      { deploymentConfiguration: { maximumPercent: 150 } },
      ['deploymentConfiguration/maximumPercent'],
    ],
    [
      'a namespace is taken for the same where AWS answers with its ARN',
      {
        deployments: [
          {
            status: 'PRIMARY',
            serviceConnectConfiguration: {
              enabled: true,
              namespace: 'arn:aws:servicediscovery:us-east-1:123456789012:namespace/ns-1',
            },
          },
        ],
      },
      { serviceConnectConfiguration: { enabled: true, namespace: 'shop' } },
      [],
    ],
    [
      'services of Service Connect may be in any order',
      {
        deployments: [
          {
            status: 'PRIMARY',
            serviceConnectConfiguration: {
              enabled: true,
              services: [{ portName: 'http', discoveryName: 'http' }, { portName: 'grpc' }],
            },
          },
        ],
      },
      { serviceConnectConfiguration: { enabled: true, services: [{ portName: 'grpc' }, { portName: 'http' }] } },
      [],
    ],
    [
      'security groups that are left out are taken away',
      {
        networkConfiguration: {
          awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'DISABLED' },
        },
      },
      { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } } },
      ['networkConfiguration/awsvpcConfiguration/securityGroups'],
    ],
    ['the newest platform version is what a service has that says none', {}, { platformVersion: 'LATEST' }, []],
    ['a new deployment is no setting', {}, { forceNewDeployment: true }, []],
    ['what AWS does not show is not compared', {}, { monitoring: {} }, []],
    [
      'a load balancer is one whatever the order',
      {
        loadBalancers: [
          { targetGroupArn: 'b', containerName: 'web', containerPort: 80 },
          { targetGroupArn: 'a', containerName: 'web', containerPort: 80 },
        ],
      },
      {
        loadBalancers: [
          { targetGroupArn: 'a', containerName: 'web', containerPort: 81 },
          { targetGroupArn: 'b', containerName: 'web', containerPort: 80 },
        ],
      },
      ['loadBalancers/a/web/80', 'loadBalancers/a/web/81'],
    ],
  ])('%s', (_, is, declared, paths) => {
    expect(changesOf(is, declared)).toEqual(paths)
  })
})
