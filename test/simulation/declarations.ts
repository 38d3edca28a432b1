import type { Declared } from '../../src/definition/definition.ts'
import type { Random } from './random.ts'

/** A class as a scenario declares it. */
export interface Declaration {
  readonly name: string
  readonly declared: Declared & { readonly activeTaskCount: number }
}

export const clusters = ['shop', 'back'] as const
export const clusterArn = (name: string): string => `arn:aws:ecs:us-east-1:123456789012:cluster/${name}`
export const roleArn = 'arn:aws:iam::123456789012:role/ecsEventsRole'
export const topicArn = 'arn:aws:sns:us-east-1:123456789012:deploys'
export const targetGroupArn = (name: string): string =>
  `arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/${name}/0123456789abcdef`
/** What every main container listens at, whether or not there is a load balancer before it. */
export const containerPort = 80
export const portMappings = [{ containerPort }]
export const imageOf = (family: string, tag: string): string => `registry.example.com/${family}:${tag}`

/** One to three classes, up to three services in all; their families may coincide. */
export function definitionsOf(chance: Random): Declaration[] {
  const count = chance.pick([1, 1, 1, 2, 2, 3])
  const families = ['web', 'worker', 'cron']
  const usedServices: string[] = []
  const usedTargets: Record<string, number> = {}
  return Array.from({ length: count }, (_, index) => {
    const family = chance.chance(0.25) ? families[0]! : families[index]!
    const services = chance.pick([0, 1, 1, 1, 2, 3])
    return {
      name: `Task${index}`,
      declared: {
        taskDefinition: taskDefinitionOf(chance, family),
        updateServices: Array.from({ length: services }, () => serviceUpdateOf(chance, usedServices)),
        runTasks: Array.from({ length: chance.pick([0, 0, 1, 1, 2]) }, () => taskRunOf(chance, family)),
        eventTargets: Array.from({ length: chance.pick([0, 0, 1, 1, 2]) }, () =>
          eventTargetOf(chance, family, usedTargets),
        ).filter(({ Targets }) => Targets.length > 0),
        activeTaskCount: chance.pick([1, 1, 2, 3, 5, 10]),
        ...(chance.chance(0.15) && { snsNotificationTopicArn: topicArn }),
      },
    }
  })
}

/** A secret that can be found wherever it turns up. */
const secretOf = (chance: Random): string => `s3cr3t${chance.integer(100_000, 999_999)}`

function taskDefinitionOf(chance: Random, family: string): Declared['taskDefinition'] {
  const hasSecret = chance.chance(0.25)
  return {
    family,
    containerDefinitions: [
      {
        name: family,
        image: imageOf(family, '<image_tag>'),
        memory: 128,
        portMappings,
        environment: [
          { name: 'MODE', value: `mode-${chance.integer(1, 9)}` },
          ...(hasSecret
            ? [{ name: chance.pick(['DB_PASSWORD', 'API_TOKEN', 'SIGNING_KEY']), value: secretOf(chance) }]
            : []),
        ],
        ...(chance.chance(0.3) && { healthCheck: { command: ['CMD', 'true'], interval: 10 } }),
      },
      ...(chance.chance(0.25)
        ? [{ name: 'sidecar', image: 'sidecar:1', memory: 64, essential: chance.chance(0.5) }]
        : []),
    ],
    ...(chance.chance(0.2) && { tags: [{ key: 'team', value: 'blue' }] }),
  }
}

type ServiceUpdate = NonNullable<Declared['updateServices']>[number]
type TaskRun = NonNullable<Declared['runTasks']>[number]
type EventTarget = NonNullable<Declared['eventTargets']>[number]

function serviceUpdateOf(chance: Random, used: string[]): ServiceUpdate {
  const service = `service-${used.length}`
  used.push(service)
  return {
    cluster: chance.pick([clusters[0], clusters[0], clusters[0], clusters[1]]),
    service,
    ...(chance.chance(0.2) && { desiredCount: chance.integer(0, 5) }),
    ...(chance.chance(0.15) && {
      deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: chance.pick([100, 150, 200]) },
    }),
    ...(chance.chance(0.1) && { forceNewDeployment: true }),
  }
}

function taskRunOf(chance: Random, family: string): TaskRun {
  return {
    cluster: chance.pick([clusters[0], clusters[0], clusters[1]]),
    ...(chance.chance(0.4) && { count: chance.integer(1, 3) }),
    overrides: {
      containerOverrides: [
        {
          name: family,
          command: ['./manage.py', chance.pick(['migrate', 'warm', 'check'])],
          ...(chance.chance(0.1) && { environment: [{ name: 'ADMIN_PASSWORD', value: secretOf(chance) }] }),
        },
      ],
    },
  }
}

/** A rule has at most five targets, whoever put them there, so at most three of an entry's are declared. */
function eventTargetOf(chance: Random, family: string, used: Record<string, number>): EventTarget {
  const bus = chance.chance(0.12) ? 'orders' : undefined
  const Rule = `rule-${chance.integer(0, 2)}`
  const key = `${bus} ${Rule}`
  const from = used[key] ?? 0
  const count = Math.min(chance.integer(1, 3), 4 - from)
  used[key] = from + Math.max(count, 0)
  return {
    Rule,
    ...(bus && { EventBusName: bus }),
    Targets: Array.from({ length: Math.max(count, 0) }, (_, index) => {
      const Id = `target-${from + index}`
      if (chance.chance(0.25)) {
        return { Id, Arn: 'arn:aws:lambda:us-east-1:123456789012:function:audit', Input: '{"from":"schedule"}' }
      }
      const Input = JSON.stringify({
        containerOverrides: [{ name: family, environment: [{ name: 'TOKEN', value: secretOf(chance) }] }],
      })
      return {
        Id,
        Arn: clusterArn(chance.pick(clusters)),
        RoleArn: roleArn,
        EcsParameters: { TaskCount: chance.integer(1, 2) },
        ...(chance.chance(0.1) && { Input }),
      }
    }),
  }
}
