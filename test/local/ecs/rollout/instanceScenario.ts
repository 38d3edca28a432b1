// Random scenarios of a service on container instances.
import * as fc from 'fast-check'
import { instanceTerminated } from '../../../../src/local/ecs/containerInstances/containerInstance.ts'
import { join, setState } from '../instances.ts'
import { type Act, inTime, perform, what } from './scenario.ts'
import { contextOf, type TestAws } from '../../support.ts'
import { createWeb, updateWeb } from '../../webService.ts'

/** What can happen to a service, and to the container instances that it runs on. */
export type InstanceAct =
  | Act
  | ({ wait: number } & (
      | { do: 'join'; zone: string; cpu: number; memory: number }
      | { do: 'drain' | 'activate' | 'terminate' | 'deregister'; which: number }
      | { do: 'run'; memory: number; count: number }
      | { do: 'place'; constraint: boolean; strategy: string }
      | { do: 'ports'; hostPort: number }
    ))

const happening = fc.oneof(
  { weight: 3, arbitrary: what },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'drain' as const,
        'drain' as const,
        'activate' as const,
        'terminate' as const,
        'deregister' as const,
      ),
      which: fc.nat({ max: 5 }),
    }),
  },
  fc.record({
    do: fc.constant('join' as const),
    zone: fc.constantFrom('us-east-1a', 'us-east-1b'),
    cpu: fc.constantFrom(512, 2048),
    memory: fc.constantFrom(256, 1024),
  }),
  fc.record({
    do: fc.constant('run' as const),
    memory: fc.constantFrom(100, 700),
    count: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    do: fc.constant('place' as const),
    constraint: fc.boolean(),
    strategy: fc.constantFrom('binpack', 'spread', 'random'),
  }),
  fc.record({ do: fc.constant('ports' as const), hostPort: fc.constantFrom(0, 8080) }),
)

/** Acts upon a service and its container instances. */
export const instanceScenario: fc.Arbitrary<InstanceAct[]> = inTime(happening)

/** The service `web` on three container instances. */
export function createOnInstances(aws: TestAws): void {
  for (const zone of ['a', 'a', 'b']) joinNext(aws, { availabilityZone: `us-east-1${zone}` })
  createWeb(aws, { desiredCount: 4, definition: { container: { cpu: 256, memory: 200 } } })
}

/** An instance that has room for everything. */
export const joinLarge = (aws: TestAws): string => joinNext(aws, { cpu: 100_000, memory: 100_000 })

const joinNext = (aws: TestAws, of: Record<string, unknown>): string =>
  join(aws, `i-${Object.keys(aws.region.containerInstances).length}`, of)

/** Does it, through the API or, where it happens to EC2, in process. */
export function performOnInstances(aws: TestAws, act: InstanceAct): void {
  if (act.do === 'join') joinNext(aws, { availabilityZone: act.zone, cpu: act.cpu, memory: act.memory })
  else if (act.do === 'run') {
    const containerDefinitions = [{ name: 'job', image: 'job:slow-2m', memory: act.memory }]
    aws.call('ecs', 'RegisterTaskDefinition', { family: 'job', containerDefinitions })
    runJob(aws, act.count)
  } else if (act.do === 'place') {
    const placementStrategy = [
      {
        type: act.strategy,
        ...(act.strategy === 'binpack' && { field: 'memory' }),
        ...(act.strategy === 'spread' && { field: 'instanceId' }),
      },
    ]
    updateWeb(aws, { placementStrategy, placementConstraints: act.constraint ? [{ type: 'distinctInstance' }] : [] })
  } else if (act.do === 'ports') {
    const portMappings = [{ containerPort: 80, hostPort: act.hostPort }]
    perform(aws, { do: 'deploy', tag: 'v3', wait: 0 }, { container: { memory: 200, portMappings } })
  } else if ('which' in act && act.do !== 'stopTask') performOnOne(aws, act.do, act.which)
  else perform(aws, act, { container: { cpu: 256, memory: 200 } })
}

function performOnOne(aws: TestAws, happens: 'drain' | 'activate' | 'terminate' | 'deregister', which: number): void {
  const arns: string[] = aws.call('ecs', 'ListContainerInstances', { cluster: 'c' }).containerInstanceArns
  const arn = arns[which % arns.length]
  if (arn === undefined) return
  if (happens === 'drain') setState(aws, 'DRAINING', arn)
  if (happens === 'activate') setState(aws, 'ACTIVE', arn)
  const { ec2InstanceId } = aws.region.containerInstances[arn]!.containerInstance
  if (happens === 'terminate') instanceTerminated(contextOf(aws), ec2InstanceId)
  if (happens === 'deregister') {
    aws.call('ecs', 'DeregisterContainerInstance', { cluster: 'c', containerInstance: arn, force: true })
  }
}

/** Starts as many as there is room for; a cluster without ACTIVE instances refuses. */
function runJob(aws: TestAws, count: number): void {
  const active = aws.call('ecs', 'ListContainerInstances', { cluster: 'c', status: 'ACTIVE' }).containerInstanceArns
  if (active.length > 0) aws.call('ecs', 'RunTask', { cluster: 'c', taskDefinition: 'job', count })
}
