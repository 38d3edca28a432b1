import { describe, expect, it } from 'vitest'
import { sdkTransport } from '../../../src/aws/sdk.ts'
import { deployCluster, readDesired } from '../../../src/cluster/deployCluster.ts'
import { updateService } from '../../../src/deploy/updateService.ts'
import { systemClock } from '../../../src/ground/clock.ts'
import { verify as verifyAll } from '../../../src/deploy/verify/verify.ts'
import { verifyBefore } from '../../../src/deploy/verify/beforeDeploy.ts'
import { stackSubjects } from '../../../src/cluster/stackSubjects.ts'
import { clusterStage } from '../../cluster/support.ts'
import { web as plain } from '../declared.ts'
import { ofType, stage } from '../support.ts'
import { told, wholeWorld } from './support.ts'

const isWrite = (operation: string): boolean => !/^(BatchGet|Describe|Get|List|Simulate)/.test(operation)
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
      expect.stringMatching(/^stack.yml:2:5: services\/web: .*, and the cluster has no instance/),
    ])
    expect(sent.map(({ operation }) => operation).filter(isWrite)).toEqual([])
    expect(await deploy(true)).toMatchObject({ exitCode: 0 })
  })
})

const ecr = '123456789012.dkr.ecr.us-east-1.amazonaws.com'
const base = `vpc:
  id: vpc-1
  subnets:
    public: [subnet-1, subnet-404]
    private: [subnet-1]
  security_groups:
    public: [sg-1]
    private: [sg-1]
defaults:
  task_execution_role_arn: arn:aws:iam::123456789012:role/nobody
services:
  - web:
      image: ${ecr}/web:v1
      launch_type: FARGATE
      cpu: 256
      memory: 512
      ports: ["80"]
      elb: { type: public, protocol: HTTP, ports: { public: 80, container: 80 } }
      containers:
        - sidecar:
            image: ${ecr}/sidecar:v1
            secrets:
              KEY: /no/key
            logging:
              log_driver: awslogs
              options: { awslogs-group: none, awslogs-region: us-east-1, awslogs-stream-prefix: web }
  - old:
      image: ${ecr}/web:v1
      memory: 512
      network_mode: bridge
      elb:
        type: public
        protocol: HTTP
        ports: { public: 80, container: 80 }
        target_group_arn: arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/none/0123456789abcdef
      ports: ["80"]
      deployment_configuration:
        deployment_circuit_breaker:
          enable: false
  - migrate:
      type: task
      image: ${ecr}/web:v1
      memory: 512
      network:
        subnets: [subnet-405]
        security_groups: [sg-1]
`
const more = `services:
  - old:
      image: ${ecr}/web:v2
`

const world = () => {
  const staged = clusterStage()
  staged.aws.provision({
    clusters: ['my-cluster'],
    vpcs: [{ id: 'vpc-1', subnets: [{ id: 'subnet-1' }], securityGroups: ['sg-1'] }],
    containerInstances: [{ cluster: 'my-cluster', ec2InstanceId: 'i-0000000000000001' }],
  })
  for (const repository of ['web', 'sidecar']) {
    const body = JSON.stringify({ repository, tag: 'v1', platforms: ['linux/amd64'] })
    staged.aws.handle({ method: 'POST', path: '/_local/push', headers: {}, body })
  }
  return staged
}

async function verified(...texts: string[]) {
  const { transport, sent } = world()
  const files = texts.map((text, index) => ({ name: `${'ab'[index]}.yml`, text }))
  const { desired, where } = readDesired({ cluster: 'my-cluster', files, env: {} })
  const of = { transport, clock: systemClock(), env: {} }
  const { findings } = await verifyAll(stackSubjects(desired, where), of)
  return { findings, operations: sent.map(({ operation }) => operation) }
}

describe('a stack', () => {
  it('is verified before its services are there, with the place of each value in its files', async () => {
    const { findings, operations } = await verified(base, more)
    expect(findings.map(told).toSorted()).toEqual([
      'error images b.yml:3:14: services/old/image: ECR has no image web:v2.',
      'error logGroups a.yml:26:41: services/web/containers/sidecar/logging/options/awslogs-group: There is no log group none.',
      'error networks a.yml:45:18: services/migrate/network/subnets: There is no subnet subnet-405.',
      'error networks a.yml:4:13: vpc/subnets/public: There is no subnet subnet-404.',
      'error parameters a.yml:23:20: services/web/containers/sidecar/secrets/KEY: There is no parameter /no/key.',
      'error roles a.yml:10:28: defaults/task_execution_role_arn: There is no role nobody.',
      'error targetGroups a.yml:35:27: services/old/elb/target_group_arn: There is no target group none.',
      'warning circuitBreakers a.yml:38:9: services/old/deployment_configuration/deployment_circuit_breaker: The circuit breaker of service old is off: ECS never ends a rollout whose tasks fail.',
    ])
    expect(operations.filter((one) => !/^(BatchGet|Describe|Get|List|Simulate)/.test(one))).toEqual([])
  })

  it('has schedules that are yet to be made, by a role that is there', async () => {
    const task = [
      'type: task',
      `image: ${ecr}/web:v1`,
      'memory: 512',
      'network: { subnets: [subnet-405], security_groups: [sg-1] }',
      'schedule: rate(1 day)',
      'schedule_role_arn: arn:aws:iam::123456789012:role/nobody',
    ]
    const keys = task.map((line) => `      ${line}\n`).join('')
    const { findings } = await verified(`services:\n  - nightly:\n${keys}`)
    expect(findings.map(told).toSorted()).toEqual([
      'error networks a.yml:6:27: services/nightly/network/subnets: There is no subnet subnet-405.',
      'error roles a.yml:8:26: services/nightly/schedule_role_arn: There is no role nobody.',
    ])
  })

  it('needs room on the instances for the first task of what it creates', async () => {
    const service = (name: string, lines: string) =>
      `  - ${name}:\n      image: ${ecr}/web:v1\n      memory: 999999\n${lines}`
    const { findings } = await verified(
      `services:\n${service('big', '')}${service('none', '      desired_count: 0\n')}`,
    )
    expect(findings.map(told)).toEqual([
      expect.stringMatching(
        /^error room a\.yml:2:5: services\/big: Service big needs room for its first task, and no instance of 1 has enough memory/,
      ),
    ])
  })
})
