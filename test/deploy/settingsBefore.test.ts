import { expect, it } from 'vitest'
import type { ServiceUpdate } from '../../src/definition/definition.ts'
import {
  besideRevision,
  differing,
  irreversible,
  settingsBefore,
  startsDeployment,
} from '../../src/deploy/settingsBefore.ts'

const web = { cluster: 'c', service: 'web' }

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRevision.html */
const ofRevision = [
  'capacityProviderStrategy',
  'loadBalancers',
  'networkConfiguration',
  'platformVersion',
  'serviceConnectConfiguration',
  'serviceRegistries',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
]

it.each(ofRevision)('%s comes back with ECS’s own rollback, and takes a deployment otherwise', (member) => {
  const settings = { [member]: [] } as Partial<ServiceUpdate>
  expect(besideRevision({ ...web, ...settings })).toBeUndefined()
  expect(startsDeployment(settings)).toBe(true)
})

it.each([
  { desiredCount: 3 },
  { enableExecuteCommand: true },
  { healthCheckGracePeriodSeconds: 5 },
  { placementStrategy: [] },
  { deploymentConfiguration: {} },
])('%j stays after ECS’s own rollback, and takes no deployment', (settings) => {
  expect(besideRevision({ ...web, taskDefinition: 'web:1', ...settings })).toEqual({ ...web, ...settings })
  expect(startsDeployment(settings)).toBe(false)
})

it.each<[Partial<ServiceUpdate>, object]>([
  [{ healthCheckGracePeriodSeconds: 60 }, { healthCheckGracePeriodSeconds: 0 }],
  [{ enableExecuteCommand: true }, { enableExecuteCommand: false }],
  [{ enableECSManagedTags: true }, { enableECSManagedTags: false }],
  [{ propagateTags: 'SERVICE' }, { propagateTags: 'NONE' }],
  [{ loadBalancers: [{ containerName: 'web' }] }, { loadBalancers: [] }],
  [{ serviceRegistries: [{ port: 1 }] }, { serviceRegistries: [] }],
  [{ placementConstraints: [{ type: 'distinctInstance' }] }, { placementConstraints: [] }],
  [{ placementStrategy: [{ type: 'random' }] }, { placementStrategy: [] }],
  [{ availabilityZoneRebalancing: 'ENABLED' }, { availabilityZoneRebalancing: 'DISABLED' }],
  [{ serviceConnectConfiguration: { enabled: true } }, { serviceConnectConfiguration: { enabled: false } }],
  [
    {
      deploymentConfiguration: {
        bakeTimeInMinutes: 5,
        lifecycleHooks: [{}],
        deploymentCircuitBreaker: { enable: true, rollback: true },
      },
    },
    {
      deploymentConfiguration: {
        bakeTimeInMinutes: 0,
        lifecycleHooks: [],
        deploymentCircuitBreaker: { enable: false, rollback: false },
      },
    },
  ],
  [
    { deploymentConfiguration: { earlySuccessCriteria: { enable: true } } },
    { deploymentConfiguration: { earlySuccessCriteria: { enable: false } } },
  ],
])('%j is put back to %j where it was not there', (declared, before) => {
  expect(settingsBefore({ ...web, ...declared }, {})).toEqual({ ...web, ...before })
})

it('what was there is put back as it was, and what AWS cannot be told is left out', () => {
  const before = { desiredCount: 2, enableExecuteCommand: true, deploymentConfiguration: { maximumPercent: 150 } }
  const declared = {
    desiredCount: 4,
    enableExecuteCommand: false,
    platformVersion: '1.4.0',
    deploymentConfiguration: {},
  }
  expect(settingsBefore({ ...web, ...declared, forceNewDeployment: true }, before)).toEqual({ ...web, ...before })
})

it.each([
  [[], {}],
  [[{ containerName: 'web' }], { healthCheckGracePeriodSeconds: 30 }],
])('behind load balancers %j a grace period is put back as %j: without one AWS takes none', (loadBalancers, back) => {
  const before = { loadBalancers, healthCheckGracePeriodSeconds: 30 }
  expect(settingsBefore({ ...web, healthCheckGracePeriodSeconds: 60 }, before)).toEqual({ ...web, ...back })
})

it('only what is not so differs', () => {
  const service = { desiredCount: 2, enableExecuteCommand: true }
  expect(differing({ desiredCount: 2, enableExecuteCommand: false, propagateTags: 'NONE' }, service)).toEqual({
    enableExecuteCommand: false,
  })
})

it.each<[object, object, string | undefined]>([
  [{ networkConfiguration: {} }, {}, 'gets a network configuration, which UpdateService cannot remove'],
  [{ networkConfiguration: {} }, { networkConfiguration: {} }, undefined],
  [
    { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }] },
    { launchType: 'EC2' },
    'leaves the launch type EC2, which UpdateService cannot set',
  ],
  [
    { capacityProviderStrategy: [{ capacityProvider: 'green' }] },
    { launchType: 'FARGATE' },
    'leaves the launch type FARGATE, which UpdateService cannot set',
  ],
  [{ capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] }, { launchType: 'FARGATE' }, undefined],
  [{ capacityProviderStrategy: [{ capacityProvider: 'green' }] }, { launchType: 'EC2' }, undefined],
  [{ capacityProviderStrategy: [{ capacityProvider: 'green' }] }, {}, undefined],
  [{ capacityProviderStrategy: [] }, { launchType: 'FARGATE' }, undefined],
])('%j of a service with %j: %s', (declared, before, expected) => {
  expect(irreversible({ ...web, ...declared }, before)).toBe(expected)
})
