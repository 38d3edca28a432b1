import { describe, expect, it } from 'vitest'
import type { Declared } from '../../src/definition/definition.ts'
import { forensicsIn, printed, service } from './failing.ts'
import { stage } from './support.ts'

describe('behind a load balancer', () => {
  it('the targets that are not healthy are told, with the reason that the load balancer gives', async () => {
    const { deploy, call } = stage(balanced(), {
      made: { clusters: ['my_cluster'], services: [], rules: [], topics: [] },
    })
    const [group] = listOf(
      call('elbv2', 'CreateTargetGroup', {
        Name: 'web',
        Protocol: 'HTTP',
        Port: 8080,
        TargetType: 'ip',
        VpcId: 'vpc-1',
      }).TargetGroups,
    )
    const [balancer] = listOf(
      call('elbv2', 'CreateLoadBalancer', { Name: 'front', Subnets: ['subnet-1', 'subnet-2'] }).LoadBalancers,
    )
    call('elbv2', 'CreateListener', {
      LoadBalancerArn: balancer.LoadBalancerArn,
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: group.TargetGroupArn }],
    })
    const taskDefinition = JSON.parse(JSON.stringify(balanced().taskDefinition).replace('<image_tag>', 'v1'))
    call('ecs', 'RegisterTaskDefinition', taskDefinition)
    call('ecs', 'CreateService', {
      cluster: 'my_cluster',
      serviceName: 'web',
      taskDefinition: 'web',
      desiredCount: 2,
      launchType: 'FARGATE',
      // ECS does not replace what fails its health checks in the grace period, so the rollout sits there.
      healthCheckGracePeriodSeconds: 3600,
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
      loadBalancers: [{ targetGroupArn: group.TargetGroupArn, containerName: 'web', containerPort: 8080 }],
    })
    const { events, exitCode } = await deploy('unhealthy')
    expect(exitCode).toBe(1)
    expect(forensicsIn(events).targets).toContainEqual({
      targetGroupArn: group.TargetGroupArn,
      target: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+:8080$/),
      state: 'unhealthy',
      reason: 'Target.ResponseCodeMismatch',
      description: expect.stringContaining('Health checks failed'),
    })
    expect(printed(events)).toContainEqual(
      expect.stringMatching(
        /targets? of web (is|are) unhealthy: Health checks failed .*\(Target.ResponseCodeMismatch\)$/,
      ),
    )
  })
})

function balanced(): Declared {
  const declared = service({ portMappings: [{ containerPort: 8080 }], cpu: 256, logConfiguration: undefined })
  const { taskDefinition } = declared
  return {
    ...declared,
    taskDefinition: {
      ...taskDefinition,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
    },
  }
}

/** A list as it comes out of the XML. */
function listOf(list: any): any[] {
  return [list.member ?? list].flat()
}
