import { describe, expect, it } from 'vitest'
import { readDesired } from '../../src/cluster/deployCluster.ts'
import { stackSubjects } from '../../src/verify/stackSubjects.ts'
import { verify } from '../../src/verify/verify.ts'
import { clusterStage } from '../cluster/support.ts'
import { systemClock } from '../../src/ground/clock.ts'
import { told } from './support.ts'

const registry = '123456789012.dkr.ecr.us-east-1.amazonaws.com'
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
      image: ${registry}/web:v1
      launch_type: FARGATE
      cpu: 256
      memory: 512
      ports: ["80"]
      elb: { type: public, protocol: HTTP, ports: { public: 80, container: 80 } }
      containers:
        - sidecar:
            image: ${registry}/sidecar:v1
            secrets:
              KEY: /no/key
            logging:
              log_driver: awslogs
              options: { awslogs-group: none, awslogs-region: us-east-1, awslogs-stream-prefix: web }
  - old:
      image: ${registry}/web:v1
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
      image: ${registry}/web:v1
      memory: 512
      network:
        subnets: [subnet-405]
        security_groups: [sg-1]
`
const more = `services:
  - old:
      image: ${registry}/web:v2
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
  const { findings } = await verify(stackSubjects(desired, where), of)
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
    expect(operations.filter((one) => !/^(BatchGet|Describe|Get|List)/.test(one))).toEqual([])
  })
})
