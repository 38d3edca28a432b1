import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { World } from '../../../src/local/world/world.ts'
import { worldProblem } from '../../../src/local/world/worldProblem.ts'
import { localAws, minutes, Refusal } from '../support.ts'
import type { TestAws } from '../support.ts'

/** Numbers that somebody may send, sensible ones among them. */
const number = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.constantFrom(-1, 0.5, 1e300, -1e300, 5000.5, 2_147_483_647, 2_147_483_648, 9e15, Number.MAX_SAFE_INTEGER),
  fc.double(),
)

type Call = (aws: TestAws, numbers: readonly number[]) => unknown

const web = { name: 'web', image: 'web:v1', memory: 64 }
const calls: Record<string, Call> = {
  register: (aws, [memory, interval, retries, startPeriod]) =>
    aws.call('ecs', 'RegisterTaskDefinition', {
      family: 'web',
      containerDefinitions: [{ ...web, memory, healthCheck: { command: ['CMD'], interval, retries, startPeriod } }],
    }),
  create: (aws, [desiredCount, healthCheckGracePeriodSeconds, index]) =>
    aws.call('ecs', 'CreateService', {
      serviceName: `s${index}`,
      taskDefinition: 'web',
      desiredCount,
      healthCheckGracePeriodSeconds,
    }),
  update: (aws, [desiredCount, minimumHealthyPercent, maximumPercent]) =>
    aws.call('ecs', 'UpdateService', {
      service: 's1',
      desiredCount,
      deploymentConfiguration: { minimumHealthyPercent, maximumPercent },
      forceNewDeployment: true,
    }),
  bake: (aws, [bakeTimeInMinutes, canaryPercent, canaryBakeTimeInMinutes]) =>
    aws.call('ecs', 'UpdateService', {
      service: 's1',
      deploymentConfiguration: {
        strategy: 'CANARY',
        bakeTimeInMinutes,
        canaryConfiguration: { canaryPercent, canaryBakeTimeInMinutes },
      },
      forceNewDeployment: true,
    }),
  run: (aws, [count, cpu, memory]) =>
    aws.call('ecs', 'RunTask', {
      taskDefinition: 'web',
      count,
      overrides: { cpu: String(cpu), memory: String(memory) },
    }),
  provision: (aws, [cpu, memory, index]) => {
    const containerInstances = [{ ec2InstanceId: `i-${index}`, cpu, memory }]
    aws.handle({ method: 'POST', path: '/_local/provision', headers: {}, body: JSON.stringify({ containerInstances }) })
  },
  targets: (aws, [HealthCheckIntervalSeconds, HealthyThresholdCount, Port]) =>
    aws.call('elbv2', 'CreateTargetGroup', {
      Name: 'web',
      Protocol: 'HTTP',
      VpcId: 'vpc-1',
      Port,
      HealthCheckIntervalSeconds,
      HealthyThresholdCount,
    }),
  logs: (aws, [timestamp]) =>
    aws.call('logs', 'PutLogEvents', {
      logGroupName: 'g',
      logStreamName: 's',
      logEvents: [{ message: 'x', timestamp }],
    }),
}

test('whatever numbers anybody sends, the world that is saved can be loaded, goes on and comes to the same', () => {
  const step = fc.tuple(fc.constantFrom(...Object.keys(calls)), fc.tuple(number, number, number, number))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const aws = localAws()
      const sensible = { family: 'web', containerDefinitions: [web] }
      aws.call('ecs', 'CreateCluster', {})
      aws.call('ecs', 'RegisterTaskDefinition', sensible)
      aws.call('ecs', 'CreateService', { serviceName: 's1', taskDefinition: 'web', desiredCount: 1 })
      for (const [name, numbers] of steps) {
        try {
          calls[name]!(aws, numbers)
        } catch (error) {
          if (!(error instanceof Refusal) || error.status !== 400) throw error
        }
        aws.advance(minutes(1))
      }
      const text = JSON.stringify(aws.world)
      expect(worldProblem(JSON.parse(text))).toBeUndefined()
      const next = localAws({ world: JSON.parse(text) as World })
      for (const one of [aws, next]) one.advance(minutes(90))
      expect(JSON.parse(JSON.stringify(next.world))).toEqual(JSON.parse(JSON.stringify(aws.world)))
      expect([aws.warnings, next.warnings]).toEqual([[], []])
    }),
    { numRuns: 60 },
  )
})
