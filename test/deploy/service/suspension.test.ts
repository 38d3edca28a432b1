import { describe, expect, it } from 'vitest'
import { running, service } from './support.ts'
import { named, scaled, state, suspending, v2 } from './scaled.ts'

describe('service update --suspend-auto-scaling', () => {
  it('suspends auto scaling before the rollout and resumes it after, and leaves its range alone', async () => {
    const { update, target } = scaled()
    const { exitCode, writes, warnings } = await update(suspending)
    expect(exitCode).toBe(0)
    expect(writes.map(({ operation }) => operation)).toEqual([
      'RegisterTaskDefinition',
      'RegisterScalableTarget',
      'UpdateService',
      'RegisterScalableTarget',
    ])
    expect(writes[1]?.input).toEqual({ ...named('doorman'), SuspendedState: state(true) })
    expect(writes[2]?.input.desiredCount).toBeUndefined()
    expect(writes[3]?.input).toEqual({ ...named('doorman'), SuspendedState: state(false) })
    expect(target()).toMatchObject({ MinCapacity: 1, MaxCapacity: 9, SuspendedState: state(false) })
    expect(warnings).toEqual([
      expect.stringMatching(
        /^If this run is killed, resume auto scaling of doorman with: aws application-autoscaling register-scalable-target --cli-input-json '.*"DynamicScalingInSuspended":false/,
      ),
    ])
  })

  it('puts back what was suspended before, member by member', async () => {
    const { update, suspensions, target } = scaled({ DynamicScalingInSuspended: true })
    const { writes } = await update(suspending)
    expect(suspensions(writes)).toEqual([state(true), state(true, false, false)])
    expect(target()?.SuspendedState).toEqual(state(true, false, false))
  })

  it('leaves what somebody has suspended already, and says how to resume it', async () => {
    const { update, suspensions, target } = scaled(state(true))
    const { exitCode, writes, warnings } = await update(suspending)
    expect([exitCode, suspensions(writes)]).toEqual([0, []])
    expect(target()?.SuspendedState).toEqual(state(true))
    expect(warnings).toEqual([
      expect.stringMatching(/^Auto scaling of doorman is already suspended, and stays so. Resume it with: aws /),
    ])
  })

  it('says of a service without auto scaling that there is nothing to suspend, and goes on', async () => {
    const { update } = running([service('doorman')])
    const { exitCode, warnings } = await update(suspending)
    expect(exitCode).toBe(0)
    expect(warnings).toEqual(['Service doorman has no auto scaling, so --suspend-auto-scaling is ignored for it.'])
  })

  it('suspends nothing of a service that stays as it is', async () => {
    const { update } = scaled()
    const { exitCode, writes } = await update({
      image: ['docker.repo.com/doorman:v1'],
      skipUnchanged: true,
      suspendAutoScaling: true,
    })
    expect([exitCode, writes]).toEqual([0, []])
  })

  it('looks at no scalable target unless it is asked to', async () => {
    const { update } = scaled()
    const { requests } = await update(v2)
    expect(requests.filter(({ operation }) => operation.includes('Scal'))).toEqual([])
  })

  it('needs to wait for the rollout', async () => {
    const { update } = scaled()
    const { exitCode, problem, writes } = await update(suspending, { wait: false })
    expect([exitCode, problem?.what, writes]).toEqual([
      2,
      '--suspend-auto-scaling has to wait for the rollout before it resumes auto scaling.',
      [],
    ])
  })

  it('shows both in a dry run, with the way back', async () => {
    const { update } = scaled()
    const { plan, writes } = await update(suspending, { dryRun: true })
    expect(writes).toEqual([])
    const steps = plan!.stages.flatMap((stage) => stage.steps).filter(({ kind }) => kind === 'setSuspendedState')
    expect(steps.map(({ title, undo = [] }) => [title, ...undo.map((one) => one.title)])).toEqual([
      ['Suspend auto scaling of production1/doorman', 'Resume auto scaling of production1/doorman'],
      ['Resume auto scaling of production1/doorman'],
    ])
  })
})

describe('auto scaling that is suspended', () => {
  it('goes on when the rollout has failed, once the service is back', async () => {
    const { update, suspensions, target, runs } = scaled({ ScheduledScalingSuspended: true })
    const { exitCode, writes, left } = await update({
      image: ['docker.repo.com/doorman:crash'],
      suspendAutoScaling: true,
    })
    expect([exitCode, left, runs('production1/doorman')]).toEqual([1, [], 'doorman:1'])
    expect(suspensions(writes)).toEqual([state(true), state(false, false, true)])
    expect(writes.map(({ operation }) => operation).slice(-2)).toEqual(
      ['RegisterScalableTarget', 'DeregisterTaskDefinition'].toReversed(),
    )
    expect(target()?.SuspendedState).toEqual(state(false, false, true))
  })
})
