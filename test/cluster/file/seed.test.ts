import { expect, test } from 'vitest'
import type { StackContainer, StackService } from '../../../src/cluster/stack.ts'
import { simpleSettings } from '../../../src/cluster/serviceSettings.ts'
import { plainNumbers } from '../../../src/cluster/file/plainNumbers.ts'
import { fixture, stackOf } from './support.ts'

const deploymentCircuitBreaker = { enable: true, rollback: true }
const registry = 'xxx.dkr.ecr.us-east-1.amazonaws.com'
const network = { public: ['subnet-xxx', 'subnet-xxx'], private: ['subnet-xxx', 'subnet-xxx'] }

function container(name: string, more: Partial<StackContainer>, port = '80'): StackContainer {
  return {
    name,
    image: `${registry}/${name}:latest`,
    command: undefined,
    entryPoint: undefined,
    essential: true,
    ...plainNumbers(() => undefined),
    memory: 930,
    environment: {
      JAVA_OPTS: '-Duser.timezone="UTC" -Xms256m -Xmx640m -XX:MaxMetaspaceSize=256m',
      SPRING_PROFILES_ACTIVE: 'staging',
      LOGGING_LEVEL_ROOT: 'INFO',
      SERVER_PORT: port,
    },
    secrets: {},
    ports: [],
    volumes: [],
    gpus: undefined,
    privileged: false,
    healthcheck: undefined,
    logging: {
      logDriver: 'awslogs',
      options: { 'awslogs-group': '/ecs/staging', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'svc' },
    },
    ...more,
  }
}

function service(own: StackContainer, more: Partial<StackService>): StackService {
  return {
    name: own.name,
    type: 'service',
    dependsOn: [],
    containers: [own],
    launchType: 'EC2',
    cpu: undefined,
    memory: undefined,
    taskRoleArn: undefined,
    taskExecutionRoleArn: undefined,
    networkMode: more.dnsDiscovery || more.launchType === 'FARGATE' ? 'awsvpc' : 'host',
    network: undefined,
    desiredCount: 1,
    ...simpleSettings(() => undefined),
    deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 50, deploymentCircuitBreaker },
    placementConstraints: [],
    elb: undefined,
    dnsDiscovery: undefined,
    autoScaling: undefined,
    schedule: undefined,
    ...more,
  }
}

test("the document's own example reads to what the document says about it", () => {
  const edge = service(
    container('edge-service', { ports: [{ host: 8080, container: 8080, protocol: 'tcp' }] }, '8080'),
    {
      deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 0, deploymentCircuitBreaker },
      placementConstraints: [
        { type: 'memberOf', expression: 'attribute:ecs.instance-type =~ p3.*' },
        { type: 'memberOf', expression: 'attribute:ecs.availability-zone == us-east-1a' },
      ],
      elb: {
        name: undefined,
        type: 'public',
        protocol: 'HTTPS',
        ports: { public: 443, container: 8080 },
        certificates: ['arn:aws:acm:us-east-1:xxx:certificate/xxx-xxx-xxx-xxx-xxx'],
        tlsPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
        dns: { hostedZoneId: 'xxxx', recordName: 'staging.example.com' },
        healthcheck: {
          protocol: 'HTTP',
          port: 8080,
          path: '/health',
          intervalSeconds: 30,
          timeoutSeconds: 5,
          healthyThresholdCount: 2,
          unhealthyThresholdCount: 10,
        },
        loadBalancerArn: undefined,
        targetGroupArn: undefined,
      },
    },
  )
  const user = service(container('user-service', { ports: [{ host: 80, container: 80, protocol: 'tcp' }] }), {
    dnsDiscovery: { name: 'user.staging' },
  })
  const deeplearning = service(
    container('deeplearning', {
      image: `${registry}/deep-learning:latest`,
      ports: [{ host: 8080, container: 8080, protocol: 'tcp' }],
      gpus: 1,
    }),
    { dnsDiscovery: { name: 'deeplearning.staging' } },
  )
  const email = service(container('email-worker', { image: `${registry}/email-worker:xxx` }), {})
  expect(stackOf([fixture('seed.yml')])).toStrictEqual({
    vpc: { id: 'vpc-xxx', subnets: network, securityGroups: { public: ['sg-xxx'], private: ['sg-xxx'] } },
    namespace: 'example.sd',
    services: [edge, user, deeplearning, email],
  })
})
