import { describe, expect, it } from 'vitest'
import { sdkTransport } from '../../src/aws/sdk.ts'
import { deployCluster, readDesired } from '../../src/cluster/deployCluster.ts'
import { updateService } from '../../src/deploy/updateService.ts'
import { verifyBefore } from '../../src/verify/beforeDeploy.ts'
import { stackSubjects } from '../../src/verify/stackSubjects.ts'
import { clusterStage } from '../cluster/support.ts'
import { web as plain } from '../deploy/declared.ts'
import { ofType, stage } from '../deploy/support.ts'
import { wholeWorld } from './support.ts'

const isWrite = (operation: string): boolean => !/^(BatchGet|Describe|Get|List)/.test(operation)
const verify = verifyBefore({ env: {} })
const locally = verifyBefore({ env: {}, isLocal: true })
const deploymentConfiguration = { deploymentCircuitBreaker: { enable: false, rollback: false } }
const unbroken = { cluster: 'my_cluster', service: 'web', deploymentConfiguration }
const broken = plain({
  updateServices: [unbroken],
  taskDefinition: {
    family: 'web',
    taskRoleArn: 'arn:aws:iam::123456789012:role/nobody',
    containerDefinitions: [
      { name: 'web', image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/web:<image_tag>', memory: 512, secrets: [] },
    ],
  },
})

describe('deploy --verify', () => {
  it('is refused before the first write, with all findings in one error', async () => {
    const { deploy } = stage(broken)
    const { exitCode, outcome, problem, requests, events } = await deploy('v1', { verify })
    expect([exitCode, outcome]).toEqual([2, 'refused'])
    expect(problem).toMatchObject({
      code: 'BadDefinition',
      what: 'It cannot be deployed as it is: 5 errors (--verify).',
      problems: [
        'Task/taskDefinition/containerDefinitions/0/image: ECR has no repository web. Check the name, or create it with: aws ecr create-repository --repository-name web',
        'Task/taskDefinition/taskRoleArn: There is no role nobody. Create it, or check the name and the account.',
        'Task/eventTargets/0/Targets/0/RoleArn: There is no role ecsEventsRole. Create it, or check the name and the account.',
        'Task/updateServices/0: A rollout of service web starts one more task, and the cluster has no instance (0 CPU units, 512 MiB). Add an instance, or let a task stop first with a lower minimumHealthyPercent.',
        'Task/runTasks/0: The one-off task needs room, and the cluster has no instance (0 CPU units, 512 MiB). Add an instance, or make the task smaller.',
        expect.stringMatching(/deploymentCircuitBreaker: warning: The circuit breaker of service web is off/),
      ],
    })
    expect(requests.map(({ operation }) => operation).filter(isWrite)).toEqual([])
    // Not even an event has what was read.
    expect(ofType(events, 'call.finished').map(({ method }) => method)).toEqual([])
  })

  it('deploys what has no errors, and warns of the rest', async () => {
    const { deploy } = stage(plain({ updateServices: [unbroken] }))
    const { exitCode, events } = await deploy('v2', { verify: locally })
    expect(exitCode).toBe(0)
    expect(ofType(events, 'warning.raised').map(({ text }) => text)).toEqual([
      expect.stringContaining('warning: The circuit breaker of service web is off'),
    ])
  })

  it('is made by a dry run, too', async () => {
    expect(await stage(broken).deploy('v1', { verify, dryRun: true })).toMatchObject({ exitCode: 2 })
  })
})

describe('service update --verify', () => {
  const { settings, clock, sent } = wholeWorld()
  const update = (image: string) =>
    updateService(
      { cluster: 'my_cluster', service: 'web', image: [image] },
      { transport: sdkTransport(settings, { clock }), clock, verify, wait: false },
    )

  it('verifies what the service would run', async () => {
    const result = await update('web=123456789012.dkr.ecr.us-east-1.amazonaws.com/arm:v1')
    expect(result).toMatchObject({ exitCode: 2, outcome: 'refused' })
    expect(result.problem?.problems).toEqual([
      expect.stringMatching(
        /^my_cluster\/web\/taskDefinition\/containerDefinitions\/0\/image: \S+ is built for linux\/arm64, and the tasks run on linux\/amd64\. Build it/,
      ),
    ])
    expect(sent.map(({ operation }) => operation).filter(isWrite)).toEqual([])
    expect(await update('web=123456789012.dkr.ecr.us-east-1.amazonaws.com/web:v1')).toMatchObject({ exitCode: 0 })
  })

  it('does not verify where there is nothing to update', async () => {
    sent.length = 0
    const transport = sdkTransport(settings, { clock })
    const result = await updateService(
      { cluster: 'my_cluster', service: 'wbe', image: ['a:b'] },
      { transport, clock, verify },
    )
    expect(result).toMatchObject({ exitCode: 2, problem: { code: 'NotFound' } })
    expect(sent.map(({ operation }) => operation)).toEqual(['DescribeServices', 'ListServices'])
  })
})

describe('cluster deploy --verify', () => {
  const stack = `services:
  - web:
      image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/web:v1
      memory: 512
      task_role_arn: arn:aws:iam::123456789012:role/nobody
`
  const options = { cluster: 'my-cluster', files: [{ name: 'stack.yml', text: stack }], env: {} }

  it('verifies the stack, with the places in its files', async () => {
    const { given, transport, clock, sent } = clusterStage()
    given(stack)
    const { desired, where } = readDesired(options)
    const deploy = (isLocal: boolean) =>
      deployCluster(options, {
        transport,
        clock,
        verify: verifyBefore({ env: {}, isLocal }, stackSubjects(desired, where)),
      })
    expect((await deploy(false)).problem?.problems).toEqual([
      expect.stringMatching(/^stack.yml:3:14: services\/web\/image: ECR has no repository web\./),
      expect.stringMatching(/^stack.yml:5:22: services\/web\/task_role_arn: There is no role nobody\./),
    ])
    expect(sent.map(({ operation }) => operation).filter(isWrite)).toEqual([])
    expect(await deploy(true)).toMatchObject({ exitCode: 0 })
  })
})
