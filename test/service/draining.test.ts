import { describe, expect, it } from 'vitest'
import type { Wire } from '../../src/local/operation.ts'
import { balancedTargetGroup, behind } from '../local/balancedWeb.ts'
import { localAws } from '../local/support.ts'
import { running, service } from './support.ts'

const balancedWeb = (tag: string): Wire => ({
  family: 'doorman',
  networkMode: 'awsvpc',
  containerDefinitions: [
    { name: 'web', image: `docker.repo.com/doorman:${tag}`, memory: 64, portMappings: [{ containerPort: 8080 }] },
  ],
})

/** The service `doorman` behind a target group, with its targets healthy. */
function balanced(tag = 'v1', more: Wire = {}) {
  const staged = running([])
  const elsewhere = localAws({ world: staged.aws.world })
  const targetGroupArn = balancedTargetGroup(elsewhere)
  elsewhere.call('ecs', 'RegisterTaskDefinition', balancedWeb(tag))
  elsewhere.call('ecs', 'CreateService', {
    cluster: 'production1',
    serviceName: 'doorman',
    taskDefinition: 'doorman',
    desiredCount: 2,
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
    loadBalancers: behind(targetGroupArn),
    ...more,
  })
  elsewhere.advance(600_000)
  // The clock of the runs goes on where the world's is.
  void staged.clock.sleep(600_000)
  return { ...staged, targetGroupArn }
}

const image = ['docker.repo.com/doorman:v2']

describe('--until draining, the draining-started of update-aws-ecs-service', () => {
  it('ends when an initial target drains, which is before the deployment has completed', async () => {
    const { update, clock, service: seen } = balanced()
    await clock.sleep(600_000)
    const { exitCode } = await update({ image }, { until: 'draining' })
    expect(exitCode).toBe(0)
    expect(seen('production1/doorman').deployments[0]).toMatchObject({ rolloutState: 'IN_PROGRESS' })
  })

  it('does not take a new target that drains for an old one: a rollout that fails is put back', async () => {
    const { update, clock, runs } = balanced()
    await clock.sleep(600_000)
    const { exitCode } = await update({ image: ['docker.repo.com/doorman:unhealthy'] }, { until: 'draining' })
    expect([exitCode, runs('production1/doorman')]).toEqual([1, 'doorman:1'])
  })

  it('does not take a target that somebody has sent away before for one of its own', async () => {
    const { update, clock, call, targetGroupArn, runs } = balanced()
    await clock.sleep(600_000)
    call('ecs', 'UpdateService', { cluster: 'production1', service: 'doorman', desiredCount: 1 })
    await clock.sleep(30_000)
    const { TargetHealthDescriptions } = call('elbv2', 'DescribeTargetHealth', { TargetGroupArn: targetGroupArn })
    expect(JSON.stringify(TargetHealthDescriptions)).toContain('"draining"')
    const { exitCode } = await update({ image: ['docker.repo.com/doorman:crash'] }, { until: 'draining' })
    expect([exitCode, runs('production1/doorman')]).toEqual([1, 'doorman:1'])
  })

  it('proves nothing where there was no target, so that the deployment has to complete', async () => {
    const { update, clock, call, service: seen } = balanced()
    await clock.sleep(600_000)
    call('ecs', 'UpdateService', { cluster: 'production1', service: 'doorman', desiredCount: 0 })
    await clock.sleep(1_800_000)
    const { exitCode } = await update({ image, desiredCount: 2 }, { until: 'draining' })
    expect(exitCode).toBe(0)
    expect(seen('production1/doorman').deployments[0]).toMatchObject({ rolloutState: 'COMPLETED', runningCount: 2 })
  })

  it('a service without a load balancer is refused before anything is written', async () => {
    const { update, writes } = running([service('doorman')])
    await expect(update({ image }, { until: 'draining' })).rejects.toMatchObject({ code: 'BadArguments' })
    expect(writes()).toEqual([])
  })
})
