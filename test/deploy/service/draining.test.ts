import { describe, expect, it } from 'vitest'
import { balancedTargetGroup, behind, states } from '../../local/balancedWeb.ts'
import { localAws } from '../../local/support.ts'
import { running, service } from './support.ts'

const balancedWeb = {
  family: 'doorman',
  networkMode: 'awsvpc',
  containerDefinitions: [
    { name: 'web', image: 'docker.repo.com/doorman:v1', memory: 64, portMappings: [{ containerPort: 8080 }] },
  ],
}

/** The service `doorman` behind a target group, with its targets healthy. */
async function balanced() {
  const staged = running([])
  const { aws, clock } = staged
  const elsewhere = localAws({ world: aws.world })
  const targetGroupArn = balancedTargetGroup(elsewhere)
  elsewhere.call('ecs', 'RegisterTaskDefinition', balancedWeb)
  elsewhere.call('ecs', 'CreateService', {
    cluster: 'production1',
    serviceName: 'doorman',
    taskDefinition: 'doorman',
    desiredCount: 2,
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
    loadBalancers: behind(targetGroupArn),
  })
  /** Lets time go by in the local AWS. */
  const pass = async (milliseconds: number): Promise<void> => {
    await clock.sleep(milliseconds)
    aws.advance()
  }
  await pass(600_000)
  return { ...staged, pass, states: () => states(elsewhere, targetGroupArn) }
}

const image = ['docker.repo.com/doorman:v2']

describe('--until draining, the draining-started of update-aws-ecs-service', () => {
  it('ends when an initial target drains, which is before the deployment has completed', async () => {
    const { update, service: seen } = await balanced()
    const { exitCode } = await update({ image }, { until: 'draining' })
    expect(exitCode).toBe(0)
    expect(seen('production1/doorman').deployments[0]).toMatchObject({ rolloutState: 'IN_PROGRESS' })
  })

  it('does not mistake a new target that drains for an old one: a rollout that fails is rolled back', async () => {
    const { update, runs } = await balanced()
    const { exitCode } = await update({ image: ['docker.repo.com/doorman:unhealthy'] }, { until: 'draining' })
    expect([exitCode, runs('production1/doorman')]).toEqual([1, 'doorman:1'])
  })

  it('does not count a target that was draining before', async () => {
    const { update, pass, call, states: statesNow, runs } = await balanced()
    call('ecs', 'UpdateService', { cluster: 'production1', service: 'doorman', desiredCount: 1 })
    await pass(30_000)
    expect(statesNow().toSorted()).toEqual(['draining', 'healthy'])
    const { exitCode } = await update({ image: ['docker.repo.com/doorman:crash'] }, { until: 'draining' })
    expect([exitCode, runs('production1/doorman')]).toEqual([1, 'doorman:1'])
  })

  it('waits for the deployment to complete when there was no target', async () => {
    const { update, pass, call, service: seen } = await balanced()
    call('ecs', 'UpdateService', { cluster: 'production1', service: 'doorman', desiredCount: 0 })
    await pass(1_800_000)
    const { exitCode } = await update({ image, desiredCount: 2 }, { until: 'draining' })
    expect(exitCode).toBe(0)
    expect(seen('production1/doorman').deployments[0]).toMatchObject({ rolloutState: 'COMPLETED', runningCount: 2 })
  })

  it('a service without a load balancer is refused before anything is written', async () => {
    const { update, writes } = running([service('doorman')])
    expect((await update({ image }, { until: 'draining' })).problem).toMatchObject({ code: 'BadArguments' })
    expect(writes()).toEqual([])
  })
})
