// What --local makes for a definition, so that a deploy of what AWS takes is not refused there.
import { expect, test } from 'vitest'
import type { Declared, ServiceUpdate } from '../../src/definition/definition.ts'
import { read } from '../../src/definition/read.ts'
import { localFixtures } from '../../src/commands/program/localFixtures.ts'
import { stage } from '../deploy/support.ts'

const group = (name: string) =>
  `arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/${name}/0123456789abcdef`
const loadBalancer = { targetGroupArn: group('blue'), containerName: 'web', containerPort: 80 }

function declared(update: Omit<ServiceUpdate, 'service'>, more: object = {}): Declared {
  return {
    taskDefinition: {
      family: 'web',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [
        { name: 'web', image: 'my_image:<image_tag>', portMappings: [{ name: 'http', containerPort: 80 }] },
      ],
      ...more,
    },
    updateServices: [{ cluster: 'prod', service: 'web', ...update }],
  }
}

test.each<[string, Declared, string[]]>([
  [
    'target groups of a blue/green deployment, with a hook',
    declared({
      loadBalancers: [
        {
          ...loadBalancer,
          advancedConfiguration: {
            alternateTargetGroupArn: group('green'),
            productionListenerRule: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/web/1/2/3',
            roleArn: 'arn:aws:iam::123456789012:role/ecs',
          },
        },
      ],
      deploymentConfiguration: {
        strategy: 'BLUE_GREEN',
        bakeTimeInMinutes: 1,
        maximumPercent: 100,
        minimumHealthyPercent: 100,
        lifecycleHooks: [
          {
            hookTargetArn: 'arn:aws:lambda:us-east-1:123456789012:function:hook',
            roleArn: 'arn:aws:iam::123456789012:role/hook',
            lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'],
          },
        ],
      },
      forceNewDeployment: true,
    }),
    ['target group blue', 'target group green'],
  ],
  [
    'target groups of instances',
    declared({ loadBalancers: [loadBalancer] }, { networkMode: 'bridge', requiresCompatibilities: ['EC2'] }),
    ['target group blue'],
  ],
  ['a load balancer for a grace period', declared({ healthCheckGracePeriodSeconds: 60 }), ['target group web']],
  [
    'a namespace by name',
    declared({ serviceConnectConfiguration: { enabled: true, namespace: 'shop', services: [{ portName: 'http' }] } }),
    ['namespace shop'],
  ],
  [
    'a namespace by ARN',
    declared({
      serviceConnectConfiguration: {
        enabled: true,
        namespace: 'arn:aws:servicediscovery:us-east-1:123456789012:namespace/ns-abcdefghijkl',
      },
    }),
    ['namespace ns-abcdefghijkl'],
  ],
  [
    'the default namespace of a cluster',
    declared({ serviceConnectConfiguration: { enabled: true } }),
    ['namespace prod'],
  ],
  [
    'a service on Fargate, of a revision that only may run there',
    declared(
      {
        platformVersion: 'LATEST',
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'], assignPublicIp: 'ENABLED' } },
      },
      { requiresCompatibilities: undefined },
    ),
    [],
  ],
])('%s', async (_, wanted, made) => {
  const { definition } = read(wanted, 'WebTask')
  const fixtures = localFixtures([definition])
  const { aws, deploy } = stage(wanted, { made: fixtures })
  const { outcome, problem } = await deploy('v1')
  expect({ outcome, problem }).toMatchObject({ outcome: 'succeeded' })
  const { targetGroups = [], namespaces = [] } = fixtures
  expect([
    ...targetGroups.map(({ arn }) => `target group ${arn.split('/')[1]}`),
    ...namespaces.map(({ namespace }) => `namespace ${namespace.split('/').at(-1)}`),
  ]).toEqual(made)
  expect(aws.provision(fixtures)).toEqual([])
})
