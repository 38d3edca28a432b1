// Services in a local AWS, and the class that an import writes of them.
import { runInThisContext } from 'node:vm'
import { transformSync } from 'esbuild'
import { type Aws, openAws } from '../../../src/aws/aws.ts'
import { sdkTransport } from '../../../src/aws/sdk.ts'
import type { Declared } from '../../../src/definition/definition.ts'
import { EcsTask } from '../../../src/EcsTask.ts'
import { classText } from '../../../src/commands/import/classText.ts'
import { importService } from '../../../src/commands/import/fromService.ts'
import type { Imported } from '../../../src/commands/import/imported.ts'
import { diff } from '../../deploy/differences/support.ts'
import { stage } from '../../deploy/support.ts'
import { type Shape, account, clusterArn } from './services.ts'

/** A local AWS with a service shop/web of this shape. */
export function running(
  { taskDefinition, service = {}, made = {}, targets = [], schedules = [] }: Shape,
  policy?: string,
) {
  const staged = stage([], { made: { clusters: ['shop'], ...made }, ...(policy !== undefined && { policy }) })
  const arn = staged.call('ecs', 'RegisterTaskDefinition', taskDefinition).taskDefinition.taskDefinitionArn
  const [group] = staged.call('elbv2', 'CreateTargetGroup', {
    Name: 'web',
    Protocol: 'HTTP',
    Port: 80,
    VpcId: 'vpc-1',
    TargetType: 'ip',
  }).TargetGroups
  const [balancer] = staged.call('elbv2', 'CreateLoadBalancer', {
    Name: 'web',
    Subnets: ['subnet-1', 'subnet-2'],
  }).LoadBalancers
  staged.call('elbv2', 'CreateListener', {
    LoadBalancerArn: balancer.LoadBalancerArn,
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: group.TargetGroupArn }],
  })
  const input: Record<string, unknown> = {
    cluster: 'shop',
    serviceName: 'web',
    taskDefinition: arn,
    desiredCount: 1,
    ...service,
  }
  if (service.schedulingStrategy === 'DAEMON') delete input['desiredCount']
  staged.call(
    'ecs',
    'CreateService',
    JSON.parse(JSON.stringify(input).replaceAll('TARGET-GROUP', group.TargetGroupArn)),
  )
  for (const { rule, bus, target } of targets) {
    const EcsParameters = { ...target.EcsParameters, TaskDefinitionArn: arn }
    staged.call('events', 'PutTargets', { Rule: rule, EventBusName: bus, Targets: [{ ...target, EcsParameters }] })
  }
  for (const schedule of schedules) {
    const RoleArn = `arn:aws:iam::${account}:role/scheduler`
    const Target = { Arn: clusterArn, RoleArn, EcsParameters: { TaskDefinitionArn: arn } }
    staged.call('scheduler', 'CreateSchedule', { ...schedule, Target })
  }
  const transport = sdkTransport(staged.settings, { clock: staged.clock })
  return {
    ...staged,
    transport,
    read: openAws({ transport, clock: staged.clock }),
  }
}

export type Running = ReturnType<typeof running>

/** What an import of shop/web finds, and the class that it writes. */
export async function imported(aws: Aws): Promise<Imported & { readonly text: string }> {
  const found = await importService(aws, { cluster: 'shop', service: 'web' })
  return { ...found, text: classText(found) }
}

/** The instance of the class in a text, in an environment. */
export function evaluated(text: string, env: Readonly<Record<string, string>> = {}): Declared {
  const { code } = transformSync(text, { loader: 'ts', format: 'cjs', target: 'es2022' })
  let instance: Declared | undefined
  class Seen extends (EcsTask as unknown as new () => object) {
    main(): void {
      instance = this as unknown as Declared
    }
  }
  const run = runInThisContext(`(function (require, module, process) {${code}\n})`) as (...given: unknown[]) => void
  run(() => ({ EcsTask: Seen }), { exports: {} }, { env: { __proto__: null, ...env } })
  if (!instance) throw new Error('The file does not call main().')
  return instance
}

/** What a deploy of the tag that runs would change. */
export async function changes(staged: Running, text: string, tag: string, env: Readonly<Record<string, string>> = {}) {
  const { differences } = await diff(staged, evaluated(text, env), tag)
  return differences
}
